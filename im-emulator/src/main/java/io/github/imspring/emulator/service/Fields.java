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

package io.github.imspring.emulator.service;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the fields of a request. What is there but of the wrong type is an invalid body.
 *
 * @since 0.1.0
 */
public final class Fields {

	private static final BigInteger MIN_LONG = BigInteger.valueOf(Long.MIN_VALUE);

	private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);

	private final JsonNode body;

	public Fields(JsonNode body) {
		this.body = body;
	}

	public boolean has(String name) {
		JsonNode value = this.body.path(name);
		return !value.isMissingNode() && !value.isNull();
	}

	public String text(String name) {
		String text = optionalText(name);
		if (text == null) {
			throw mustBeProvided(name);
		}
		return text;
	}

	public @Nullable String optionalText(String name) {
		if (!has(name)) {
			return null;
		}
		if (!this.body.path(name).isString()) {
			throw ServiceError.invalidRequestBody();
		}
		return this.body.path(name).stringValue();
	}

	/** A whole number; one beyond the range of an int is as good as the last in range. */
	public int integer(String name) {
		return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, wholeNumber(name)));
	}

	/** A whole number; one beyond the range of a long is as good as the last in range. */
	public long wholeNumber(String name) {
		if (!has(name)) {
			throw mustBeProvided(name);
		}
		JsonNode value = this.body.path(name);
		if (value.isIntegralNumber()) {
			return value.bigIntegerValue().max(MIN_LONG).min(MAX_LONG).longValue();
		}
		if (!value.isString() || value.asLongOpt().isEmpty()) {
			throw ServiceError.invalidRequestBody();
		}
		return value.asLong();
	}

	/** The texts of a list, none if it is not there. */
	public List<String> texts(String name) {
		List<String> texts = new ArrayList<>();
		if (has(name)) {
			if (!this.body.path(name).isArray()) {
				throw ServiceError.invalidRequestBody();
			}
			for (JsonNode value : this.body.path(name)) {
				if (!value.isString()) {
					throw ServiceError.invalidRequestBody();
				}
				texts.add(value.stringValue());
			}
		}
		return texts;
	}

	/** A text that is there and not empty. */
	public String filledText(String name) {
		String text = text(name);
		if (text.isEmpty()) {
			throw mustBeProvided(name);
		}
		return text;
	}

	/** A user's name in its one spelling. */
	public String userName(String name) {
		return Names.canonical(filledText(name));
	}

	/** A truth value, or one for none. */
	public boolean flag(String name, boolean absent) {
		if (!has(name)) {
			return absent;
		}
		JsonNode value = this.body.path(name);
		if (!value.isBoolean()) {
			throw ServiceError.invalidRequestBody();
		}
		return value.booleanValue();
	}

	/** The user names of a list in their one spelling, none if it is not there. */
	public List<String> userNames(String name) {
		List<String> names = texts(name);
		if ((has(name) && names.isEmpty()) || names.contains("")) {
			throw mustBeProvided(name);
		}
		return Names.canonical(names);
	}

	/** The user names of a list that must be there. */
	public List<String> someUserNames(String name) {
		List<String> names = userNames(name);
		if (names.isEmpty()) {
			throw mustBeProvided(name);
		}
		return names;
	}

	public static ServiceError mustBeProvided(String name) {
		return ServiceError.invalidParameter(name + " must be provided");
	}

	/** Characters as the service counts them. */
	public static int length(String text) {
		return text.codePointCount(0, text.length());
	}

}
