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

import io.github.imspring.chatroom.Chatroom;
import io.github.imspring.chatroom.ChatroomLookup;
import org.jspecify.annotations.Nullable;

/**
 * What became of one ID that was looked up among others.
 *
 * @param id the ID as it was asked for
 * @param room the room; absent if there is none of this ID
 */
record RoomLookup(String id, @Nullable RoomDetails room) {

	static RoomLookup of(ChatroomLookup lookup) {
		Chatroom room = lookup.chatroom();
		return new RoomLookup(lookup.id(), (room != null) ? RoomDetails.of(room) : null);
	}

}
