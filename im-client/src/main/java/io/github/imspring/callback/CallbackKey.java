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

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a callback is known by: when it comes again, and in which order it is handled.
 */
final class CallbackKey {

	/**
	 * What the events that share a {@code callId} differ in: a message and its copies for
	 * those who are offline, the results of its pushes, an accepted request on either
	 * side.
	 */
	private static final List<String> APART = List.of("chat_type", "eventType", "step", "to", "target", "device_id",
			"operation");

	private static final int SHORT = 16;

	private CallbackKey() {
	}

	/**
	 * What a callback has in common with its repetitions and with no other callback, or
	 * {@code null} if it has no identifier.
	 */
	static @Nullable String identity(JsonNode callback) {
		Fields fields = new Fields(callback);
		String callId = fields.name("callId");
		if (callId == null) {
			return null;
		}
		String identity = Stream
			.concat(Stream.of(callId, String.valueOf(fields.object("payload").text("operation"))),
					APART.stream().map((field) -> String.valueOf(fields.text(field))))
			.map((part) -> part.length() + ":" + part)
			.collect(Collectors.joining());
		return HexFormat.of().formatHex(sha256(identity), 0, SHORT);
	}

	/**
	 * What events have in common that are handled one after the other: a group, a
	 * chatroom, the two users of a conversation, or one user.
	 */
	static String conversation(JsonNode callback) {
		Fields fields = new Fields(callback);
		String group = first(fields, "group_id", "id");
		if (group != null) {
			return group;
		}
		String from = fields.name("from");
		String to = fields.name("to");
		if (from != null && to != null) {
			return (isGroup(fields, to)) ? to : Stream.of(from, to).sorted().collect(Collectors.joining("\n"));
		}
		String user = first(fields, "user", "target", "from", "to");
		return (user != null) ? user : "";
	}

	/**
	 * Recalls, edits and receipts do not say whether it is a group: its identifier has 15
	 * digits.
	 */
	private static boolean isGroup(Fields fields, String to) {
		return !"chat".equals(fields.text("chat_type")) && to.matches("\\d{14,17}");
	}

	private static @Nullable String first(Fields fields, String... names) {
		for (String name : names) {
			String value = fields.name(name);
			if (value != null) {
				return value;
			}
		}
		return null;
	}

	private static byte[] sha256(String text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
