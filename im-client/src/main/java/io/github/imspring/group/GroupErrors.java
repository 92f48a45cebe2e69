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

package io.github.imspring.group;

import io.github.imspring.error.ErrorHints;

/**
 * What to do about the errors that the documents know of groups.
 */
final class GroupErrors {

	static final String NOT_CONFIRMED = "The service gives no reason: look at what the group is like now before "
			+ "repeating the call.";

	static final String OWNER_NOT_CHANGED = "Check that the new owner is a member of the group.";

	static final ErrorHints HINTS = ErrorHints.NONE
		.on(400, "are not valid fields", "Leave out what the service names: it cannot be changed.")
		.on(400, "group must contain public field", "Say whether the group is public.")
		.on(400, "avatar length is too big", "Keep the address of the picture within 1,024 characters.")
		.on(400, "announcement is null", "Give the announcement.")
		.on(400, "more than max", "Name at most 60 users a call.")
		.on(401, "group_authorization", "Use a user who has the right to do this in the group.")
		.on(403, "too many groups",
				"Dissolve or leave groups that are no longer used, or have the limit raised by the provider.")
		.on(403, "members size is greater than max user size",
				"Name fewer members, or have the limit raised by the provider.")
		.on(403, "already in group", "The user is a member already: nothing is left to do.")
		.on(403, "are not members", "Name users who are members of the group.")
		.on(403, "not in group", "Name a user who is a member of the group.")
		.on(403, "forbidden operation on group owner", "Transfer the group to another owner before.")
		.on(403, "new owner and old owner are the same", "Name a member who is not the owner already.")
		.on(403, "group_name_violation", "Choose another name: the service's text moderation refuses this one.")
		.on(403, "group_announce_violation", "Choose another text: the service's text moderation refuses this one.")
		.on(403, "announce info length exceeds limit", "Keep the announcement within 512 characters.")
		.on(404, "grpID", "Use the ID of an existing group.")
		.on(404, "do not find this group", "Use the ID of an existing group.");

	private GroupErrors() {
	}

}
