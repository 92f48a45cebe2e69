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
 * No answer came: the connection could not be made, broke, or stayed silent for longer
 * than the read timeout.
 *
 * @since 0.1.0
 */
public final class ImTransportException extends ImException {

	/**
	 * Creates the exception.
	 * @param operation the name of the operation
	 * @param problem what went wrong, without a full stop
	 * @param hint what to do about it
	 * @param mayHaveBeenProcessed whether the request may have reached the service
	 * @param cause what caused it
	 */
	public ImTransportException(String operation, String problem, Hint hint, boolean mayHaveBeenProcessed,
			@Nullable Throwable cause) {
		super(operation, problem, hint, mayHaveBeenProcessed, cause);
	}

}
