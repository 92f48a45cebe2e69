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

package io.github.imspring.emulator.message;

import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;

/**
 * What the body of each kind of message must look like. Lenient where clients differ:
 * numbers may come as text, and fields that nobody documented are let through. So are the
 * properties of a custom event, of which the number alone is documented.
 */
final class MessageBodies {

	private static final Pattern CUSTOM_EVENT = Pattern.compile("[a-zA-Z0-9-_/\\.]{1,32}");

	private static final int MAX_CUSTOM_EXTS = 16;

	private static final Map<String, Predicate<JsonNode>> BY_TYPE = Map.of(
	// @formatter:off
			"txt", (body) -> hasText(body, "msg"),
			"img", (body) -> isFile(body) && isImageSize(body.path("size")),
			"audio", (body) -> isFile(body) && mayBeNumber(body, "length"),
			"video", (body) -> isFile(body) && mayBeNumber(body, "length") && mayBeNumber(body, "file_length")
					&& mayBeText(body, "thumb") && mayBeText(body, "thumb_secret"),
			"file", MessageBodies::isFile,
			"loc", (body) -> isNumber(body.path("lat")) && isNumber(body.path("lng")) && hasText(body, "addr"),
			"cmd", (body) -> hasText(body, "action"),
			"custom", (body) -> isCustom(body));
	// @formatter:on

	private MessageBodies() {
	}

	static boolean isValid(String type, JsonNode body) {
		Predicate<JsonNode> rules = BY_TYPE.get(type);
		return rules != null && rules.test(body);
	}

	private static boolean isFile(JsonNode body) {
		return hasText(body, "url") && mayBeText(body, "filename") && mayBeText(body, "secret");
	}

	private static boolean isImageSize(JsonNode size) {
		return isAbsent(size) || (size.isObject() && mayBeNumber(size, "width") && mayBeNumber(size, "height"));
	}

	private static boolean isCustom(JsonNode body) {
		JsonNode event = body.path("customEvent");
		JsonNode exts = body.path("customExts");
		return (isAbsent(event) || (event.isString() && CUSTOM_EVENT.matcher(event.stringValue()).matches()))
				&& (isAbsent(exts) || (exts.isObject() && exts.size() <= MAX_CUSTOM_EXTS));
	}

	private static boolean hasText(JsonNode body, String name) {
		return body.path(name).isString();
	}

	private static boolean mayBeText(JsonNode body, String name) {
		return isAbsent(body.path(name)) || hasText(body, name);
	}

	private static boolean mayBeNumber(JsonNode body, String name) {
		return isAbsent(body.path(name)) || isNumber(body.path(name));
	}

	private static boolean isNumber(JsonNode node) {
		return node.isNumber() || (node.isString() && node.asDoubleOpt().isPresent());
	}

	private static boolean isAbsent(JsonNode node) {
		return node.isMissingNode() || node.isNull();
	}

}
