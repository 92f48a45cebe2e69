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

package io.github.imspring.chatroom;

import io.github.imspring.error.ErrorHints;

/**
 * What to do about the errors that are documented for chatrooms ("Manage chatrooms").
 */
final class ChatroomErrors {

	static final String NOT_CONFIRMED = "The service gives no reason: look at what the chatroom is like now before "
			+ "repeating the call.";

	static final String OWNER_NOT_CHANGED = "Check that the new owner is a member of the chatroom.";

	static final String MEMBERS_NOT_CONFIRMED = "The service gives no reason: look at who is in the chatroom now before "
			+ "repeating the call.";

	static final ErrorHints HINTS = ErrorHints.NONE
		.on(400, "are not valid fields", "Only the name, the description and the maximum of members can be changed.")
		.on(400, "are not members", "Name users who are members of the chatroom.")
		.on(400, "more than max", "Name at most 60 users a call.")
		.on(401, "group_authorization", "Use a user who has the right to do this in the chatroom.")
		.on(403, "are not members", "Name users who are members of the chatroom.")
		.on(403, "too many chatrooms",
				"Dissolve or leave chatrooms that are no longer used, or have the limit raised by the provider.")
		.on(403, "members size is greater than max user size",
				"Name fewer members, or have the limit raised by the provider.")
		.on(403, "title cannot exceed", "Shorten the name of the chatroom.")
		.on(403, "desc cannot exceed", "Shorten the description of the chatroom.")
		.on(403, "maxUsers cannot exceed", "Give a lower maximum of members, or have the limit raised by the provider.")
		.on(403, "forbidden operation on group owner",
				"The owner can be neither removed nor blocked: transfer the chatroom before.")
		.on(403, "new owner and old owner are the same", "Name a member who is not the owner already.")
		.on(404, "grpID", "Use the ID of an existing chatroom.")
		.on(404, "do not find this group", "Use the ID of an existing chatroom.");

	private ChatroomErrors() {
	}

}
