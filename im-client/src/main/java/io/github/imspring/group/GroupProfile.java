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

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What can be said of a group both at its creation and later.
 *
 * @param name the name
 * @param avatar the address of the picture
 * @param description the description
 * @param maxUsers the most members
 * @param allowInvites whether every member may invite others
 * @param membersOnly whether joining needs approval
 * @param inviteNeedConfirm whether who is invited must accept
 * @param custom the application's own data
 */
record GroupProfile(@Nullable String name, @Nullable String avatar, @Nullable String description,
		@Nullable Integer maxUsers, @Nullable Boolean allowInvites, @Nullable Boolean membersOnly,
		@Nullable Boolean inviteNeedConfirm, @Nullable String custom) {

	/**
	 * What is set, by the service's names.
	 */
	Map<String, Object> fields() {
		Map<String, Object> fields = new LinkedHashMap<>();
		put(fields, "groupname", this.name);
		put(fields, "avatar", this.avatar);
		put(fields, "description", this.description);
		put(fields, "maxusers", this.maxUsers);
		put(fields, "allowinvites", this.allowInvites);
		put(fields, "membersonly", this.membersOnly);
		put(fields, "invite_need_confirm", this.inviteNeedConfirm);
		put(fields, "custom", this.custom);
		return fields;
	}

	private static void put(Map<String, Object> fields, String field, @Nullable Object value) {
		if (value != null) {
			fields.put(field, value);
		}
	}

}
