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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Callbacks as the service sends them, signed as its documents say.
 */
final class SignedCallbacks {

	static final String SECRET = "s3cret";

	static final Instant NOW = Instant.ofEpochMilli(1642589932646L);

	static final JsonMapper MAPPER = new JsonMapper();

	private SignedCallbacks() {
	}

	/**
	 * One example of each shape that the documents show.
	 */
	static List<Example> examples() {
		List<Example> examples = new ArrayList<>();
		try (InputStream json = SignedCallbacks.class.getResourceAsStream("examples.json")) {
			for (JsonNode example : MAPPER.readTree(json)) {
				examples.add(new Example(example.path("name").asString(), example.path("kind").asString(),
						(ObjectNode) example.path("callback")));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return examples;
	}

	static ObjectNode example(String name) {
		return examples().stream()
			.filter((example) -> example.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new AssertionError("There is no example '" + name + "'"))
			.callback();
	}

	static ObjectNode message(int number, String from, String text) {
		ObjectNode message = example("text").put("callId", "org#app_" + number)
			.put("msg_id", String.valueOf(number))
			.put("from", from);
		message.withObject("payload").putArray("bodies").addObject().put("type", "txt").put("msg", text);
		return sign(message);
	}

	static ObjectNode question(int number, String text) {
		ObjectNode question = example("before: text").put("callId", "org#app_" + number)
			.put("msg_id", String.valueOf(number));
		question.withObject("payload").put("msg", text);
		return sign(question);
	}

	static ObjectNode sign(ObjectNode callback) {
		return sign(callback, SECRET);
	}

	static ObjectNode sign(ObjectNode callback, String secret) {
		return callback.put("security",
				md5(callback.path("callId").asString("") + secret + callback.path("timestamp").asString("")));
	}

	static byte[] bytes(JsonNode callback) {
		return MAPPER.writeValueAsBytes(callback);
	}

	private static String md5(String text) {
		try {
			byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
			return String.format("%032x", new BigInteger(1, digest));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	record Example(String name, String kind, ObjectNode callback) {

		@Override
		public String toString() {
			return this.name;
		}

	}

}
