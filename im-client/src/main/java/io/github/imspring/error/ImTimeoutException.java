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

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The call did not end within its timeout, waiting for quota, token and retries included.
 *
 * @since 0.1.0
 */
public final class ImTimeoutException extends ImException {

	/**
	 * Creates the exception.
	 * @param operation the name of the operation
	 * @param timeout the time that the call was given
	 * @param phase what it was doing when the time was over: {@code waiting for quota}
	 * for example
	 * @param mayHaveBeenProcessed whether a request was under way or had been
	 * @param cause what the attempt before failed with, or {@code null} if there was none
	 */
	public ImTimeoutException(String operation, Duration timeout, String phase, boolean mayHaveBeenProcessed,
			@Nullable ImException cause) {
		super(operation, problem(timeout, phase, cause), Hint
			.of("Raise %s if such waits are expected, or look at what the call was waiting for.", Setting.TIMEOUT),
				mayHaveBeenProcessed, cause);
	}

	private static String problem(Duration timeout, String phase, @Nullable ImException cause) {
		String before = (cause != null) ? ", after an attempt that failed: " + cause.problem() : "";
		return "not done after " + timeout.toMillis() + " ms, while " + phase + before;
	}

}
