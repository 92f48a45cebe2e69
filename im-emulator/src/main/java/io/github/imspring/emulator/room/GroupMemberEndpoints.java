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
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.imspring.emulator.http.Reply;
import io.github.imspring.emulator.http.Router;
import io.github.imspring.emulator.room.Room.Join;
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
 * Who is in a group: listed, added and removed. Stricter than chatrooms: whoever is there
 * already cannot be added.
 */
final class GroupMemberEndpoints {

	private static final int MAX_PAGE = 1000;

	private static final ServiceOperation ADD = ServiceOperation.of("add-group-members");

	private final RoomStore<Group> groups;

	GroupMemberEndpoints(RoomStore<Group> groups) {
		this.groups = groups;
	}

	void register(Router<Route> router) {
		String members = "/chatgroups/{id}/users";
		router.add("GET", members, Route.of("list-group-members", this.groups.guarded(this::list)));
		router.add("POST", members, Route.of(ADD, this.groups.guarded(this::addMany)));
		router.add("POST", members + "/{username}", Route.of(ADD, this.groups.guarded(this::addOne)));
		router.add("DELETE", members + "/{usernames}",
				Route.of("remove-group-members", this.groups.guarded(this::remove)));
	}

	private Reply list(Call call) {
		Group group = this.groups.find(call.variable("id"));
		if (group == null) {
			throw ServiceError.noSuchGroup(call.variable("id"));
		}
		int size = Math.min(call.positive("pagesize", MAX_PAGE), MAX_PAGE);
		boolean withTime = "true".equalsIgnoreCase(call.request().query("joined_time"));
		List<Map.Entry<String, Join>> everyone = new ArrayList<>(group.joined.entrySet());
		ArrayNode data = JsonNodeFactory.instance.arrayNode();
		everyone.stream().skip((call.positive("pagenum", 1) - 1L) * size).limit(size).forEach((entry) -> {
			ObjectNode item = data.addObject().put(roleOf(group, entry.getKey()), entry.getKey());
			if (withTime) {
				item.put("joined_time", entry.getValue().since().toEpochMilli());
			}
		});
		return call.counted(data);
	}

	private static String roleOf(Group group, String user) {
		if (user.equals(group.owner)) {
			return "owner";
		}
		return group.admins.contains(user) ? "admin" : "member";
	}

	private Reply addOne(Call call) {
		Group group = this.groups.get(call.variable("id"));
		String user = call.user("username");
		requireSomebodyNew(group, List.of(user));
		this.groups.join(group, List.of(user), call.now());
		return call.ok(result(group, "add_member").put("result", true).put("user", user));
	}

	private Reply addMany(Call call) {
		Group group = this.groups.get(call.variable("id"));
		List<String> users = new Fields(call.object()).someUserNames("usernames");
		RoomRules.requireBatch(users.size(), MemberEndpoints.MAX_BATCH,
				"addMembers: addMembers number more than maxSize : ");
		requireSomebodyNew(group, users);
		Set<String> newcomers = this.groups.join(group, users, call.now());
		ObjectNode data = result(group, "add_member");
		newcomers.forEach(data.putArray("newmembers")::add);
		return call.ok(data);
	}

	private void requireSomebodyNew(Group group, List<String> users) {
		users.forEach(this.groups.users()::requireExisting);
		if (users.stream().allMatch(group::has)) {
			// The line break is the service's.
			throw RoomStore.cannotJoin("user: " + String.join(", ", users) + " already in group: " + group.id + "\n");
		}
	}

	private Reply remove(Call call) {
		Group group = this.groups.get(call.variable("id"));
		List<String> users = Names.inPath(call.variable("usernames"));
		RoomRules.requireBatch(users.size(), MemberEndpoints.MAX_BATCH,
				"kickMember: kickMembers number more than maxSize : ");
		if (users.contains(group.owner)) {
			throw ServiceError.forbiddenOwner();
		}
		if (users.stream().noneMatch(group::has)) {
			users.forEach(this.groups.users()::requireExisting);
			throw ServiceError.notMembers(403, users);
		}
		ArrayNode results = JsonNodeFactory.instance.arrayNode();
		for (String user : users) {
			ObjectNode result = result(group, "remove_member").put("result", group.has(user)).put("user", user);
			if (!group.has(user)) {
				result.put("reason", MemberEndpoints.notInGroup(group, user));
			}
			this.groups.leave(group, user, "KICK");
			results.add(result);
		}
		return call.ok((users.size() == 1) ? results.path(0) : results);
	}

	private static ObjectNode result(Group group, String action) {
		return JsonNodeFactory.instance.objectNode().put("action", action).put("groupid", group.id);
	}

}
