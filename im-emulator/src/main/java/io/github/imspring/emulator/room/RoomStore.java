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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

import io.github.imspring.emulator.room.Room.Join;
import io.github.imspring.emulator.room.Room.Profile;
import io.github.imspring.emulator.service.AppIdentity;
import io.github.imspring.emulator.service.Route.Handler;
import io.github.imspring.emulator.service.ServiceError;
import io.github.imspring.emulator.user.UserService;
import org.jspecify.annotations.Nullable;

/**
 * The chatrooms, or the groups, and who is in them. One lock guards all of it: every call
 * on rooms runs through {@link #guarded}, so that each is one step.
 *
 * @param <R> what a room is
 */
final class RoomStore<R extends Room> {

	private static final long FIRST_ID = 216_294_461_865_985L;

	private final AppIdentity app;

	private final UserService users;

	/** What errors call the rooms: chatrooms or groups. */
	private final String plural;

	private final Factory<R> factory;

	private final GroupEvents events;

	private final int maxRooms;

	private final int maxRoomsPerUser;

	private final Map<String, R> byId = new HashMap<>();

	private final NavigableMap<Long, R> byOrder = new TreeMap<>();

	private final Map<String, NavigableMap<Long, R>> byMember = new HashMap<>();

	private long lastOrder;

	private long lastJoin;

