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

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.imspring.chatroom.ChatroomUpdate;
import org.jspecify.annotations.Nullable;

/**
 * What is to change of a room; what is left out stays.
 *
 * @param name the new name
 * @param description the new description
 * @param maxUsers the new maximum of members, the owner among them
 */
record ChangeRoom(@Nullable String name, @Nullable String description,
		@JsonProperty("maxusers") @Nullable Integer maxUsers) {

	ChatroomUpdate toUpdate() {
		ChatroomUpdate.Builder update = ChatroomUpdate.builder();
		if (this.name != null) {
			update.name(this.name);
		}
		if (this.description != null) {
			update.description(this.description);
		}
		if (this.maxUsers != null) {
			update.maxUsers(this.maxUsers);
		}
		return update.build();
	}

}
