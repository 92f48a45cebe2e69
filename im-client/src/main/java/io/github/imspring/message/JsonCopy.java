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

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.imspring.error.ImValidationException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Copies one JSON value, all the way down, into what nobody can change any more: strings,
 * numbers, booleans, {@code null}, lists and maps.
 */
final class JsonCopy {

	/**
	 * Jackson itself writes no more than 500 levels.
	 */
	private static final int MAX_DEPTH = 256;

	private final String field;

	/**
	 * Each value takes a byte of JSON at least, so more of them can never be sent. Keeps
	 * the copy finite for endless collections, too.
	 */
	private int valuesLeft = MessageBounds.MAX_BYTES;

	private JsonCopy(String field) {
		this.field = field;
	}

	static @Nullable Object of(String field, @Nullable Object value) {
		try {
			return new JsonCopy(field).copy(value, 1);
		}
		catch (ImValidationException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw MessageBounds.violated(field, "must be readable to its end but failed with " + ex);
		}
	}

	private @Nullable Object copy(@Nullable Object value, int depth) {
		if (--this.valuesLeft < 0) {
			throw refused(
					"must fit into %d bytes of JSON but has more values than that".formatted(MessageBounds.MAX_BYTES));
		}
		if (depth > MAX_DEPTH) {
			throw refused("must not contain itself or be nested deeper than %d levels".formatted(MAX_DEPTH));
		}
		if (value == null || value instanceof String || value instanceof Boolean) {
			return value;
		}
		if (value instanceof Number number) {
			return number(number);
		}
		if (value instanceof JsonNode node) {
			return node(node, depth);
		}
		if (value instanceof Map<?, ?> map) {
			return map(map, depth);
		}
		if (value instanceof Collection<?> values) {
			return list(values, depth);
		}
		if (value.getClass().isArray()) {
			return list(
					IntStream.range(0, Array.getLength(value)).mapToObj((index) -> Array.get(value, index)).toList(),
					depth);
		}
		throw notJson(value);
	}

	private Number number(Number number) {
		if (number instanceof Double || number instanceof Float) {
			if (!Double.isFinite(number.doubleValue())) {
				throw refused("must contain finite numbers only but contains " + number);
			}
			return number;
		}
		if (number instanceof Integer || number instanceof Long || number instanceof Short || number instanceof Byte
				|| number instanceof BigDecimal || number instanceof BigInteger) {
			return number;
		}
		throw notJson(number);
	}

	private @Nullable Object node(JsonNode node, int depth) {
		return switch (node.getNodeType()) {
			case OBJECT -> {
				Map<String, JsonNode> fields = new LinkedHashMap<>();
				node.properties().forEach((field) -> fields.put(field.getKey(), field.getValue()));
				yield map(fields, depth);
			}
			case ARRAY -> list(node.values(), depth);
			case STRING -> node.stringValue();
			case NUMBER -> number(node.numberValue());
			case BOOLEAN -> node.booleanValue();
			case NULL -> null;
			case BINARY, POJO, MISSING -> throw notJson(node);
		};
	}

	private Map<String, @Nullable Object> map(Map<?, ?> map, int depth) {
		Map<String, @Nullable Object> copy = new LinkedHashMap<>();
		map.forEach((key, value) -> {
			if (!(key instanceof String name)) {
				throw refused("must have strings as keys but has " + describe(key));
			}
			copy.put(name, copy(value, depth + 1));
		});
		return Collections.unmodifiableMap(copy);
	}

	private List<@Nullable Object> list(Iterable<?> values, int depth) {
		List<@Nullable Object> copy = new ArrayList<>();
		values.forEach((value) -> copy.add(copy(value, depth + 1)));
		return Collections.unmodifiableList(copy);
	}

	private ImValidationException notJson(Object value) {
		return refused("must be made of strings, numbers, booleans, nulls, maps, collections, arrays and JSON nodes "
				+ "but contains " + describe(value));
	}

	private static String describe(@Nullable Object value) {
		return (value != null) ? "a " + value.getClass().getName() : "null";
	}

	private ImValidationException refused(String requirement) {
		return MessageBounds.violated(this.field, requirement);
	}

}
