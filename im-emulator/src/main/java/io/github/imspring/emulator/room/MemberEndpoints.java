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

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import io.github.imspring.emulator.http.Reply;
import io.github.imspring.emulator.http.Router;
import io.github.imspring.emulator.room.Room.Join;
import io.github.imspring.emulator.service.Call;
import io.github.imspring.emulator.service.Cursor;
import io.github.imspring.emulator.service.Fields;
import io.github.imspring.emulator.service.Names;
import io.github.imspring.emulator.service.Route;
import io.github.imspring.emulator.service.ServiceError;
import io.github.imspring.emulator.service.ServiceOperation;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who is in a chatroom: listed, added and removed.
 */
final class MemberEndpoints {

	static final int MAX_BATCH = 60;

	private static final int MAX_PAGE = 1000;

	private static final ServiceOperation ADD = ServiceOperation.of("add-chatroom-members");

	private final RoomStore<Room> rooms;

	MemberEndpoints(RoomStore<Room> rooms) {
		this.rooms = rooms;
	}

	void register(Router<Route> router) {
		String members = "/chatrooms/{id}/users";
		router.add("GET", members, Route.of("list-chatroom-members", this.rooms.guarded(this::list)));
		router.add("POST", members, Route.of(ADD, this.rooms.guarded(this::addMany)));
		router.add("POST", members + "/{username}", Route.of(ADD, this.rooms.guarded(this::addOne)));
		router.add("DELETE", members + "/{usernames}",
				Route.of("remove-chatroom-members", this.rooms.guarded(this::remove)));
	}

	private Reply list(Call call) {
		Room room = this.rooms.find(call.variable("id"));
		if (room == null) {
			throw ServiceError.noSuchGroup(call.variable("id"));
		}
		return "v3".equals(call.request().query("version")) ? listByCursor(call, room) : listByPage(call, room);
	}

	private static Reply listByPage(Call call, Room room) {
		int size = Math.min(call.positive("pagesize", MAX_PAGE), MAX_PAGE);
		List<String> everyone = new ArrayList<>(room.everyone());
		everyone.remove(room.owner);
		everyone.add(0, room.owner);
		ArrayNode data = JsonNodeFactory.instance.arrayNode();
		everyone.stream()
			.skip((call.positive("pagenum", 1) - 1L) * size)
			.limit(size)
			.forEach((user) -> data.addObject().put(user.equals(room.owner) ? "owner" : "member", user));
		return call.counted(data);
	}

	/** Names alone, without the owner, by when they came. */
	private static Reply listByCursor(Call call, Room room) {
		int limit = Math.min(call.positive("limit", MAX_PAGE), MAX_PAGE);
		Long after = Cursor.of(call);
		boolean ascending = !"desc".equalsIgnoreCase(call.request().query("sort"));
		Comparator<Map.Entry<String, Join>> byOrder = Comparator.comparing((entry) -> entry.getValue().order());
		List<Map.Entry<String, Join>> more = room.joined.entrySet()
			.stream()
			.filter((entry) -> !entry.getKey().equals(room.owner))
			.filter((entry) -> after == null
					|| (ascending ? entry.getValue().order() > after : entry.getValue().order() < after))
			.sorted(ascending ? byOrder : byOrder.reversed())
			.limit(limit + 1L)
			.toList();
		ArrayNode data = JsonNodeFactory.instance.arrayNode();
		more.stream().limit(limit).forEach((entry) -> data.add(entry.getKey()));
		ObjectNode envelope = call.envelope();
		envelope.set("data", data);
		envelope.put("count", data.size());
		if (more.size() > limit) {
			envelope.put("cursor", Cursor.after(more.get(limit - 1).getValue().order()));
		}
		return Reply.json(200, envelope);
	}

	private Reply addOne(Call call) {
		Room room = this.rooms.get(call.variable("id"));
		String user = call.user("username");
		this.rooms.join(room, List.of(user), call.now());
		return call.ok(result(room, "add_member").put("result", true).put("user", user));
	}

	private Reply addMany(Call call) {
		Room room = this.rooms.get(call.variable("id"));
		List<String> users = new Fields(call.object()).someUserNames("usernames");
		RoomRules.requireBatch(users.size(), MAX_BATCH, "addMembers: addMembers number more than maxSize : ");
		this.rooms.join(room, users, call.now());
		ObjectNode data = result(room, "add_member");
		users.forEach(data.putArray("newmembers")::add);
		return call.ok(data);
	}

	private Reply remove(Call call) {
		Room room = this.rooms.get(call.variable("id"));
		List<String> users = Names.inPath(call.variable("usernames"));
		RoomRules.requireBatch(users.size(), MAX_BATCH, "kickMember: kickMembers number more than maxSize : ");
		if (users.stream().noneMatch(room::has)) {
			users.forEach(this.rooms.users()::requireExisting);
			throw ServiceError.notMembers(400, users);
		}
		if (users.contains(room.owner)) {
			throw ServiceError.forbiddenOwner();
		}
		ArrayNode results = JsonNodeFactory.instance.arrayNode();
		for (String user : users) {
			ObjectNode result = result(room, "remove_member").put("result", room.has(user)).put("user", user);
			if (!room.has(user)) {
				result.put("reason", notInGroup(room, user));
			}
			this.rooms.leave(room, user, "KICK");
			results.add(result);
		}
		return call.ok((users.size() == 1) ? results.path(0) : results);
	}

	static String notInGroup(Room room, String user) {
		return "user: " + user + " doesn't exist in group: " + room.id;
	}

	private static ObjectNode result(Room room, String action) {
		return JsonNodeFactory.instance.objectNode().put("action", action).put("id", room.id);
	}

}
