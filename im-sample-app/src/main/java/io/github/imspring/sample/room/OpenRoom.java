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

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.imspring.chatroom.NewChatroom;
import org.jspecify.annotations.Nullable;

/**
 * A room to be opened. The starter refuses a room without a name, a description or an
 * owner.
 *
 * @param name the name
 * @param description the description
 * @param owner the user ID of the owner
 * @param maxUsers the most members, the owner among them
 * @param members the user IDs of other members
 * @param custom this application's own data
 */
record OpenRoom(String name, String description, String owner, @JsonProperty("maxusers") @Nullable Integer maxUsers,
		@Nullable List<String> members, @Nullable String custom) {

	NewChatroom toChatroom() {
		NewChatroom.Builder room = NewChatroom.named(this.name).description(this.description).owner(this.owner);
		if (this.maxUsers != null) {
			room.maxUsers(this.maxUsers);
		}
		if (this.members != null) {
			room.members(this.members);
		}
		if (this.custom != null) {
			room.custom(this.custom);
		}
		return room.build();
	}

}
