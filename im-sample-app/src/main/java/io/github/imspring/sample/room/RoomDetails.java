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

package io.github.imspring.sample.room;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.imspring.chatroom.Affiliation;
import io.github.imspring.chatroom.Chatroom;
import org.jspecify.annotations.Nullable;

/**
 * A room in detail.
 *
 * @param id the ID
 * @param name the name
 * @param description the description
 * @param owner the user ID of the owner
 * @param members the user IDs of the other members
 * @param membersCount how many members the room has, the owner among them
 * @param maxUsers the most members, the owner among them
 * @param custom this application's own data
 * @param created when the room was opened
 * @param mute whether all members are muted
 * @param disabled whether the room is disabled
 */
record RoomDetails(String id, String name, String description, @Nullable String owner, List<String> members,
		@JsonProperty("affiliations_count") @Nullable Integer membersCount,
		@JsonProperty("maxusers") @Nullable Integer maxUsers, String custom, @Nullable Instant created,
		@Nullable Boolean mute, @Nullable Boolean disabled) {

	static RoomDetails of(Chatroom room) {
		List<String> members = room.affiliations()
			.stream()
			.filter((user) -> user.role() == Affiliation.Role.MEMBER)
			.map(Affiliation::username)
			.toList();
		return new RoomDetails(room.id(), room.name(), room.description(), room.owner(), members,
				room.affiliationsCount(), room.maxUsers(), room.custom(), room.created(), room.mute(), room.disabled());
	}

}
