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

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads callbacks. Nothing that is a JSON object makes it fail.
 */
final class CallbackDecoder {

	private static final String CHAT_TYPE = "chat_type";

	private static final String EVENT_TYPE = "eventType";

	private static final String GROUP_ID = "group_id";

	private static final String MSG_ID = "msg_id";

	private static final String PAYLOAD = "payload";

	private static final String ACK_MESSAGE_ID = "ack_message_id";

	private static final String OPERATION = "operation";

	private static final String DOMAIN = "@easemob.com";

	private final String account;

	CallbackDecoder(String account) {
		this.account = account;
	}

	/**
	 * Whether a callback asks before a message is delivered. The results of pushes have
	 * no type of event either.
	 */
	static boolean asksBeforeDelivery(JsonNode callback) {
		Fields fields = new Fields(callback);
		String chatType = fields.text(CHAT_TYPE);
		return chatType != null && List.of("chat", "group", "groupchat", "chatroom").contains(chatType)
				&& !fields.has(EVENT_TYPE) && !fields.has("step");
	}

	/**
	 * What is asked, or {@code null} if it cannot be read.
	 */
	@Nullable PreDelivery preDelivery(JsonNode callback) {
		Fields fields = new Fields(callback);
		String from = fields.name("from");
		String to = fields.name("to");
		String messageId = fields.name(MSG_ID);
		Fields payload = fields.object(PAYLOAD);
		if (from == null || to == null || messageId == null || !payload.json().isObject()) {
			return null;
		}
		return new PreDelivery(envelope(fields), conversation(fields, to), from, to, messageId,
				BodyDecoder.content(payload));
	}

	CallbackEvent event(JsonNode callback) {
		Fields fields = new Fields(callback);
		CallbackEnvelope envelope = envelope(fields);
		CallbackEvent event = documented(envelope, fields);
		return (event != null) ? event : new UnknownEvent(envelope);
	}

	private CallbackEnvelope envelope(Fields fields) {
		return new CallbackEnvelope(this.account, fields.name("callId"), fields.time("timestamp"),
				fields.name("appkey"), fields.name("host"), fields.json());
	}

	private static @Nullable CallbackEvent documented(CallbackEnvelope envelope, Fields fields) {
		if ("push".equals(fields.text("step"))) {
			return push(envelope, fields);
		}
		if ("group_op_event".equals(fields.text("event"))) {
			return groupChanged(envelope, fields);
		}
		String chatType = fields.text(CHAT_TYPE);
		if (chatType != null) {
			return ofChat(chatType, envelope, fields);
		}
		return presence(envelope, fields);
	}

	private static @Nullable CallbackEvent ofChat(String chatType, CallbackEnvelope envelope, Fields fields) {
		String from = fields.name("from");
		String to = fields.name("to");
		Fields payload = fields.object(PAYLOAD);
		if (chatType.equals("muc")) {
			return groupNotice(envelope, fields, payload);
		}
		if (from == null || to == null) {
			return null;
		}
		return switch (chatType) {
			case "chat", "groupchat", "group", "chatroom" -> message(envelope, fields, payload, from, to);
			case "recall" -> recall(envelope, fields, payload, from, to);
			case "edit" -> edit(envelope, payload, from, to);
			case "read_ack" -> read(envelope, payload, from, to);
			case "channel_ack" -> new ConversationRead(envelope, from, to, payload.name(ACK_MESSAGE_ID));
			case "roster" -> contact(envelope, payload, from, to);
			case "notify" -> notification(envelope, payload);
			default -> null;
		};
	}

	private static @Nullable MessageSent message(CallbackEnvelope envelope, Fields fields, Fields payload, String from,
			String to) {
		String messageId = fields.name(MSG_ID);
		if (messageId == null || !payload.json().isObject()) {
			return null;
		}
		return new MessageSent(envelope, conversation(fields, to), from, to, messageId,
				"chat_offline".equals(fields.text(EVENT_TYPE)), BodyDecoder.content(payload));
	}

	private static Conversation conversation(Fields fields, String to) {
		String chatType = fields.text(CHAT_TYPE);
		String contentType = fields.text("content_type");
		String group = fields.name(GROUP_ID);
		String id = (group != null) ? group : to;
		if ("chat".equals(chatType)) {
			return new Conversation(Conversation.Type.USER, to);
		}
		if ("chatroom".equals(chatType) || (contentType != null && contentType.startsWith("chat:room:"))) {
			return new Conversation(Conversation.Type.CHATROOM, id);
		}
		if ("group".equals(chatType) || (contentType != null && contentType.startsWith("chat:group:"))) {
			return new Conversation(Conversation.Type.GROUP, id);
		}
		return new Conversation(Conversation.Type.GROUP_OR_CHATROOM, id);
	}

	private static @Nullable MessageRecalled recall(CallbackEnvelope envelope, Fields fields, Fields payload,
			String from, String to) {
		String recalled = fields.name("recall_id");
		if (recalled == null) {
			recalled = payload.name(ACK_MESSAGE_ID);
		}
		return (recalled != null) ? new MessageRecalled(envelope, from, to, recalled) : null;
	}

