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

package io.github.imspring.autoconfigure;

import java.util.List;
import java.util.function.Function;

import io.github.imspring.ImClient;
import io.github.imspring.chatroom.ChatroomMemberOperations;
import io.github.imspring.chatroom.ChatroomOperations;
import io.github.imspring.exchange.ImRestOperations;
import io.github.imspring.file.FileOperations;
import io.github.imspring.group.GroupOperations;
import io.github.imspring.message.MessageOperations;
import io.github.imspring.metadata.ChatroomMetadataOperations;
import io.github.imspring.user.UserOperations;

/**
 * What a client does about one subject. Each account has a bean of it.
 *
 * @param <T> the type of the operations
 * @param type the type of the operations
 * @param operations gets them from a client
 */
record ImSubject<T>(Class<T> type, Function<ImClient, T> operations) {

	/**
	 * All subjects, one a line.
	 */
	// @formatter:off
	static final List<ImSubject<?>> ALL = List.of(
			new ImSubject<>(MessageOperations.class, ImClient::messages),
			new ImSubject<>(ChatroomOperations.class, ImClient::chatrooms),
			new ImSubject<>(ChatroomMetadataOperations.class, ImClient::chatroomMetadata),
			new ImSubject<>(ChatroomMemberOperations.class, ImClient::chatroomMembers),
			new ImSubject<>(UserOperations.class, ImClient::users),
			new ImSubject<>(GroupOperations.class, ImClient::groups),
			new ImSubject<>(FileOperations.class, ImClient::files),
			new ImSubject<>(ImRestOperations.class, ImClient::rest));
	// @formatter:on

	static Object operations(Class<?> type, ImClient client) {
		return ALL.stream()
			.filter((subject) -> subject.type == type)
			.findFirst()
			.orElseThrow()
			.operations()
			.apply(client);
	}

}
