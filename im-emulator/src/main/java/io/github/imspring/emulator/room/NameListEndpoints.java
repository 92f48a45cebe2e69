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

import java.util.List;
import java.util.Set;
import java.util.function.Function;

import io.github.imspring.emulator.http.Reply;
import io.github.imspring.emulator.http.Router;
import io.github.imspring.emulator.service.Call;
import io.github.imspring.emulator.service.Fields;
import io.github.imspring.emulator.service.Names;
import io.github.imspring.emulator.service.Route;
import io.github.imspring.emulator.service.ServiceError;
import io.github.imspring.emulator.service.ServiceOperation;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A chatroom's allow list, who may speak while all are muted, or its block list, who may
 * not come back. Users whom a call cannot list fail alone.
 */
final class NameListEndpoints {

	private final RoomStore<Room> rooms;

	private final Kind kind;

	NameListEndpoints(RoomStore<Room> rooms, Kind kind) {
		this.rooms = rooms;
		this.kind = kind;
	}

	void register(Router<Route> router) {
		String path = "/chatrooms/{id}/" + this.kind.path + "/users";
		ServiceOperation adding = ServiceOperation.of(this.kind.verb + "-chatroom-members");
		router.add("GET", path,
				Route.of("list-" + this.kind.adjective + "-chatroom-members", this.rooms.guarded(this::list)));
		router.add("POST", path, Route.of(adding, this.rooms.guarded(this::addMany)));
		router.add("POST", path + "/{username}", Route.of(adding, this.rooms.guarded(this::addOne)));
		router.add("DELETE", path + "/{usernames}",
				Route.of(this.kind.opposite + "-chatroom-members", this.rooms.guarded(this::remove)));
	}

	private Reply list(Call call) {
		Room room = this.rooms.get(call.variable("id"));
		ArrayNode data = JsonNodeFactory.instance.arrayNode();
		if (this.kind == Kind.ALLOW) {
			// The owner may always speak, and is counted.
			data.add(room.owner);
		}
		this.kind.names.apply(room).forEach(data::add);
		return call.counted(data);
	}

	private Reply addOne(Call call) {
		Room room = this.rooms.get(call.variable("id"));
		String user = call.user("username");
		if (!room.has(user)) {
			this.rooms.users().requireExisting(user);
			throw ServiceError.notMembers(400, List.of(user));
		}
		requireNotOwner(room, List.of(user));
		return call.ok(add(room, user));
	}

	private Reply addMany(Call call) {
		Room room = this.rooms.get(call.variable("id"));
		List<String> users = new Fields(call.object()).someUserNames("usernames");
		RoomRules.requireBatch(users.size(), MemberEndpoints.MAX_BATCH, this.kind.tooMany);
		users.forEach(this.rooms.users()::requireExisting);
		if (users.stream().noneMatch(room::has)) {
			throw ServiceError.notMembers(400, users);
		}
		requireNotOwner(room, users);
		ArrayNode data = JsonNodeFactory.instance.arrayNode();
		users.forEach((user) -> data.add(add(room, user)));
		return call.ok(data);
	}

	private void requireNotOwner(Room room, List<String> users) {
		if (this.kind == Kind.BLOCK && users.contains(room.owner)) {
			throw ServiceError.forbiddenOwner();
		}
	}

	private ObjectNode add(Room room, String user) {
		if (!room.has(user)) {
			return result(room, user, this.kind.added, false).put("reason", MemberEndpoints.notInGroup(room, user));
		}
		if (!(this.kind == Kind.ALLOW && user.equals(room.owner)) && this.kind.names.apply(room).add(user)) {
			this.rooms.events().members(room.id, this.kind.event, "ADD", List.of(user));
		}
		if (this.kind == Kind.BLOCK) {
			this.rooms.leave(room, user, "BLOCK");
		}
		return result(room, user, this.kind.added, true);
	}

	private Reply remove(Call call) {
		Room room = this.rooms.get(call.variable("id"));
		List<String> users = Names.inPath(call.variable("usernames"));
		RoomRules.requireBatch(users.size(), MemberEndpoints.MAX_BATCH, this.kind.tooManyRemoved);
		Set<String> names = this.kind.names.apply(room);
		if (this.kind == Kind.BLOCK && users.size() == 1 && !names.contains(users.get(0))) {
			this.rooms.users().requireExisting(users.get(0));
			throw ServiceError.forbiddenOperation(400, notListed(users.get(0)));
		}
		ArrayNode data = JsonNodeFactory.instance.arrayNode();
		for (String user : users) {
			boolean there = names.remove(user);
			ObjectNode result = result(room, user, this.kind.removed, there);
			if (there) {
				this.rooms.events().members(room.id, this.kind.event, "REMOVE", List.of(user));
			}
			else {
				result.put("reason", notListed(user));
			}
			data.add(result);
		}
		return call.ok((this.kind == Kind.BLOCK && users.size() == 1) ? data.path(0) : data);
	}

	private String notListed(String user) {
		return "user: " + user + " is not in the " + this.kind.verb + " list";
	}

	private static ObjectNode result(Room room, String user, String action, boolean result) {
		return JsonNodeFactory.instance.objectNode()
			.put("result", result)
			.put("action", action)
			.put("user", user)
			.put("chatroomid", room.id);
	}

	/** Which list. */
	@SuppressWarnings("ImmutableEnumChecker") // Nothing in it changes.
	enum Kind {

		ALLOW("white", "allow", "allowed", "disallow", "WHITE", "add_user_whitelist", "remove_user_whitelist",
				"addWhitelist: list size more than max limit : ", "removeWhitelist: list size more than max limit : ",
				(room) -> room.allowed),

		BLOCK("blocks", "block", "blocked", "unblock", "BLOCK", "add_blocks", "remove_blocks",
				"addBlacklist: list size more than max limit : ", "removeBlacklist: list size more than max limit : ",
				(room) -> room.blocked);

		private final String path;

		private final String verb;

		private final String adjective;

		private final String opposite;

		private final String event;

		private final String added;

		private final String removed;

		private final String tooMany;

		private final String tooManyRemoved;

		private final Function<Room, Set<String>> names;

		Kind(String path, String verb, String adjective, String opposite, String event, String added, String removed,
				String tooMany, String tooManyRemoved, Function<Room, Set<String>> names) {
			this.path = path;
			this.verb = verb;
			this.adjective = adjective;
			this.opposite = opposite;
			this.event = event;
			this.added = added;
			this.removed = removed;
			this.tooMany = tooMany;
			this.tooManyRemoved = tooManyRemoved;
			this.names = names;
		}

	}

}
