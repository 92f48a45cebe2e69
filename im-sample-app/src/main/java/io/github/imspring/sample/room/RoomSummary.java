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

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.imspring.chatroom.ChatroomSummary;
import org.jspecify.annotations.Nullable;

/**
 * A room in the list of all rooms.
 *
 * @param id the ID
 * @param name the name
 * @param owner the user ID of the owner
 * @param members how many members the room has, the owner among them
 * @param disabled whether the room is disabled
 */
record RoomSummary(String id, String name, @Nullable String owner,
		@JsonProperty("affiliations_count") @Nullable Integer members, @Nullable Boolean disabled) {

	static RoomSummary of(ChatroomSummary room) {
		return new RoomSummary(room.id(), room.name(), room.owner(), room.affiliationsCount(), room.disabled());
	}

	/**
	 * Whether a part of the name, or the whole ID or owner, is as given, whatever the
	 * case of its letters.
	 */
	boolean matches(String search) {
		return this.name.toLowerCase(Locale.ROOT).contains(search.toLowerCase(Locale.ROOT))
				|| search.equalsIgnoreCase(this.owner) || search.equals(this.id);
	}

}
