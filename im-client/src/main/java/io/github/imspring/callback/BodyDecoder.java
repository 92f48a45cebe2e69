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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.imspring.error.ImValidationException;
import io.github.imspring.message.MessageBody;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bodies of messages, in the form in which callbacks and the history have them.
 */
final class BodyDecoder {

	/**
	 * What the payload of a message has only in the form with bodies.
	 */
	static final String BODIES = "bodies";

	static final String EXT = "ext";

	/**
	 * The extensions of a custom message as a map. The older field beside it is an array
	 * of objects with one field each.
	 */
	static final String CUSTOM_EXTS_MAP = "v2:customExts";

	static final String CUSTOM_EXTS = "customExts";

	private static final String SUB_TYPE = "subType";

	private static final String UNKNOWN = "unknown";

	private BodyDecoder() {
	}

	/**
	 * The content of a payload: its bodies, or, if it has none, the payload as the only
	 * one.
	 */
	static MessageContent content(Fields payload) {
		List<ReceivedBody> bodies = payload.has(BODIES)
				? payload.objects(BODIES).stream().map(BodyDecoder::received).toList() : List.of(received(payload));
		return new MessageContent(bodies, payload.object(EXT).values());
	}

	private static ReceivedBody received(Fields body) {
		String type = type(body);
		return new ReceivedBody(type, sendable(type, body), body.json());
	}

	private static String type(Fields body) {
		String subType = body.name(SUB_TYPE);
		if (subType != null) {
			return subType;
		}
		String type = body.name("type");
		return (type != null) ? type : UNKNOWN;
	}

	private static @Nullable MessageBody sendable(String type, Fields body) {
		try {
			return switch (type) {
				case "txt" -> text(body);
				case "img" -> image(body);
				case "audio" -> voice(body);
				case "video" -> video(body);
				case "file" -> file(body);
				case "loc" -> location(body);
				case "cmd" -> command(body);
				case "custom" -> new MessageBody.Custom(body.name("customEvent"), customExts(body));
				default -> null;
			};
		}
		catch (ImValidationException ex) {
			return null;
		}
	}

	private static MessageBody.@Nullable Text text(Fields body) {
		String text = body.text("msg");
		return (text != null) ? new MessageBody.Text(text) : null;
	}

	private static MessageBody.@Nullable Image image(Fields body) {
		String url = body.text("url");
		return (url != null) ? new MessageBody.Image(url, body.text("secret"), body.text("filename"), size(body))
				: null;
	}

	private static MessageBody.@Nullable Size size(Fields body) {
		Integer width = body.object("size").natural("width");
		Integer height = body.object("size").natural("height");
		return (width != null && height != null) ? new MessageBody.Size(width, height) : null;
	}

	private static MessageBody.@Nullable Voice voice(Fields body) {
		String url = body.text("url");
		return (url != null)
				? new MessageBody.Voice(url, body.text("secret"), body.text("filename"), body.natural("length")) : null;
	}

	private static MessageBody.@Nullable Video video(Fields body) {
		String url = body.text("url");
		return (url != null) ? new MessageBody.Video(url, body.text("secret"), body.text("filename"),
				body.text("thumb"), body.text("thumb_secret"), body.natural("length"), body.number("file_length"))
				: null;
	}

	private static MessageBody.@Nullable File file(Fields body) {
		String url = body.text("url");
		return (url != null) ? new MessageBody.File(url, body.text("secret"), body.text("filename")) : null;
	}

	private static MessageBody.@Nullable Location location(Fields body) {
		String lat = body.text("lat");
		String lng = body.text("lng");
		String addr = body.text("addr");
		return (lat != null && lng != null && addr != null) ? new MessageBody.Location(lat, lng, addr) : null;
	}

	/**
	 * The examples show a command with the field of a text, too.
	 */
	private static MessageBody.@Nullable Command command(Fields body) {
		String action = body.name("action");
		String command = (action != null) ? action : body.text("msg");
		return (command != null) ? new MessageBody.Command(command) : null;
	}

	private static Map<String, String> customExts(Fields body) {
		Map<String, String> map = body.object(CUSTOM_EXTS_MAP).texts();
		if (!map.isEmpty()) {
			return map;
		}
		Map<String, String> exts = new LinkedHashMap<>(body.object(CUSTOM_EXTS).texts());
		body.objects(CUSTOM_EXTS).forEach((pair) -> exts.putAll(pair.texts()));
		return exts;
	}

}
