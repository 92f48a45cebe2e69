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

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

import io.github.imspring.emulator.Room.Profile;
import io.github.imspring.emulator.Route.Handler;
import org.jspecify.annotations.Nullable;

/**
 * The chatrooms and who is in them. One lock guards all of it: every call on rooms runs
 * through {@link #guarded}, so that each is one step.
 */
final class RoomStore {

	private static final long FIRST_ID = 216_294_461_865_985L;

	private final EmulatorClock clock;

	private final UserStore users;

	private final int maxRooms;

	private final int maxRoomsPerUser;

	private final Map<String, Room> byId = new HashMap<>();

	private final NavigableMap<Long, Room> byOrder = new TreeMap<>();

	private final Map<String, NavigableMap<Long, Room>> byMember = new HashMap<>();

	private final Set<String> superAdmins = new LinkedHashSet<>();

	private long lastOrder;

	private long lastJoin;

	RoomStore(EmulatorClock clock, UserStore users, int maxRooms, int maxRoomsPerUser) {
		this.clock = clock;
		this.users = users;
		this.maxRooms = maxRooms;
		this.maxRoomsPerUser = maxRoomsPerUser;
	}

	/** The same handler as one step. */
	Handler guarded(Handler handler) {
		return (call) -> {
			synchronized (this) {
				return handler.handle(call);
			}
		};
	}

	synchronized @Nullable Room find(String id) {
		return this.byId.get(id);
	}

	/**
	 * The room.
	 * @throws ServiceError if there is none
	 */
	synchronized Room get(String id) {
		Room room = this.byId.get(id);
		if (room == null) {
			throw ServiceError.resourceNotFound("grpID " + id + " does not exist!");
		}
		return room;
	}

	/** The next rooms after one, newest first; all of them before the newest for none. */
	synchronized List<Room> newestBefore(@Nullable Long order, int limit) {
		NavigableMap<Long, Room> older = (order != null) ? this.byOrder.headMap(order, false) : this.byOrder;
		return first(older.descendingMap().values(), 0, limit);
	}

	/** The rooms that a user is in, the one joined last first. */
	synchronized List<Room> joinedBy(String user, long skip, int limit) {
		NavigableMap<Long, Room> rooms = this.byMember.get(user);
		return (rooms != null) ? first(rooms.descendingMap().values(), skip, limit) : List.of();
	}

	private static List<Room> first(Collection<Room> rooms, long skip, int limit) {
		List<Room> page = new ArrayList<>();
		long skipped = 0;
		for (Room room : rooms) {
			if (skipped++ < skip) {
				continue;
			}
			if (page.size() == limit) {
				break;
			}
			page.add(room);
		}
		return page;
	}

	synchronized Room create(@Nullable String id, Profile profile, Collection<String> members) {
		if (this.byId.size() >= this.maxRooms) {
			throw ServiceError.exceedLimit(
					"appKey:" + Credentials.ORG_NAME + "#" + Credentials.APP_NAME + " has create too many chatrooms!");
		}
		if (members.size() > profile.maxUsers()) {
			throw full();
		}
		Set<String> everyone = new LinkedHashSet<>(members);
		everyone.remove(profile.owner());
		everyone.add(profile.owner());
		for (String user : everyone) {
			requireExisting(user);
			if (hasJoinedTooMany(user)) {
				throw ServiceError.exceedLimit(tooMany(user));
			}
		}
		long order = ++this.lastOrder;
		Room room = new Room((id != null) ? id : Long.toString(FIRST_ID + order), order, this.clock.instant(), profile);
		this.byId.put(room.id, room);
		this.byOrder.put(order, room);
		everyone.forEach((user) -> enter(room, user));
		return room;
	}

	synchronized void delete(Room room) {
		this.byId.remove(room.id);
		this.byOrder.remove(room.order);
		room.joined.forEach((user, join) -> forget(user, join));
	}

	/** Adds users to a room, all or none; who is there already stays. */
	synchronized void join(Room room, Collection<String> newcomers) {
		Set<String> missing = new LinkedHashSet<>(newcomers);
		missing.forEach(this::requireExisting);
		missing.removeIf(room::has);
		if (room.joined.size() + missing.size() > room.maxUsers) {
			throw full();
		}
		for (String user : missing) {
			if (hasJoinedTooMany(user)) {
				throw ServiceError.forbiddenOperation("can not join this group, reason:" + tooMany(user));
			}
		}
		missing.forEach((user) -> enter(room, user));
	}

	/** Takes a user out of a room, and with them what was set to go with them. */
	synchronized void leave(Room room, String user) {
		Long join = room.joined.remove(user);
		if (join != null) {
			forget(user, join);
		}
		room.admins.remove(user);
		room.mutedUntil.remove(user);
		room.attributes.values().removeIf((attribute) -> attribute.autoDelete() && attribute.owner().equals(user));
	}

	/** Takes a user out of every room; the rooms that they own go. */
	synchronized void leaveAll(String user) {
		this.superAdmins.remove(user);
		NavigableMap<Long, Room> rooms = this.byMember.get(user);
		if (rooms == null) {
			return;
		}
		for (Room room : List.copyOf(rooms.values())) {
			if (room.owner.equals(user)) {
				delete(room);
			}
			else {
				leave(room, user);
			}
		}
	}

	void requireExisting(String user) {
		if (!this.users.exists(user)) {
			throw ServiceError.resourceNotFound("username " + user + " doesn't exist!");
		}
	}

	/** Guarded like everything else here. */
	Set<String> superAdmins() {
		return this.superAdmins;
	}

	synchronized int size() {
		return this.byId.size();
	}

	synchronized void clear() {
		this.byId.clear();
		this.byOrder.clear();
		this.byMember.clear();
		this.superAdmins.clear();
	}

	private void enter(Room room, String user) {
		long join = ++this.lastJoin;
		room.joined.put(user, join);
		this.byMember.computeIfAbsent(user, (name) -> new TreeMap<>()).put(join, room);
	}

	private void forget(String user, long join) {
		NavigableMap<Long, Room> rooms = this.byMember.get(user);
		if (rooms != null) {
			rooms.remove(join);
			if (rooms.isEmpty()) {
				this.byMember.remove(user);
			}
		}
	}

	private boolean hasJoinedTooMany(String user) {
		NavigableMap<Long, Room> rooms = this.byMember.get(user);
		return rooms != null && rooms.size() >= this.maxRoomsPerUser;
	}

	private static String tooMany(String user) {
		return "user " + user + " has joined too many chatrooms!";
	}

	private static ServiceError full() {
		return ServiceError.exceedLimit("members size is greater than max user size !");
	}

}
