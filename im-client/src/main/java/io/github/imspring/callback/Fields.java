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

package io.github.imspring.callback;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the fields of a JSON object of the service, which writes numbers and booleans as
 * text here and there. What is missing or of another type is {@code null}, empty or
 * {@code false}.
 *
 * @param json the object, or anything else, which has no fields
 */
record Fields(JsonNode json) {

	Fields object(String name) {
		return new Fields(this.json.path(name));
	}

	boolean has(String name) {
		return !this.json.path(name).isMissingNode();
	}

	@Nullable String text(String name) {
		return text(this.json.path(name));
	}

	/**
	 * A text that says something.
	 */
	@Nullable String name(String name) {
		String text = text(name);
		return (text != null && !text.isEmpty()) ? text : null;
	}

	static @Nullable String text(JsonNode value) {
		if (value.isString()) {
			return value.stringValue();
		}
		if (value.isBoolean() || value.isIntegralNumber()) {
			return value.asString();
		}
		return value.isNumber() ? decimal(value.doubleValue()) : null;
	}

	/**
	 * Written without an exponent, which may be so large that it takes all memory.
	 */
	private static @Nullable String decimal(double value) {
		return Double.isFinite(value) ? BigDecimal.valueOf(value).toPlainString() : null;
	}

	@Nullable Long number(String name) {
		JsonNode value = this.json.path(name);
		if (value.isIntegralNumber()) {
			return value.canConvertToLong() ? value.longValue() : null;
		}
		try {
			return value.isString() ? Long.valueOf(value.stringValue()) : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	@Nullable Integer natural(String name) {
		Long number = number(name);
		return (number != null && number >= 0 && number <= Integer.MAX_VALUE) ? number.intValue() : null;
	}

	@Nullable Instant time(String name) {
		Long millis = number(name);
		return (millis != null) ? Instant.ofEpochMilli(millis) : null;
	}

	boolean flag(String name) {
		return "true".equals(text(name));
	}

	List<Fields> objects(String name) {
		List<Fields> objects = new ArrayList<>();
		JsonNode values = this.json.path(name);
		if (values.isArray()) {
			values.values().forEach((value) -> {
				if (value.isObject()) {
					objects.add(new Fields(value));
				}
			});
		}
		return objects;
	}

	/**
	 * The texts of an array, or the only one.
	 */
	List<String> texts(String name) {
		List<String> texts = new ArrayList<>();
		JsonNode values = this.json.path(name);
		if (values.isArray()) {
			values.values().forEach((value) -> addText(texts, value));
		}
		else {
			addText(texts, values);
		}
		return Collections.unmodifiableList(texts);
	}

	private static void addText(List<String> texts, JsonNode value) {
		String text = text(value);
		if (text != null) {
			texts.add(text);
		}
	}

	/**
	 * The fields of an object that are texts.
	 */
	Map<String, String> texts() {
		Map<String, String> texts = new LinkedHashMap<>();
		this.json.properties().forEach((field) -> {
			String text = text(field.getValue());
			if (text != null) {
				texts.put(field.getKey(), text);
			}
		});
		return Collections.unmodifiableMap(texts);
	}

	/**
	 * The fields of an object as values that nobody can change.
	 */
	Map<String, @Nullable Object> values() {
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		this.json.properties().forEach((field) -> values.put(field.getKey(), value(field.getValue())));
		return Collections.unmodifiableMap(values);
	}

	private static @Nullable Object value(JsonNode value) {
		if (value.isObject()) {
			return new Fields(value).values();
		}
		if (value.isArray()) {
			List<@Nullable Object> values = new ArrayList<>();
			value.values().forEach((element) -> values.add(value(element)));
			return Collections.unmodifiableList(values);
		}
		if (value.isNumber()) {
			return value.numberValue();
		}
		return value.isBoolean() ? (Object) value.booleanValue() : text(value);
	}

}
