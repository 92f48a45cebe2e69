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
 * The service answered with an error. The kinds below it are the ones that a program
 * usually distinguishes; every other status is this class itself.
 *
 * @since 0.1.0
 */
public sealed class ImApiException extends ImException permits ImAuthenticationException, ImForbiddenException,
		ImNotFoundException, ImQuotaExceededException, ImRefusedException, ImServerException {

	private final ErrorResponse response;

	/**
	 * Creates the exception.
	 * @param operation the name of the operation
	 * @param response what the service answered
	 * @param hint what to do about it
	 * @param mayHaveBeenProcessed whether the service may have acted on the call
	 */
	public ImApiException(String operation, ErrorResponse response, Hint hint, boolean mayHaveBeenProcessed) {
		this(operation, response.describe(), response, hint, mayHaveBeenProcessed);
	}

	ImApiException(String operation, String problem, ErrorResponse response, Hint hint, boolean mayHaveBeenProcessed) {
		super(operation, problem, hint, mayHaveBeenProcessed, null);
		this.response = response;
	}

	/**
	 * The HTTP status.
	 * @return the status; 0 if the call was refused before anything was sent
	 */
	public final int status() {
		return this.response.status();
	}

	/**
	 * The service's kind of error, {@code resource_not_found} for example.
	 * @return the kind, or {@code null} if the answer named none
	 */
	public final @Nullable String error() {
		return this.response.error();
	}

	/**
	 * The service's description of the error.
	 * @return the description, or {@code null} if the answer gave none
	 */
	public final @Nullable String errorDescription() {
		return this.response.errorDescription();
	}

	/**
	 * The service's exception class.
	 * @return the class as the service names it, or {@code null} if the answer named none
	 */
	public final @Nullable String exception() {
		return this.response.exception();
	}

	/**
	 * The service's numeric code.
	 * @return the code, or {@code null} if the answer gave none
	 */
	public final @Nullable Integer errorCode() {
		return this.response.errorCode();
	}

	/**
	 * The head of the answer, whatever its content type.
	 * @return at most 2 KB of it, possibly empty
	 */
	public final String body() {
		return this.response.body();
	}

}
