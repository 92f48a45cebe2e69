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
 * A value that the service documents as unacceptable. Nothing was sent and no quota was
 * spent, except for an upload that proved too large or unreadable on its way: that was
 * broken off, and the service keeps nothing of it.
 *
 * @since 0.1.0
 */
public final class ImValidationException extends ImException {

	private final String field;

	/**
	 * Creates the exception.
	 * @param operation the name of the operation that the value was meant for
	 * @param field the field, as the service calls it: {@code to} or
	 * {@code body.customEvent} for example
	 * @param requirement what the value must be and what it is, its size rather than its
	 * content: {@code must name 1 to 600 users but names 601}
	 */
	public ImValidationException(String operation, String field, String requirement) {
		this(operation, field, requirement, null);
	}

	/**
	 * Creates the exception.
	 * @param operation the name of the operation that the value was meant for
	 * @param field the field, as the service calls it
	 * @param requirement what the value must be and what it is
	 * @param cause what made the value unacceptable, if an exception did
	 */
	public ImValidationException(String operation, String field, String requirement, @Nullable Throwable cause) {
		super(operation, "'" + field + "' " + requirement, Hint.of("Correct the value; nothing was done."), false,
				cause);
		this.field = field;
	}

	/**
	 * The field whose value is unacceptable.
	 * @return the field, as the service calls it
	 */
	public String field() {
		return this.field;
	}

}
