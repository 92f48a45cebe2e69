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
 * A call was given up: its client was closed before it could be sent, or the bulk send
 * that it belonged to was cancelled.
 *
 * @since 0.1.0
 */
public final class ImCancelledException extends ImException {

	/**
	 * Creates the exception.
	 * @param operation the name of the operation
	 * @param problem what happened, without a full stop
	 * @param mayHaveBeenProcessed whether a request was under way
	 */
	public ImCancelledException(String operation, String problem, boolean mayHaveBeenProcessed) {
		super(operation, problem,
				Hint.of(mayHaveBeenProcessed
						? "Find out whether the service acted before repeating what must not be done twice."
						: "Repeat it when the application runs again."),
				mayHaveBeenProcessed, null);
	}

}
