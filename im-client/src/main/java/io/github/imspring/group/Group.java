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

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The details of a group. What the answer does not say is {@code null}, or empty where it
 * is text.
 *
 * @param id the ID of the group
 * @param name the name
 * @param avatar the address of the picture
 * @param description the description
 * @param custom the application's own data
 * @param owner the user ID of the owner
 * @param isPublic whether users find the group and can ask to join
 * @param membersOnly whether joining needs approval
 * @param allowInvites whether every member may invite others
 * @param inviteNeedConfirm whether who is invited must accept
 * @param maxUsers the most members
 * @param mute whether all members are muted
 * @param disabled whether the group is disabled
 * @param created when the group was created
 * @param affiliationsCount how many members the group has, the owner among them
 * @param affiliations the owner and up to 10,000 members
 * @since 0.1.0
 */
public record Group(String id, String name, String avatar, String description, String custom, @Nullable String owner,
		@Nullable Boolean isPublic, @Nullable Boolean membersOnly, @Nullable Boolean allowInvites,
		@Nullable Boolean inviteNeedConfirm, @Nullable Integer maxUsers, @Nullable Boolean mute,
		@Nullable Boolean disabled, @Nullable Instant created, @Nullable Integer affiliationsCount,
		List<GroupMember> affiliations) {

	/**
	 * Copies the affiliations.
	 * @param id the ID of the group
	 * @param name the name
	 * @param avatar the address of the picture
	 * @param description the description
	 * @param custom the application's own data
	 * @param owner the user ID of the owner
	 * @param isPublic whether users find the group and can ask to join
	 * @param membersOnly whether joining needs approval
	 * @param allowInvites whether every member may invite others
	 * @param inviteNeedConfirm whether who is invited must accept
	 * @param maxUsers the most members
	 * @param mute whether all members are muted
	 * @param disabled whether the group is disabled
	 * @param created when the group was created
	 * @param affiliationsCount how many members the group has
	 * @param affiliations the owner and the members
	 */
	public Group {
		affiliations = List.copyOf(affiliations);
	}

}