	/**
	 * The sender and the receiver in the payload are meant for applications; those
	 * outside are not.
	 */
	private static @Nullable MessageEdited edit(CallbackEnvelope envelope, Fields payload, String from, String to) {
		String edited = payload.name("edit_message_id");
		if (edited == null) {
			return null;
		}
		Fields edit = payload.object("meta").object("edit_msg");
		String sender = payload.name("from");
		String receiver = payload.name("to");
		return new MessageEdited(envelope, (sender != null) ? sender : from, (receiver != null) ? receiver : to, edited,
				edit.name("operator"), edit.number("count"), edit.time("edit_time"), edit.time("send_time"),
				BodyDecoder.content(payload));
	}

	private static @Nullable MessageRead read(CallbackEnvelope envelope, Fields payload, String from, String to) {
		String read = payload.name(ACK_MESSAGE_ID);
		return (read != null)
				? new MessageRead(envelope, from, to, read, payload.object("msg_config").flag("allow_group_ack"))
				: null;
	}

	private static @Nullable ContactChanged contact(CallbackEnvelope envelope, Fields payload, String from, String to) {
		String operation = payload.name(OPERATION);
		return (operation != null) ? new ContactChanged(envelope, user(envelope, from), user(envelope, to), operation,
				payload.name("reason")) : null;
	}

	private static @Nullable CallbackEvent notification(CallbackEnvelope envelope, Fields payload) {
		String type = payload.text("type");
		if ("reaction".equals(type)) {
			return reactions(envelope, payload);
		}
		return "thread".equals(type) ? thread(envelope, payload.object("data")) : null;
	}

	private static @Nullable ReactionsChanged reactions(CallbackEnvelope envelope, Fields payload) {
		List<ReactionsChanged.Change> changes = payload.objects("data")
			.stream()
			.filter((change) -> change.name("messageId") != null)
			.map(CallbackDecoder::reactionChange)
			.toList();
		return changes.isEmpty() ? null : new ReactionsChanged(envelope, changes);
	}

	private static ReactionsChanged.Change reactionChange(Fields change) {
		return new ReactionsChanged.Change(orEmpty(change.text("messageId")), change.name("from"), change.name("to"),
				change.time("ts"), change.objects("reactions").stream().map(CallbackDecoder::reaction).toList());
	}

	private static ReactionsChanged.Reaction reaction(Fields reaction) {
		return new ReactionsChanged.Reaction(orEmpty(reaction.text("reaction")), reaction.number("count"),
				reaction.texts("userList"),
				reaction.objects("op")
					.stream()
					.map((step) -> new ReactionsChanged.Step(orEmpty(step.text("reactionType")), step.name("operator")))
					.toList());
	}

	private static @Nullable ThreadChanged thread(CallbackEnvelope envelope, Fields thread) {
		String id = thread.name("id");
		String operation = thread.name(OPERATION);
		if (id == null || operation == null) {
			return null;
		}
		Fields last = thread.object("last_message");
		return new ThreadChanged(envelope, id, thread.name("muc_parent_id"), thread.name("name"), operation,
				thread.name("from"), thread.name("msg_parent_id"), thread.number("message_count"),
				thread.time("timestamp"), last.name("id"),
				last.has(PAYLOAD) ? BodyDecoder.content(last.object(PAYLOAD)) : null);
	}

	private static @Nullable GroupChanged groupChanged(CallbackEnvelope envelope, Fields fields) {
		String operation = fields.name(OPERATION);
		String id = fields.text("id");
		if (operation == null || id == null) {
			return null;
		}
		return new GroupChanged(envelope, id, "CHATROOM".equals(fields.text("type")), fields.name("operator"),
				fields.number("member_count"), GroupChangeDecoder.change(operation, fields.object(PAYLOAD)));
	}

	private static @Nullable GroupNotice groupNotice(CallbackEnvelope envelope, Fields fields, Fields payload) {
		String id = fields.name(GROUP_ID);
		String operation = payload.name(OPERATION);
		if (id == null || operation == null) {
			return null;
		}
		String from = fields.name("from");
		return new GroupNotice(envelope, id, payload.flag("is_chatroom"), operation,
				(from != null) ? user(envelope, from) : null, fields.name("to"), payload.name("reason"));
	}

	private static @Nullable PresenceChanged presence(CallbackEnvelope envelope, Fields fields) {
		String user = fields.name("user");
		String status = fields.text("status");
		if (user == null || (!"online".equals(status) && !"offline".equals(status))) {
			return null;
		}
		int device = user.indexOf(DOMAIN + "/");
		return new PresenceChanged(envelope, user(envelope, user),
				(device >= 0) ? user.substring(device + DOMAIN.length() + 1) : null, "online".equals(status),
				fields.name("reason"), fields.name("os"), fields.name("ip"), fields.name("version"));
	}

	private static @Nullable PushResult push(CallbackEnvelope envelope, Fields fields) {
		String target = fields.name("target");
		String status = fields.name("status");
		return (target != null && status != null) ? new PushResult(envelope, target, status, fields.name("detail"),
				fields.name("channel"), fields.name("notifier_name"), fields.name("device_id"), fields.name(MSG_ID))
				: null;
	}

	/**
	 * The user in {@code org#app_user@easemob.com/device}.
	 */
	private static String user(CallbackEnvelope envelope, String address) {
		int domain = address.indexOf(DOMAIN);
		String user = (domain >= 0) ? address.substring(0, domain) : address;
		String prefix = envelope.appKey() + "_";
		return user.startsWith(prefix) ? user.substring(prefix.length()) : user;
	}

	private static String orEmpty(@Nullable String text) {
		return (text != null) ? text : "";
	}

}
