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

package io.github.imspring.sample.welcome;

import java.util.Map;

import io.github.imspring.chatroom.Chatroom;
import io.github.imspring.chatroom.ChatroomOperations;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import io.github.imspring.metadata.ChatroomMetadataOperations;

import org.springframework.stereotype.Service;

/**
 * Welcomes newcomers with code that blocks: one call after the other, as it reads. It
 * must not run on an event loop; {@link WelcomeController} sees to that.
 */
@Service
class Host {

	private final ChatroomOperations rooms;

	private final ChatroomMetadataOperations metadata;

	private final MessageOperations messages;

	Host(ChatroomOperations rooms, ChatroomMetadataOperations metadata, MessageOperations messages) {
		this.rooms = rooms;
		this.metadata = metadata;
		this.messages = messages;
	}

	/**
	 * Sends a newcomer what everybody in the room knows already.
	 * @param roomId the ID of the room
	 * @param user the user ID of the newcomer
	 * @return the message ID
	 */
	Map<String, String> welcome(String roomId, String user) {
		Chatroom room = this.rooms.get(roomId).blockOptional().orElseThrow();
		String announcement = this.metadata.getAnnouncement(roomId).blockOptional().orElseThrow();
		Message message = Message.text("Welcome to %s! %s".formatted(room.name(), announcement).strip())
			.to(user)
			.build();
		return this.messages.send(message).blockOptional().orElseThrow().messageIds();
	}

}
