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
 * A limit is reached. Either the service said so (429, or 403 "message send reach limit")
 * or the call was refused here, before anything was sent, because it could not have gone
 * within the longest wait that is configured or too many calls are waiting already; then
 * {@link #status()} is 0.
 *
 * @since 0.1.0
 */
public final class ImQuotaExceededException extends ImApiException {

	private final boolean retryable;

	private final @Nullable Duration retryAfter;

	/**
	 * Creates the exception for an answer of the service.
	 * @param operation the name of the operation
	 * @param response what the service answered
	 * @param hint what to do about it
	 * @param retryable whether the limit frees itself with time, as a rate does and a
	 * plan does not
	 * @param retryAfter the pause that the service asked for, if it did
	 * @param mayHaveBeenProcessed whether an earlier attempt of the same call may have
	 * been processed
	 */
	public ImQuotaExceededException(String operation, ErrorResponse response, Hint hint, boolean retryable,
			@Nullable Duration retryAfter, boolean mayHaveBeenProcessed) {
		super(operation, response, hint, mayHaveBeenProcessed);
		this.retryable = retryable;
		this.retryAfter = retryAfter;
	}

	/**
	 * Creates the exception for a call that was refused before it was sent.
	 * @param operation the name of the operation
	 * @param problem why it was refused, without a full stop
	 * @param hint what to do about it
	 * @param retryAfter when it could have gone, from now, if that is known
	 */
	public ImQuotaExceededException(String operation, String problem, Hint hint, @Nullable Duration retryAfter) {
		super(operation, problem, new ErrorResponse(0, null, null, null, null, ""), hint, false);
		this.retryable = false;
		this.retryAfter = retryAfter;
	}

	/**
	 * Whether the service refused the call for a rate that frees itself with time.
	 * @return {@code true} for a rate; {@code false} for a bound of the plan and for a
	 * call that was refused before it was sent
	 */
	public boolean retryable() {
		return this.retryable;
	}

	/**
	 * How long to wait before the call can go.
	 * @return the time from now, or {@code null} if it is not known
	 */
	public @Nullable Duration retryAfter() {
		return this.retryAfter;
	}

}
