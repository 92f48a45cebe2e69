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
 * What the call names does not exist: a chatroom, a user, a file, or the app itself.
 *
 * @since 0.1.0
 */
public final class ImNotFoundException extends ImApiException {

	/**
	 * Creates the exception.
	 * @param operation the name of the operation
	 * @param response what the service answered
	 * @param hint what to do about it
	 * @param mayHaveBeenProcessed whether an earlier attempt of the same call may have
	 * been processed
	 */
	public ImNotFoundException(String operation, ErrorResponse response, Hint hint, boolean mayHaveBeenProcessed) {
		super(operation, response, hint, mayHaveBeenProcessed);
	}

}
