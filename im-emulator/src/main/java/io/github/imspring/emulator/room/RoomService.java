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

package io.github.imspring.emulator.room;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.github.imspring.emulator.http.Router;
import io.github.imspring.emulator.room.Room.Profile;
import io.github.imspring.emulator.service.AppIdentity;
import io.github.imspring.emulator.service.Names;
import io.github.imspring.emulator.service.Route;
import io.github.imspring.emulator.service.ServiceError;
import io.github.imspring.emulator.service.Subject;
import io.github.imspring.emulator.user.UserListener;
import io.github.imspring.emulator.user.UserService;
import org.jspecify.annotations.Nullable;

/**
 * The chatrooms and groups of an app.
 *
 * @since 0.1.0
 */
public final class RoomService implements Subject {

	private static final int MEMBERS = 10_000;

	private final RoomStore<Room> rooms;

	private final RoomStore<Group> groups;

	private final SuperAdminEndpoints superAdmins;

	private final GroupEvents roomEvents = new GroupEvents("CHATROOM");

	private final GroupEvents groupEvents = new GroupEvents("GROUP");

	private final InstantSource clock;

	private final int maxCustom;

	public RoomService(AppIdentity app, UserService users, InstantSource clock, int maxRooms, int maxRoomsPerUser,
			int maxCustom) {
		this.clock = clock;
		this.maxCustom = maxCustom;
		this.rooms = new RoomStore<>(app, users, "chatrooms", Room::new, this.roomEvents, maxRooms, maxRoomsPerUser);
		this.groups = new RoomStore<>(app, users, "groups", Group::new, this.groupEvents, maxRooms, Integer.MAX_VALUE);
		this.superAdmins = new SuperAdminEndpoints(this.rooms);
		users.listen(new UserListener() {

			@Override
			public void deleted(String user) {
				forget(user);
			}

		});
	}

	private void forget(String user) {
		this.superAdmins.forget(user);
		this.rooms.leaveAll(user);
		this.groups.leaveAll(user);
	}

	public void listen(Consumer<GroupEvent> listener) {
		this.roomEvents.listen(listener);
		this.groupEvents.listen(listener);
	}

	@Override
	public void register(Router<Route> router) {
		this.superAdmins.register(router);
		new RoomEndpoints(this.rooms, this.maxCustom).register(router);
		new MemberEndpoints(this.rooms).register(router);
		new AdminEndpoints(this.rooms).register(router);
		new MuteEndpoints(this.rooms).register(router);
		new NameListEndpoints(this.rooms, NameListEndpoints.Kind.ALLOW).register(router);
		new NameListEndpoints(this.rooms, NameListEndpoints.Kind.BLOCK).register(router);
		AnnouncementEndpoints.ofChatrooms(this.rooms).register(router);
		new AttributeEndpoints(this.rooms).register(router);
		new GroupEndpoints(this.groups).register(router);
		new GroupMemberEndpoints(this.groups).register(router);
		AnnouncementEndpoints.ofGroups(this.groups).register(router);
	}

	@Override
	public void clear() {
		this.rooms.clear();
		this.groups.clear();
		this.superAdmins.clear();
	}

	/**
	 * Makes a room without asking the service.
	 * @param id the room's id, or nothing for one of the service's own
	 * @throws IllegalArgumentException if the service would not make it
	 */
	public void createRoom(@Nullable String id, String name, String owner, List<String> members) {
		create(this.rooms, id, new Profile(name, "", "", MEMBERS, Names.canonical(owner)), members);
	}

	/** Makes a group, likewise. */
	public void createGroup(String id, String owner, List<String> members) {
		create(this.groups, id, new Profile("group " + id, "", "", MEMBERS, Names.canonical(owner)), members);
	}

	private <R extends Room> void create(RoomStore<R> store, @Nullable String id, Profile profile,
			List<String> members) {
		synchronized (store) {
			if (id != null && (id.isEmpty() || store.find(id) != null)) {
				throw new IllegalArgumentException("No room can be made of the id '" + id + "'");
			}
			try {
				store.create(id, profile, Names.canonical(members), this.clock.instant());
			}
			catch (ServiceError ex) {
				throw new IllegalArgumentException(ex.getMessage(), ex);
			}
		}
	}

	public int countRooms() {
		return this.rooms.size();
	}

	public int countGroups() {
		return this.groups.size();
	}

	/** Who is in a room now, by the order in which they came; nobody if there is none. */
	public List<String> membersOfRoom(String id) {
		return members(this.rooms, id);
	}

	/** Why a user may not speak in a room now, or nothing if they may. */
	public @Nullable String whySilentInRoom(String id, String user, Instant now) {
		synchronized (this.rooms) {
			Room room = this.rooms.find(id);
			return (room == null) ? "There is no such chatroom" : room.whySilent(user, now);
		}
	}

	/** Who is in a group now, likewise. */
	public List<String> membersOfGroup(String id) {
		return members(this.groups, id);
	}

	private static List<String> members(RoomStore<? extends Room> store, String id) {
		synchronized (store) {
			Room room = store.find(id);
			return (room != null) ? room.everyone() : List.of();
		}
	}

	/** The values of a room's attributes by key. */
	public Map<String, String> attributes(String id) {
		synchronized (this.rooms) {
			Map<String, String> values = new TreeMap<>();
			Room room = this.rooms.find(id);
			if (room != null) {
				room.attributes.forEach((key, attribute) -> values.put(key, attribute.value()));
			}
			return values;
		}
	}

}
