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

package io.github.imspring.message;

import java.util.Collection;
import java.util.regex.Pattern;

import io.github.imspring.error.ImValidationException;
import io.github.imspring.operation.Operations;
import io.github.imspring.validation.Bounds;
import org.jspecify.annotations.Nullable;

/**
 * The documented bounds of a message ("Send one-to-one messages").
 */
final class MessageBounds {

	static final int MAX_RECIPIENTS = 600;

	private static final int MAX_ROAM_IGNORED = 20;

	/**
	 * Body and extension together, in UTF-8 bytes of their JSON.
	 */
	static final int MAX_BYTES = 5 * 1024;

	static final int MAX_CUSTOM_EXTENSIONS = 16;

	private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)");

	private static final Bounds BOUNDS = Bounds.of(Operations.SEND_MESSAGE);

	private MessageBounds() {
	}

	/**
	 * Checks what the destination bounds.
	 */
	static void destination(Message message) {
		Destination destination = message.destination();
		Bounds bounds = Bounds.of(destination.operation());
		bounds.count(destination.field(), destination.recipients(), message.to().size(), 1,
				destination.maxRecipients());
		if (destination != Destination.USERS && message.roamIgnoreUsers() != null) {
			bounds.count("roam_ignore_users", "users", message.roamIgnoreUsers().size(), 0, MAX_ROAM_IGNORED);
		}
	}

	static void strings(String field, @Nullable Collection<? extends @Nullable Object> values) {
		BOUNDS.strings(field, values);
	}

	static void given(String field, @Nullable Object value) {
		BOUNDS.given(field, value);
	}

	static String notEmpty(String field, @Nullable String value) {
		if (value == null || value.isEmpty()) {
			throw violated(field, "must not be empty");
		}
		return value;
	}

	static void number(String field, @Nullable String value) {
		if (!DECIMAL.matcher(notEmpty(field, value)).matches()) {
			throw violated(field, "must be a decimal number");
		}
	}

	static void notNegative(String field, @Nullable Number value) {
		if (value != null && value.longValue() < 0) {
			throw violated(field, "must not be negative but is " + value);
		}
	}

	static ImValidationException violated(String field, String requirement) {
		return BOUNDS.violated(field, requirement);
	}

}
