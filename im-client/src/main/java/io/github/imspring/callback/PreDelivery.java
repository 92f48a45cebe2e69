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

import io.github.imspring.message.MessageBody;
import org.jspecify.annotations.Nullable;

/**
 * A message that the service asks about before it delivers it ("Pre-delivery callbacks").
 * Only messages of clients are asked about: not those that came through the REST API, no
 * broadcasts, and none to some members of a group or a chatroom.
 *
 * @param envelope what surrounds the question
 * @param conversation where the message belongs
 * @param from the sender
 * @param to the receiver: a user, a group or a chatroom
 * @param messageId the message
 * @param content what the message carries, whichever of its two forms it came in
 * @since 0.1.0
 */
public record PreDelivery(CallbackEnvelope envelope, Conversation conversation, String from, String to,
		String messageId, MessageContent content) {

	/**
	 * The account that the message belongs to.
	 * @return the name under {@code im.accounts}, or {@code default}
	 */
	public String account() {
		return this.envelope.account();
	}

	/**
	 * The text of a text message.
	 * @return the text, or {@code null} if the message is of another type
	 */
	public @Nullable String text() {
		return this.content.text();
	}

	/**
	 * The body, as one would send it.
	 * @return the body, or {@code null} if it is one that nobody could send
	 */
	public @Nullable MessageBody body() {
		return this.content.body();
	}

	/**
	 * Whether the message may be one to a chatroom, where messages have a priority.
	 */
	boolean mayBeOfChatroom() {
		return this.conversation.type() == Conversation.Type.CHATROOM
				|| this.conversation.type() == Conversation.Type.GROUP_OR_CHATROOM;
	}

}
