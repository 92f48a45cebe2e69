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

/**
 * The service failed: a status of 500 or above. Two errors of status 500,
 * {@code unsupported_service_operation} and {@code web_application}, blame the call
 * instead: such a call was not processed and will never be.
 *
 * @since 0.1.0
 */
public final class ImServerException extends ImApiException {

	private final boolean wrongCall;

	/**
	 * Creates the exception.
	 * @param operation the name of the operation
	 * @param response what the service answered
	 * @param hint what to do about it
	 * @param wrongCall whether the verb or the URL of the call is wrong
	 * @param mayHaveBeenProcessed whether the service may have acted on the call
	 */
	public ImServerException(String operation, ErrorResponse response, Hint hint, boolean wrongCall,
			boolean mayHaveBeenProcessed) {
		super(operation, response, hint, mayHaveBeenProcessed);
		this.wrongCall = wrongCall;
	}

	/**
	 * Whether the service does not know the verb or the URL, so that repeating is
	 * useless.
	 * @return whether the call is wrong
	 */
	public boolean wrongCall() {
		return this.wrongCall;
	}

}
