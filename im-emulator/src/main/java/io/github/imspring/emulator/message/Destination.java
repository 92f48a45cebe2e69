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

package io.github.imspring.emulator.message;

import java.time.Duration;

import io.github.imspring.emulator.service.ServiceOperation;
import org.jspecify.annotations.Nullable;

/**
 * To whom a message can go, and how many a call may name.
 */
@SuppressWarnings("ImmutableEnumChecker") // Nothing in it changes.
enum Destination {

	USERS("/messages/users", ChatType.CHAT, 600,
			ServiceOperation.of("send-message").withMessages(6000, Duration.ofMinutes(1))),

	CHATROOMS("/messages/chatrooms", ChatType.CHATROOM, 10,
			ServiceOperation.of("send-chatroom-message").withMessages(100, Duration.ofSeconds(1))),

	CHATROOM_MEMBERS("/messages/chatrooms/users", ChatType.CHATROOM, 1,
			ServiceOperation.of("send-chatroom-member-message").withMessages(100, Duration.ofSeconds(1))),

	GROUPS("/messages/chatgroups", ChatType.GROUP, 3,
			ServiceOperation.of("send-group-message", 20).withMessages(20, Duration.ofSeconds(1))),

	GROUP_MEMBERS("/messages/chatgroups/users", ChatType.GROUP, 1,
			ServiceOperation.of("send-group-member-message").withMessages(100, Duration.ofSeconds(1)));

	final String path;

	final ChatType chatType;

	final int maxTargets;

	final ServiceOperation operation;

	Destination(String path, ChatType chatType, int maxTargets, ServiceOperation operation) {
		this.path = path;
		this.chatType = chatType;
		this.maxTargets = maxTargets;
		this.operation = operation;
	}

	boolean isMembers() {
		return this == CHATROOM_MEMBERS || this == GROUP_MEMBERS;
	}

	/** The limit that the error names; that of members is the rooms'. */
	int namedLimit() {
		return switch (this) {
			case CHATROOM_MEMBERS -> CHATROOMS.maxTargets;
			case GROUP_MEMBERS -> GROUPS.maxTargets;
			default -> this.maxTargets;
		};
	}

	/** Where a client's message of a chat type goes. */
	static @Nullable Destination ofChatType(String chatType) {
		return switch (chatType) {
			case "chat" -> USERS;
			case "chatroom" -> CHATROOMS;
			case "groupchat" -> GROUPS;
			default -> null;
		};
	}

	/** What older clients call it. */
	static @Nullable Destination ofTargetType(String targetType) {
		return switch (targetType) {
			case "users" -> USERS;
			case "chatrooms" -> CHATROOMS;
			case "chatgroups" -> GROUPS;
			default -> null;
		};
	}

}
