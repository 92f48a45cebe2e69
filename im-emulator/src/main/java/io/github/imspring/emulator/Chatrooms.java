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
import java.util.Map;

import io.github.imspring.emulator.room.RoomService;

/**
 * The emulator's chatrooms, for tests that want rooms without asking the service for
 * them, or with an id of their own.
 *
 * @since 0.1.0
 */
public final class Chatrooms {

	private final RoomService rooms;

	Chatrooms(RoomService rooms) {
		this.rooms = rooms;
	}

	/**
	 * Makes a room.
	 * @param id the room's id, anything but an empty text
	 * @param owner the room's owner
	 * @param members the room's members besides its owner
	 * @throws IllegalArgumentException if there is a room of that id, or the service
	 * would not make one
	 */
	public void create(String id, String owner, String... members) {
		this.rooms.createRoom(id, "room " + id, owner, List.of(members));
	}

	/**
	 * Makes many rooms, each with an id of the service's own.
	 * @param count how many
	 * @param owner the owner of all
	 * @throws IllegalArgumentException if the service would not make as many
	 */
	public void createMany(int count, String owner) {
		for (int i = 1; i <= count; i++) {
			this.rooms.createRoom(null, "room " + i, owner, List.of());
		}
	}

	/**
	 * How many rooms there are.
	 * @return the number
	 */
	public int count() {
		return this.rooms.countRooms();
	}

	/**
	 * Who is in a room.
	 * @param id the room's id
	 * @return the members and the owner, by the order in which they came; empty if there
	 * is no such room
	 */
	public List<String> members(String id) {
		return this.rooms.membersOfRoom(id);
	}

	/**
	 * The custom attributes of a room.
	 * @param id the room's id
	 * @return the values by key; empty if there is no such room
	 */
	public Map<String, String> attributes(String id) {
		return this.rooms.attributes(id);
	}

}
