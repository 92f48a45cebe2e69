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

package io.github.imspring.message;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A message to take back ("Recall a message"), within two minutes of its sending unless
 * the console allows more or the recall is forced:
 *
 * <pre class="code">
 * Recall.message(id).sentTo("user1")
 * Recall.message(id).sentToChatroom("room1").by("host").forced()
 * </pre>
 *
 * @param messageId the ID of the message, not empty
 * @param to the ID of the user, chatroom or group that the message was sent to, not empty
 * @param chatType what that is
 * @param force whether to recall the message however old it is; one that the service has
 * no more vanishes from the clients that have it
 * @param from the user ID of the sender, so that a forced recall reaches the sender's
 * devices, too; {@code null} for the service's {@code admin}
 * @param info what the clients hear of the recall, or {@code null} for nothing
 * @param syncDevice whether the message vanishes from the sender's devices, too, as it
 * does unless told otherwise; only of a message to a user can it stay there
 * @since 0.1.0
 */
public record Recall(String messageId, String to, ChatType chatType, boolean force, @Nullable String from,
		@Nullable String info, boolean syncDevice) {

	/**
	 * Checks the values.
	 * @param messageId the ID of the message
	 * @param to whom the message was sent to
	 * @param chatType what that is
	 * @param force whether to recall the message however old it is
	 * @param from the user ID of the sender
	 * @param info what the clients hear of the recall
	 * @param syncDevice whether the message vanishes from the sender's devices, too
	 * @throws io.github.imspring.error.ImValidationException if an ID is empty or the
	 * type missing, or if a message to a chatroom or group is to stay on the sender's
	 * devices
	 */
	public Recall {
		MessageBounds.notEmpty("msg_id", messageId);
		MessageBounds.notEmpty("to", to);
		if (from != null) {
			MessageBounds.notEmpty("from", from);
		}
		MessageBounds.given("chat_type", chatType);
		if (!syncDevice && chatType != ChatType.USER) {
			throw MessageBounds.violated("sync_device", "must be true unless the message was sent to a user");
		}
	}

	/**
	 * Starts a recall.
	 * @param messageId the ID of the message, not empty
	 * @return the step that asks whom the message was sent to
	 */
	public static Sent message(String messageId) {
		return new Sent(messageId);
	}

	/**
	 * This recall, however old the message is.
	 * @return the forced recall
	 */
	public Recall forced() {
		return new Recall(this.messageId, this.to, this.chatType, true, this.from, this.info, this.syncDevice);
	}

	/**
	 * This recall in the name of a user.
	 * @param from the user ID of the sender, not empty
	 * @return the recall
	 */
	public Recall by(String from) {
		return new Recall(this.messageId, this.to, this.chatType, this.force, from, this.info, this.syncDevice);
	}

	/**
	 * This recall with something for the clients to hear of it.
	 * @param info any text, JSON for example
	 * @return the recall
	 */
	public Recall withInfo(String info) {
		return new Recall(this.messageId, this.to, this.chatType, this.force, this.from, info, this.syncDevice);
	}

	/**
	 * This recall, which leaves the message on the sender's devices.
	 * @return the recall
	 * @throws io.github.imspring.error.ImValidationException if the message was sent to a
	 * chatroom or group
	 */
	public Recall withoutSyncDevice() {
		return new Recall(this.messageId, this.to, this.chatType, this.force, this.from, this.info, false);
	}

	Map<String, Object> fields() {
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("msg_id", this.messageId);
		fields.put("to", this.to);
		fields.put("chat_type", this.chatType.wire());
		fields.put("force", this.force);
		if (this.from != null) {
			fields.put("from", this.from);
		}
		if (this.info != null) {
			fields.put("recallMessageExtensionInfo", this.info);
		}
		if (!this.syncDevice) {
			fields.put("sync_device", false);
		}
		return fields;
	}

	/**
	 * What a message was sent to.
	 *
	 * @since 0.1.0
	 */
	public enum ChatType {

		/**
		 * A user.
		 */
		USER("chat"),

		/**
		 * A group.
		 */
		GROUP("groupchat"),

		/**
		 * A chatroom.
		 */
		CHATROOM("chatroom");

		private final String wire;

		ChatType(String wire) {
			this.wire = wire;
		}

		String wire() {
			return this.wire;
		}

	}

	/**
	 * The step that asks whom the message was sent to.
	 *
	 * @param messageId the ID of the message
	 * @since 0.1.0
	 */
	public record Sent(String messageId) {

		/**
		 * A message that was sent to a user.
		 * @param username the user ID, not empty
		 * @return the recall
		 */
		public Recall sentTo(String username) {
			return new Recall(this.messageId, username, ChatType.USER, false, null, null, true);
		}

		/**
		 * A message that was sent to a chatroom, or to members of it.
		 * @param chatroomId the ID of the chatroom, not empty
		 * @return the recall
		 */
		public Recall sentToChatroom(String chatroomId) {
			return new Recall(this.messageId, chatroomId, ChatType.CHATROOM, false, null, null, true);
		}

		/**
		 * A message that was sent to a group, or to members of it.
		 * @param groupId the ID of the group, not empty
		 * @return the recall
		 */
		public Recall sentToGroup(String groupId) {
			return new Recall(this.messageId, groupId, ChatType.GROUP, false, null, null, true);
		}

	}

}
