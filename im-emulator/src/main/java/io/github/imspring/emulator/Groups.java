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

package io.github.imspring.emulator;

import java.util.List;

import io.github.imspring.emulator.room.RoomService;

/**
 * The groups of an app, for tests that want groups without asking the service for them,
 * or with an id of their own.
 *
 * @since 0.1.0
 */
public final class Groups {

	private final RoomService rooms;

	Groups(RoomService rooms) {
		this.rooms = rooms;
	}

	/**
	 * Makes a group.
	 * @param id the group's id, anything but an empty text
	 * @param owner the group's owner
	 * @param members the group's members besides its owner
	 * @throws IllegalArgumentException if there is a group of that id, or the service
	 * would not make one
	 */
	public void create(String id, String owner, String... members) {
		this.rooms.createGroup(id, owner, List.of(members));
	}

	/**
	 * How many groups there are.
	 * @return the number
	 */
	public int count() {
		return this.rooms.countGroups();
	}

	/**
	 * Who is in a group.
	 * @param id the group's id
	 * @return the members and the owner, by the order in which they came; empty if there
	 * is no such group
	 */
	public List<String> members(String id) {
		return this.rooms.membersOfGroup(id);
	}

}
