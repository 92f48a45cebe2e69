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

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A chatroom in detail ("Get the details of chatrooms"). What the service does not say is
 * {@code null}.
 *
 * @param id the ID of the chatroom
 * @param name the name, empty if the service gives none
 * @param description the description, empty if the service gives none
 * @param membersOnly whether the owner or an administrator must approve who joins
 * @param allowInvites whether every member may invite others, rather than the owner and
 * administrators alone
 * @param inviteNeedConfirm whether who is invited must accept before becoming a member
 * @param maxUsers the most members, the owner among them
 * @param owner the user ID of the owner
 * @param created when the chatroom was created
 * @param custom the application's own data, empty if the service gives none
 * @param mute whether all members are muted
 * @param affiliationsCount how many members the chatroom has, the owner among them
 * @param affiliations the owner and the members, in the service's order, possibly none
 * @param disabled whether the chatroom is disabled
 * @param isPublic reserved by the service
 * @since 0.1.0
 */
public record Chatroom(String id, String name, String description, @Nullable Boolean membersOnly,
		@Nullable Boolean allowInvites, @Nullable Boolean inviteNeedConfirm, @Nullable Integer maxUsers,
		@Nullable String owner, @Nullable Instant created, String custom, @Nullable Boolean mute,
		@Nullable Integer affiliationsCount, List<Affiliation> affiliations, @Nullable Boolean disabled,
		@Nullable Boolean isPublic) {

	/**
	 * Copies the affiliations.
	 * @param id the ID of the chatroom
	 * @param name the name
	 * @param description the description
	 * @param membersOnly whether joining needs approval
	 * @param allowInvites whether every member may invite others
	 * @param inviteNeedConfirm whether who is invited must accept
	 * @param maxUsers the most members
	 * @param owner the user ID of the owner
	 * @param created when the chatroom was created
	 * @param custom the application's own data
	 * @param mute whether all members are muted
	 * @param affiliationsCount how many members the chatroom has
	 * @param affiliations the owner and the members
	 * @param disabled whether the chatroom is disabled
	 * @param isPublic reserved by the service
	 */
	public Chatroom {
		affiliations = List.copyOf(affiliations);
	}

}
