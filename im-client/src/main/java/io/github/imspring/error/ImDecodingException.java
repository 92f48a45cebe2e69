/*
 * Copyright 2026 the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.imspring.error;

import org.jspecify.annotations.Nullable;

/**
 * The service reported success, but its answer could not be read: empty, cut off, larger
 * than the client reads, or not what is documented.
 *
 * @since 0.1.0
 */
public final class ImDecodingException extends ImException {

	/**
	 * Creates the exception.
	 * @param operation the name of the operation
	 * @param problem what is wrong with the answer, without a full stop
	 * @param cause what caused it, if anything did
	 */
	public ImDecodingException(String operation, String problem, @Nullable Throwable cause) {
		this(operation, problem, true, cause);
	}

	/**
	 * Creates the exception.
	 * @param operation the name of the operation
	 * @param problem what is wrong with the answer, without a full stop
	 * @param mayHaveBeenProcessed whether the call did anything that matters
	 * @param cause what caused it, if anything did
	 */
	public ImDecodingException(String operation, String problem, boolean mayHaveBeenProcessed,
			@Nullable Throwable cause) {
		super(operation, problem,
				Hint.of("Check that %s is the service's and not a proxy's page; if it is, report the answer.",
						Setting.BASE_URL),
				mayHaveBeenProcessed, cause);
	}

	private ImDecodingException(String operation, String problem, Hint hint, @Nullable Throwable cause) {
		super(operation, problem, hint, true, cause);
	}

	/**
	 * An answer that is too large to be read.
	 * @param operation the name of the operation
	 * @param maxSize the largest size that is read, in bytes
	 * @param cause what caused it, if anything did
	 * @return the exception
	 */
	public static ImDecodingException tooLarge(String operation, int maxSize, @Nullable Throwable cause) {
		return new ImDecodingException(operation, "the answer is larger than " + maxSize + " bytes",
				Hint.of("Ask for less at a time, or raise %s.", Setting.MAX_RESPONSE_SIZE), cause);
	}

}