	RoomStore(AppIdentity app, UserService users, String plural, Factory<R> factory, GroupEvents events, int maxRooms,
			int maxRoomsPerUser) {
		this.app = app;
		this.users = users;
		this.plural = plural;
		this.factory = factory;
		this.events = events;
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

	GroupEvents events() {
		return this.events;
	}

	UserService users() {
		return this.users;
	}

	synchronized @Nullable R find(String id) {
		return this.byId.get(id);
	}

	/**
	 * The room.
	 * @throws ServiceError if there is none
	 */
	synchronized R get(String id) {
		R room = this.byId.get(id);
		if (room == null) {
			throw ServiceError.resourceNotFound("grpID " + id + " does not exist!");
		}
		return room;
	}

	/** The next rooms after one, newest first; all of them before the newest for none. */
	synchronized List<R> newestBefore(@Nullable Long order, int limit) {
		NavigableMap<Long, R> older = (order != null) ? this.byOrder.headMap(order, false) : this.byOrder;
		return first(older.descendingMap().values(), 0, limit);
	}

	/** The rooms that a user is in, the one joined last first. */
	synchronized List<R> joinedBy(String user, long skip, int limit) {
		NavigableMap<Long, R> rooms = this.byMember.get(user);
		return (rooms != null) ? first(rooms.descendingMap().values(), skip, limit) : List.of();
	}

	synchronized int countJoinedBy(String user) {
		NavigableMap<Long, R> rooms = this.byMember.get(user);
		return (rooms != null) ? rooms.size() : 0;
	}

	private static <R> List<R> first(Collection<R> rooms, long skip, int limit) {
		return rooms.stream().skip(skip).limit(limit).toList();
	}

	synchronized R create(@Nullable String id, Profile profile, Collection<String> members, Instant now) {
		if (this.byId.size() >= this.maxRooms) {
			throw ServiceError.exceedLimit("appKey:" + this.app.appKey() + " has create too many " + this.plural + "!");
		}
		if (members.size() > profile.maxUsers()) {
			throw full();
		}
		Set<String> everyone = new LinkedHashSet<>(members);
		everyone.remove(profile.owner());
		everyone.add(profile.owner());
		for (String user : everyone) {
			this.users.requireExisting(user);
			if (hasJoinedTooMany(user)) {
				throw ServiceError.exceedLimit(tooMany(user));
			}
		}
		long order = ++this.lastOrder;
		R room = this.factory.create((id != null) ? id : newId(order), order, now, profile);
		this.byId.put(room.id, room);
		this.byOrder.put(order, room);
		everyone.forEach((user) -> enter(room, user, now));
		return room;
	}

	/** Announces that a room was made, once all of it is known. */
	void announce(R room) {
		this.events.publish(room.id, "CREATE", null, (payload) -> {
			payload.putObject("role").put(room.owner, "owner");
			room.everyone()
				.stream()
				.filter((user) -> !user.equals(room.owner))
				.forEach(payload.putArray("member")::add);
			payload.set("info", room.info(this.app.appKey()));
		});
	}

	/** Announces that what a room is called, or the like, was changed. */
	void announceChange(R room) {
		this.events.publish(room.id, "UPDATE", "INFO", (payload) -> payload.set("info", room.info(this.app.appKey())));
	}

	/** An id that no room has, though a room may have one of its own choice. */
	private String newId(long order) {
		long id = FIRST_ID + order;
		while (this.byId.containsKey(Long.toString(id))) {
			id += this.maxRooms;
		}
		return Long.toString(id);
	}

	synchronized void delete(R room) {
		this.byId.remove(room.id);
		this.byOrder.remove(room.order);
		room.joined.forEach((user, join) -> forget(user, join));
		this.events.publish(room.id, "DELETE", null, (payload) -> {
		});
	}

	/** Adds users to a room, all or none; returns those who were not there already. */
	synchronized Set<String> join(R room, Collection<String> newcomers, Instant now) {
		Set<String> missing = new LinkedHashSet<>(newcomers);
		missing.forEach(this.users::requireExisting);
		missing.removeIf(room::has);
		if (room.joined.size() + missing.size() > room.maxUsers) {
			throw full();
		}
		for (String user : missing) {
			if (room.blocked.contains(user)) {
				throw cannotJoin("user " + user + " is in the block list!");
			}
			if (hasJoinedTooMany(user)) {
				throw cannotJoin(tooMany(user));
			}
		}
		missing.forEach((user) -> enter(room, user, now));
		if (!missing.isEmpty()) {
			this.events.members(room.id, "JOIN", "DIRECT", missing);
		}
		return missing;
	}

	static ServiceError cannotJoin(String reason) {
		return ServiceError.forbiddenOperation("can not join this group, reason:" + reason);
	}

	/**
	 * Takes a user out of a room.
	 * @param how {@code QUIT}, {@code KICK} or {@code BLOCK}
	 */
	synchronized void leave(R room, String user, String how) {
		Join join = room.leave(user);
		if (join != null) {
			forget(user, join);
			this.events.members(room.id, "LEAVE", how, List.of(user));
		}
	}

	/** Takes a user out of every room; the rooms that they own go. */
	synchronized void leaveAll(String user) {
		NavigableMap<Long, R> rooms = this.byMember.get(user);
		if (rooms == null) {
			return;
		}
		for (R room : List.copyOf(rooms.values())) {
			if (room.owner.equals(user)) {
				delete(room);
			}
			else {
				leave(room, user, "QUIT");
			}
		}
	}

	synchronized int size() {
		return this.byId.size();
	}

	synchronized void clear() {
		this.byId.clear();
		this.byOrder.clear();
		this.byMember.clear();
	}

	private void enter(R room, String user, Instant now) {
		long order = ++this.lastJoin;
		room.enter(user, new Join(order, now));
		this.byMember.computeIfAbsent(user, (name) -> new TreeMap<>()).put(order, room);
	}

	private void forget(String user, Join join) {
		NavigableMap<Long, R> rooms = this.byMember.get(user);
		if (rooms != null) {
			rooms.remove(join.order());
			if (rooms.isEmpty()) {
				this.byMember.remove(user);
			}
		}
	}

	private boolean hasJoinedTooMany(String user) {
		return countJoinedBy(user) >= this.maxRoomsPerUser;
	}

	private String tooMany(String user) {
		return "user " + user + " has joined too many " + this.plural + "!";
	}

	private static ServiceError full() {
		return ServiceError.exceedLimit("members size is greater than max user size !");
	}

	/**
	 * Makes a room from what it is made of.
	 *
	 * @param <R> what a room is
	 */
	@FunctionalInterface
	interface Factory<R> {

		R create(String id, long order, Instant created, Profile profile);

	}

}
