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

package io.github.imspring.emulator.callback;

import java.util.Map;
import java.util.UUID;

import io.github.imspring.emulator.message.ChatType;
import io.github.imspring.emulator.message.EmulatedMessage;
import io.github.imspring.emulator.message.MessageListener.Recall;
import io.github.imspring.emulator.message.Sent;
import io.github.imspring.emulator.room.GroupEvent;
import io.github.imspring.emulator.service.AppIdentity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What callbacks say, as the service writes them; all but their signature.
 */
final class CallbackJson {

	private static final String HOST = "im-emulator";

	/** The operator of everything that is done over REST. */
	private static final String APP_ADMIN = "@ppAdmin";

	private static final Map<String, String> CONTENT_TYPES = Map.of("txt", "text", "img", "image", "audio", "voice",
			"loc", "location", "video", "video", "file", "file", "cmd", "command", "custom", "custom");

	private final String appKey;

	CallbackJson(AppIdentity app) {
		this.appKey = app.appKey();
	}

	private ObjectNode callback(String id, long timestamp) {
		return JsonNodeFactory.instance.objectNode()
			.put("callId", this.appKey + "_" + id)
			.put("timestamp", timestamp)
			.put("appkey", this.appKey)
			.put("host", HOST);
	}

	private ObjectNode callback(long timestamp) {
		return callback(UUID.randomUUID().toString(), timestamp);
	}

	ObjectNode sent(Sent sent) {
		EmulatedMessage message = sent.message();
		ObjectNode callback = callback(sent.id(), sent.timestamp().toEpochMilli());
		callback.put("eventType", "chat");
		callback.put("chat_type", (message.chatType() == ChatType.CHAT) ? "chat" : "groupchat");
		putConversation(callback, message.chatType(), sent.target());
		callback.put("from", message.from());
		callback.put("msg_id", sent.id());
		callback.put("content_type", contentType(message));
		callback.put("securityVersion", "1.0.0");
		ObjectNode payload = callback.putObject("payload");
		payload.putArray("bodies").add(body(message));
		payload.set("ext", ext(message));
		payload.put("from", message.from());
		payload.put("to", sent.target());
		payload.put("type", message.chatType().wire());
		return callback;
	}

	/** The copy for a receiver who is offline. */
	ObjectNode offline(Sent sent, String user) {
		return sent(sent).put("eventType", "chat_offline").put("to", user);
	}

	private static void putConversation(ObjectNode callback, ChatType chatType, String target) {
		if (chatType != ChatType.CHAT) {
			callback.put("group_id", target);
		}
		callback.put("to", target);
	}

	private static String contentType(EmulatedMessage message) {
		String place = switch (message.chatType()) {
			case CHAT -> "user";
			case GROUP -> "group";
			case CHATROOM -> "room";
		};
		return "chat:" + place + ":" + CONTENT_TYPES.getOrDefault(message.type(), "unknown");
	}

	private static JsonNode ext(EmulatedMessage message) {
		JsonNode ext = message.ext();
		return (ext != null) ? ext : JsonNodeFactory.instance.objectNode();
	}

	/** As the history has it: numbers are numbers, and extensions come in two forms. */
	private static ObjectNode body(EmulatedMessage message) {
		ObjectNode body = JsonNodeFactory.instance.objectNode();
		message.body().properties().forEach((field) -> body.set(field.getKey(), field.getValue()));
		body.put("type", message.type());
		for (String coordinate : new String[] { "lat", "lng" }) {
			body.path(coordinate).asDoubleOpt().ifPresent((number) -> body.put(coordinate, number));
		}
		JsonNode exts = body.path("customExts");
		if (exts.isObject()) {
			ArrayNode older = JsonNodeFactory.instance.arrayNode();
			exts.properties().forEach((pair) -> older.addObject().set(pair.getKey(), pair.getValue()));
			body.set("v2:customExts", exts);
			body.set("customExts", older);
		}
		return body;
	}

	ObjectNode recalled(Recall recall, String id, long timestamp) {
		ObjectNode callback = callback(id, timestamp);
		callback.put("eventType", "chat");
		callback.put("chat_type", "recall");
		if (!recall.chatType().equals(ChatType.CHAT.wire())) {
			callback.put("group_id", recall.to());
		}
		callback.put("from", recall.from());
		callback.put("to", recall.to());
		callback.put("recall_id", recall.messageId());
		callback.put("msg_id", id);
		ObjectNode payload = callback.putObject("payload");
		payload.putObject("ext");
		payload.put("ack_message_id", recall.messageId());
		payload.putArray("bodies");
		return callback;
	}

	ObjectNode group(GroupEvent event, long timestamp) {
		ObjectNode callback = callback(timestamp);
		callback.put("event", "group_op_event");
		callback.put("id", event.id());
		callback.put("type", event.type());
		callback.put("operation", event.operation());
		callback.put("operator", APP_ADMIN);
		if (event.payload() != null) {
			callback.set("payload", event.payload());
		}
		return callback;
	}

	ObjectNode presence(String user, String device, String reason, long timestamp) {
		int underscore = device.indexOf('_');
		return callback(timestamp).put("status", reason.equals("login") ? "online" : "offline")
			.put("reason", reason)
			.put("user", this.appKey + "_" + user + "@easemob.com/" + device)
			.put("os", (underscore > 0) ? device.substring(0, underscore) : device)
			.put("ip", "127.0.0.1")
			.put("version", "4.0.0");
	}

	/** What is asked before a client's message is delivered: its payload is flat. */
	ObjectNode before(EmulatedMessage message, String target, String id, long timestamp) {
		ObjectNode callback = callback(timestamp);
		callback.put("chat_type", switch (message.chatType()) {
			case CHAT -> "chat";
			case GROUP -> "group";
			case CHATROOM -> "chatroom";
		});
		putConversation(callback, message.chatType(), target);
		callback.put("from", message.from());
		callback.put("msg_id", id);
		ObjectNode payload = body(message);
		if (message.ext() != null) {
			payload.set("ext", message.ext());
		}
		callback.set("payload", payload);
		return callback;
	}

}
