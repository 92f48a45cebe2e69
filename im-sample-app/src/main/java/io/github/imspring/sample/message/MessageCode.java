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

package io.github.imspring.sample.message;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.imspring.message.Message;
import io.github.imspring.message.MessageBody;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a message as the Java code that builds it.
 */
final class MessageCode {

	private final StringBuilder code = new StringBuilder("Message message = ");

	private MessageCode() {
	}

	/**
	 * The code that builds a message and sends it.
	 * @param message the message
	 * @return statements, which call a {@code MessageOperations} by the name that
	 * examples give it
	 */
	static String of(Message message) {
		MessageCode whole = new MessageCode();
		whole.body(message.body());
		whole.envelope(message);
		whole.code.append("\n    .build();\nMono<SendResult> sent = messages.send(message);\n");
		return whole.code.toString();
	}

	private void body(MessageBody body) {
		if (body instanceof MessageBody.Text text) {
			start("text", text.msg());
		}
		else if (body instanceof MessageBody.Image image) {
			attachment("image", image.url(), image.secret(), image.filename());
			if (image.size() != null) {
				step("size", image.size().width(), image.size().height());
			}
		}
		else if (body instanceof MessageBody.Voice voice) {
			attachment("voice", voice.url(), voice.secret(), voice.filename());
			stepIfGiven("length", voice.length());
		}
		else if (body instanceof MessageBody.Video video) {
			attachment("video", video.url(), video.secret(), video.filename());
			if (video.thumb() != null) {
				step("thumbnail", video.thumb(), video.thumbSecret());
			}
			stepIfGiven("length", video.length());
			stepIfGiven("fileLength", video.fileLength());
		}
		else if (body instanceof MessageBody.File file) {
			attachment("file", file.url(), file.secret(), file.filename());
		}
		else if (body instanceof MessageBody.Location location) {
			start("location", location.lat(), location.lng(), location.addr());
		}
		else if (body instanceof MessageBody.Command command) {
			start("command", command.action());
		}
		else if (body instanceof MessageBody.Custom custom) {
			custom(custom);
		}
	}

	private void attachment(String kind, String url, @Nullable String secret, @Nullable String filename) {
		start(kind, url);
		stepIfGiven("secret", secret);
		stepIfGiven("filename", filename);
	}

	private void custom(MessageBody.Custom custom) {
		if (custom.customEvent() != null) {
			start("custom", custom.customEvent());
		}
		else {
			start("custom");
		}
		if (custom.customExts() != null) {
			custom.customExts().forEach((name, value) -> step("extension", name, value));
		}
	}

	private void envelope(Message message) {
		stepIfGiven("from", message.from());
		if (!message.to().isEmpty()) {
			step("to", message.to().toArray());
		}
		if (message.syncDevice()) {
			step("syncDevice");
		}
		if (message.roamIgnoreUsers() != null) {
			step("roamIgnoreUsers", message.roamIgnoreUsers().toArray());
		}
		if (message.onlineOnly()) {
			step("onlineOnly");
		}
		if (message.ext() != null) {
			message.ext().forEach((name, value) -> step("ext", name, value));
		}
	}

	private void start(String kind, @Nullable Object... arguments) {
		call("Message." + kind, arguments);
	}

	private void step(String method, @Nullable Object... arguments) {
		call("\n    ." + method, arguments);
	}

	private void stepIfGiven(String method, @Nullable Object argument) {
		if (argument != null) {
			step(method, argument);
		}
	}

	private void call(String method, @Nullable Object... arguments) {
		this.code.append(method).append('(');
		for (int i = 0; i < arguments.length; i++) {
			this.code.append((i > 0) ? ", " : "").append(literal(arguments[i]));
		}
		this.code.append(')');
	}

	private static String literal(@Nullable Object value) {
		if (value instanceof String text) {
			return quote(text);
		}
		if (value instanceof Long number) {
			return number + "L";
		}
		if (value == null || value instanceof Integer || value instanceof Boolean || value instanceof Double) {
			return String.valueOf(value);
		}
		String json = JsonMapper.shared().writeValueAsString(value);
		return "JsonMapper.shared().readTree(" + quote(json) + ")";
	}

	private static String quote(String text) {
		return text.chars().mapToObj(MessageCode::escape).collect(Collectors.joining("", "\"", "\""));
	}

	private static String escape(int character) {
		return switch (character) {
			case '"' -> "\\\"";
			case '\\' -> "\\\\";
			case '\n' -> "\\n";
			case '\r' -> "\\r";
			case '\t' -> "\\t";
			default -> (character < ' ' || character == 0x7f) ? "\\%03o".formatted(character)
					: Character.toString((char) character);
		};
	}

}
