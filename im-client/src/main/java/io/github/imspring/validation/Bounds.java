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

package io.github.imspring.validation;

import java.util.Collection;

import io.github.imspring.error.ImValidationException;
import io.github.imspring.operation.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Holds the values of a call against the bounds that the service documents, before
 * anything is sent. Text is counted as the service counts it: in Unicode code points.
 *
 * @since 0.1.0
 */
public final class Bounds {

	private final Operation operation;

	private Bounds(Operation operation) {
		this.operation = operation;
	}

	/**
	 * The bounds of an operation.
	 * @param operation the operation that the values are meant for
	 * @return what checks them
	 */
	public static Bounds of(Operation operation) {
		return new Bounds(operation);
	}

	/**
	 * Checks that a value is there.
	 * @param field the field, as the service calls it, or the argument
	 * @param value the value; {@code null} is not acceptable
	 * @throws ImValidationException if the value is missing
	 */
	public void given(String field, @Nullable Object value) {
		if (value == null) {
			throw violated(field, "must be given");
		}
	}

	/**
	 * Checks the length of a text.
	 * @param field the field, as the service calls it
	 * @param value the text; {@code null} is not acceptable
	 * @param min the fewest characters
	 * @param max the most characters
	 * @throws ImValidationException if the text is missing, too short or too long
	 */
	public void characters(String field, @Nullable String value, int min, int max) {
		if (value == null) {
			throw violated(field, "must be given");
		}
		int characters = value.codePointCount(0, value.length());
		if (characters < min || characters > max) {
			String range = (min == 0) ? "at most " + max : min + " to " + max;
			throw violated(field, "must be %s characters but is %d".formatted(range, characters));
		}
	}

	/**
	 * Checks that a collection is there and holds nothing but strings and perhaps
	 * {@code null}, which a raw or unchecked one need not.
	 * @param field the field, as the service calls it
	 * @param values the collection; {@code null} is not acceptable
	 * @throws ImValidationException if the collection is missing or holds anything else
	 */
	public void strings(String field, @Nullable Collection<? extends @Nullable Object> values) {
		if (values == null) {
			throw violated(field, "must be given");
		}
		for (Object value : values) {
			if (value != null && !(value instanceof String)) {
				throw violated(field, "must consist of strings but contains a " + value.getClass().getName());
			}
		}
	}

	/**
	 * Checks a number.
	 * @param field the field, as the service calls it
	 * @param value the number
	 * @param min the least
	 * @param max the greatest
	 * @throws ImValidationException if the number is out of the range
	 */
	public void range(String field, int value, int min, int max) {
		if (value < min || value > max) {
			throw violated(field, "must be %d to %d but is %d".formatted(min, max, value));
		}
	}

	/**
	 * Checks how many there are of something.
	 * @param field the field, as the service calls it
	 * @param things what is counted, in the plural: {@code users} for example
	 * @param count how many there are
	 * @param min the fewest
	 * @param max the most
	 * @throws ImValidationException if there are too few or too many
	 */
	public void count(String field, String things, int count, int min, int max) {
		if (count < min || count > max) {
			throw violated(field, "must name %d to %d %s but names %d".formatted(min, max, things, count));
		}
	}

	/**
	 * Checks the ID of a user, a chatroom or the like. Which characters it may have is
	 * left to the service.
	 * @param field the field, as the service calls it
	 * @param value the ID; {@code null} is not acceptable
	 * @throws ImValidationException if the ID is missing, empty, {@code .} or {@code ..}:
	 * the last two are steps in a path, which no encoding makes safe. Half of a surrogate
	 * pair is refused, because it would become another character on its way
	 */
	public void id(String field, @Nullable String value) {
		if (value == null || value.isEmpty()) {
			throw violated(field, "must be given and not be empty");
		}
		if (value.equals(".") || value.equals("..")) {
			throw violated(field, "must not be '.' or '..'");
		}
		if (value.codePoints().anyMatch((character) -> character >= 0xD800 && character <= 0xDFFF)) {
			throw violated(field, "must be well-formed text but has half of a surrogate pair");
		}
	}

	/**
	 * An exception for a bound that only the caller can check.
	 * @param field the field, as the service calls it
	 * @param requirement what the value must be and what it is, its size rather than its
	 * content
	 * @return the exception
	 */
	public ImValidationException violated(String field, String requirement) {
		return new ImValidationException(this.operation.name(), field, requirement);
	}

}
