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

/**
 * Somebody sent a message, through a client or the REST API ("Send a message"): the
 * application hears of its own messages, too, so a bot must not answer itself. Messages
 * that moderation or a {@link PreDeliveryFilter} stopped cause no event.
 *
 * @param envelope what surrounds the event
 * @param conversation where the message belongs
 * @param from the sender
 * @param to the receiver: a user, a group or a chatroom; the user who is offline if
 * {@code offline} is set
 * @param messageId the message
 * @param offline whether this is the copy for a receiver who is offline. It comes beside
 * the message itself, once for each such user, if the rule in the console asks for it
 * @param content what the message carries
 * @since 0.1.0
 */
public record MessageSent(CallbackEnvelope envelope, Conversation conversation, String from, String to,
		String messageId, boolean offline, MessageContent content) implements CallbackEvent {

	@Override
	public String kind() {
		return "message";
	}

}
