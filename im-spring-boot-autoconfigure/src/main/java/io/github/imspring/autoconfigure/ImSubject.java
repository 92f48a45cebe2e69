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
 * @param type the type of the operations
 * @param method the method of {@link io.github.imspring.ImClient} that gives them
 */
record ImSubject(Class<?> type, String method) {

	/**
	 * All subjects, one a line.
	 */
	// @formatter:off
	static final List<ImSubject> ALL = List.of(
			new ImSubject(MessageOperations.class, "messages"),
			new ImSubject(ChatroomOperations.class, "chatrooms"),
			new ImSubject(ChatroomMetadataOperations.class, "chatroomMetadata"),
			new ImSubject(ChatroomMemberOperations.class, "chatroomMembers"),
			new ImSubject(UserOperations.class, "users"),
			new ImSubject(GroupOperations.class, "groups"),
			new ImSubject(FileOperations.class, "files"),
			new ImSubject(ImRestOperations.class, "rest"));
	// @formatter:on

}
