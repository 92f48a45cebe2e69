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

package io.github.imspring.exchange;

import java.time.Instant;
import java.util.OptionalInt;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The fields of an object in an answer, read leniently: numbers and booleans may come as
 * text, and anything may be missing.
 *
 * @param json the object, or anything else, which has no fields
 * @since 0.1.0
 */
public record ResponseFields(JsonNode json) {

	/**
	 * A field with a text.
	 * @param field the name of the field
	 * @return the text, empty if it is missing
	 */
	public String text(String field) {
		return this.json.path(field).asStringOpt().orElse("");
	}

	/**
	 * A field with a text that says something.
	 * @param field the name of the field
	 * @return the text, or {@code null} if it is missing or empty
	 */
	public @Nullable String textOrNull(String field) {
		String text = text(field);
		return text.isEmpty() ? null : text;
	}

	/**
	 * A field with a number.
	 * @param field the name of the field
	 * @return the number, or {@code null} if it is missing or no 32-bit integer
	 */
	public @Nullable Integer number(String field) {
		OptionalInt number = this.json.path(field).asIntOpt();
		return number.isPresent() ? number.getAsInt() : null;
	}

	/**
	 * A field with a boolean.
	 * @param field the name of the field
	 * @return the boolean, or {@code null} if it is missing or none
	 */
	public @Nullable Boolean flag(String field) {
		return this.json.path(field).asBooleanOpt().orElse(null);
	}

	/**
	 * A field with a time, in milliseconds since 1970.
	 * @param field the name of the field
	 * @return the time, or {@code null} if it is missing or no number
	 */
	public @Nullable Instant time(String field) {
		OptionalLong millis = this.json.path(field).asLongOpt();
		return millis.isPresent() ? Instant.ofEpochMilli(millis.getAsLong()) : null;
	}

}
