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

package io.github.imspring.emulator;

import java.util.List;
import java.util.function.Function;

import io.github.imspring.emulator.service.Call;
import io.github.imspring.emulator.service.ServiceError;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The fields that came with a request to the emulator itself. Whatever is wrong with one
 * is told by its name, with an example.
 */
final class ControlBody {

	private final JsonNode fields;

	private ControlBody(JsonNode fields) {
		this.fields = fields;
	}

	/** JSON whatever the content type: what curl sends by itself is welcome here. */
	static JsonNode json(Call call) {
		JsonNode body;
		try {
			body = call.request().json();
		}
		catch (JacksonException ex) {
			throw ServiceError.jsonParse();
		}
		if (!body.isObject()) {
			throw ServiceError.invalidRequestBody();
		}
		return body;
	}

	static ControlBody of(Call call, List<String> known) {
		JsonNode body = json(call);
		for (String name : body.propertyNames()) {
			if (!known.contains(name)) {
				throw new IllegalArgumentException(
						"There is no field '" + Spelling.abbreviated(name) + "'. Did you mean '"
								+ Spelling.nearest(name, known) + "'? The fields are " + String.join(", ", known));
			}
		}
		return new ControlBody(body);
	}

	boolean has(String name) {
		return this.fields.has(name);
	}

	JsonNode get(String name) {
		return this.fields.path(name);
	}

	/** A text that must be there. */
	String text(String name, String example) {
		return read(name, "a text", example, (value) -> value.isString() ? value.stringValue() : null);
	}

	String text(String name, String absent, String example) {
		return has(name) ? text(name, example) : absent;
	}

	boolean flag(String name) {
		return has(name)
				&& read(name, "true or false", "true", (value) -> value.isBoolean() ? value.booleanValue() : null);
	}

	/** A whole number that must be there. */
	long wholeNumber(String name, String example) {
		return read(name, "a whole number", example,
				(value) -> value.longValueOpt().isPresent() ? value.longValue() : null);
	}

	int integer(String name, String example) {
		return read(name, "a whole number", example,
				(value) -> value.intValueOpt().isPresent() ? value.intValue() : null);
	}

	/** Something that is written as a text, and read by what throws if it cannot. */
	<T> T parsed(String name, String kind, String example, Function<String, T> parser) {
		return read(name, kind, example, (value) -> {
			try {
				return value.isString() ? parser.apply(value.stringValue()) : null;
			}
			catch (RuntimeException ex) {
				return null;
			}
		});
	}

	private <T> T read(String name, String kind, String example, Function<JsonNode, @Nullable T> reader) {
		JsonNode value = get(name);
		T read = reader.apply(value);
		if (read == null) {
			throw new IllegalArgumentException("'" + name + "' must be " + kind + ", such as " + example + ", not "
					+ (value.isMissingNode() ? "missing" : Spelling.abbreviated(value.toString())));
		}
		return read;
	}

}
