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

package io.github.imspring.emulator;

import java.time.Instant;
import java.util.List;

import io.github.imspring.emulator.message.EmulatedMessage;
import io.github.imspring.emulator.message.Sent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A message as it arrived at a user, a chatroom or a group.
 *
 * @param to the user, chatroom or group
 * @param from the sender; {@code admin} if the request named none
 * @param type the kind of message: {@code txt}, {@code img}, {@code audio},
 * {@code video}, {@code file}, {@code loc}, {@code cmd} or {@code custom}
 * @param body the message's body, as it was sent
 * @param ext the message's extensions, or {@code null} if there were none
 * @param messageId the id that the answer named for this recipient
 * @param routetype {@code ROUTE_ONLINE} for recipients who are online only, or
 * {@code null}
 * @param syncDevice whether the message goes to the sender's own devices as well
 * @param roamIgnoreUsers who does not get the message from the roaming history
 * @param timestamp when the service took the message
 * @param chatType {@code chat}, {@code chatroom} or {@code groupchat}
 * @param receivers the users who got the message: the recipient, or who was in the
 * chatroom or group at that moment, the sender left out
 * @param level how important a chatroom takes the message, {@code high}, {@code normal}
 * or {@code low}; {@code null} for other messages
 * @param needGroupAck whether the members of a group confirm that they read the message
 * @param env the environment that callbacks go to, or {@code null} if none was named
 * @since 0.1.0
 */
public record DeliveredMessage(String to, String from, String type, JsonNode body, @Nullable JsonNode ext,
		String messageId, @Nullable String routetype, boolean syncDevice, List<String> roamIgnoreUsers,
		Instant timestamp, String chatType, List<String> receivers, @Nullable String level, boolean needGroupAck,
		@Nullable String env) {

	static DeliveredMessage of(Sent sent) {
		EmulatedMessage message = sent.message();
		return new DeliveredMessage(sent.target(), message.from(), message.type(), message.body(), message.ext(),
				sent.id(), message.routetype(), message.syncDevice(), message.roamIgnoreUsers(), sent.timestamp(),
				message.chatType().wire(), sent.receivers(), message.level(), message.needGroupAck(), message.env());
	}

}
