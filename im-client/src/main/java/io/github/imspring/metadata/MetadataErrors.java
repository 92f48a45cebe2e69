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

package io.github.imspring.metadata;

import io.github.imspring.error.ErrorHints;

/**
 * What to do about the errors that are documented for the announcement and the attributes
 * of a chatroom ("Manage chatroom announcements", "Manage chatroom attributes").
 */
final class MetadataErrors {

	static final String NOT_CONFIRMED = "The service gives no reason: look at what the chatroom is like now before "
			+ "repeating the call.";

	static final ErrorHints HINTS = ErrorHints.NONE
		.on(400, "exceed allowed batch size", "Name at most 10 attributes a call.")
		.on(400, "others are not allowed to be set",
				"The attribute belongs to another user: use the forced variant to take it over.")
		.on(401, "user is not in chatroom", "Use the ID of a user who is a member of the chatroom.")
		.on(401, "group_authorization", "Use a user who has the right to do this in the chatroom.")
		.on(403, "announce info length exceeds limit", "Keep the announcement within 512 characters.")
		.on(404, "grpID", "Use the ID of an existing chatroom.")
		.on(404, "do not find this group", "Use the ID of an existing chatroom.");

	private MetadataErrors() {
	}

}
