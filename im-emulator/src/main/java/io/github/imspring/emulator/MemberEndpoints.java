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
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import io.github.imspring.emulator.http.Reply;
import io.github.imspring.emulator.http.Router;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who is in a chatroom: listed, added and removed.
 */
final class MemberEndpoints {

	private static final int MAX_BATCH = 60;

	private static final int MAX_REMOVALS = 100;

	private static final int MAX_PAGE = 1000;

	private final RoomStore rooms;

	MemberEndpoints(RoomStore rooms) {
		this.rooms = rooms;
	}

	void register(Router<Route> router) {
		String members = "/chatrooms/{id}/users";
		router.add("GET", members, Route.of("list-members", this.rooms.guarded(this::list)));
		router.add("POST", members, Route.of("add-members", this.rooms.guarded(this::addMany)));
		router.add("POST", members + "/{username}", Route.of("add-member", this.rooms.guarded(this::addOne)));
		router.add("DELETE", members + "/{usernames}", Route.of("remove-members", this.rooms.guarded(this::remove)));
	}

	static ServiceError notMembers(Collection<String> users) {
		return ServiceError.of(400, "forbidden_op", "com.easemob.group.exception.ForbiddenOpException",
				"users [" + String.join(", ", users) + "] are not members of this group!");
	}

	private Reply list(Call call) {
		String id = call.variable("id");
		Room room = this.rooms.find(id);
		if (room == null) {
			throw ServiceError.serviceResourceNotFound("com.easemob.group.exception.ResourceNotFoundException",
					"do not find this group:" + id);
		}
		int size = Math.min(call.positive("pagesize", MAX_PAGE), MAX_PAGE);
		List<String> everyone = new ArrayList<>(room.joined.keySet());
		everyone.remove(room.owner);
		everyone.add(0, room.owner);
		ArrayNode data = JsonNodeFactory.instance.arrayNode();
		everyone.stream()
			.skip((call.positive("pagenum", 1) - 1L) * size)
			.limit(size)
			.forEach((user) -> data.addObject().put(user.equals(room.owner) ? "owner" : "member", user));
		ObjectNode envelope = call.envelope();
		envelope.set("data", data);
		envelope.put("count", data.size());
		return Reply.json(200, envelope);
	}

	private Reply addOne(Call call) {
		Room room = this.rooms.get(call.variable("id"));
		String user = call.variable("username");
		this.rooms.join(room, List.of(user));
		return call.ok(result(room, "add_member").put("result", true).put("user", user));
	}

	private Reply addMany(Call call) {
		Room room = this.rooms.get(call.variable("id"));
		List<String> users = new Fields(call.object()).userNames("usernames");
		if (users.isEmpty()) {
			throw Fields.mustBeProvided("usernames");
		}
		if (users.size() > MAX_BATCH) {
			throw ServiceError.invalidParameter("addMembers: addMembers number more than maxSize : " + MAX_BATCH);
		}
		this.rooms.join(room, users);
		ObjectNode data = result(room, "add_member");
		users.forEach(data.putArray("newmembers")::add);
		return call.ok(data);
	}

	private Reply remove(Call call) {
		Room room = this.rooms.get(call.variable("id"));
		List<String> users = names(call.variable("usernames"));
		if (users.size() > MAX_REMOVALS) {
			throw ServiceError.invalidParameter("kickMember: kickMembers number more than maxSize : " + MAX_REMOVALS);
		}
		if (users.stream().noneMatch(room::has)) {
			users.forEach(this.rooms::requireExisting);
			throw notMembers(users);
		}
		if (users.contains(room.owner)) {
			throw ServiceError.forbiddenOperation("the owner can not be removed");
		}
		ArrayNode results = JsonNodeFactory.instance.arrayNode();
		for (String user : users) {
			ObjectNode result = result(room, "remove_member").put("result", room.has(user)).put("user", user);
			if (!room.has(user)) {
				result.put("reason", "user: " + user + " doesn't exist in group: " + room.id);
			}
			this.rooms.leave(room, user);
			results.add(result);
		}
		return call.ok((users.size() == 1) ? results.path(0) : results);
	}

	/** Names in a path, with commas between them. */
	static List<String> names(String segment) {
		return Arrays.stream(segment.split(",")).filter((name) -> !name.isEmpty()).distinct().toList();
	}

	private static ObjectNode result(Room room, String action) {
		return JsonNodeFactory.instance.objectNode().put("action", action).put("id", room.id);
	}

}
