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

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.imspring.emulator.http.Reply;
import io.github.imspring.emulator.http.Request;
import io.github.imspring.emulator.http.Router;
import io.github.imspring.emulator.room.Room.Profile;
import io.github.imspring.emulator.service.Call;
import io.github.imspring.emulator.service.Cursor;
import io.github.imspring.emulator.service.Fields;
import io.github.imspring.emulator.service.Route;
import io.github.imspring.emulator.service.ServiceError;
import io.github.imspring.emulator.service.ServiceOperation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Groups: listed, looked up, created, changed, handed over and dissolved.
 */
final class GroupEndpoints {

	private static final int MAX_AVATAR = 1024;

	private static final int MAX_CUSTOM = 8 * 1024;

	private static final int DEFAULT_USERS = 200;

	private static final int DEFAULT_LIST_PAGE = 10;

	private static final int MAX_LIST_PAGE = 1000;

	private static final int DEFAULT_JOINED_PAGE = 5;

	private static final int MAX_JOINED_PAGE = 20;

	private static final Set<String> CHANGEABLE = Set.of("groupname", "avatar", "description", "public", "maxusers",
			"allowinvites", "membersonly", "invite_need_confirm", "custom");

	private static final ServiceOperation UPDATE = ServiceOperation.of("update-group");

	private static final ServiceOperation TRANSFER = UPDATE.sharedBy("transfer-group");

	private final RoomStore<Group> groups;

	GroupEndpoints(RoomStore<Group> groups) {
		this.groups = groups;
	}

	void register(Router<Route> router) {
		add(router, "GET", "", ServiceOperation.of("list-groups"), this::list);
		add(router, "POST", "", ServiceOperation.of("create-group"), this::create);
		add(router, "GET", "/user/{username}", ServiceOperation.of("list-joined-groups", 50), this::joined);
		add(router, "GET", "/{ids}", ServiceOperation.of("get-groups"), this::details);
		add(router, "DELETE", "/{id}", ServiceOperation.of("delete-group"), this::delete);
		add(router, "GET", "/{id}/user/{username}/is_joined", ServiceOperation.of("is-group-member"), this::isMember);
		router.add("PUT", "/chatgroups/{id}", Route.of(List.of(UPDATE, TRANSFER), GroupEndpoints::changeOperation,
				this.groups.guarded(this::change)));
	}

	private void add(Router<Route> router, String method, String path, ServiceOperation operation,
			Route.Handler handler) {
		router.add(method, "/chatgroups" + path, Route.of(operation, this.groups.guarded(handler)));
	}

	private static ServiceOperation changeOperation(Request request) {
		return RoomEndpoints.isTransfer(request) ? TRANSFER : UPDATE;
	}

	private Reply list(Call call) {
		int limit = Math.min(call.positive("limit", DEFAULT_LIST_PAGE), MAX_LIST_PAGE);
		List<Group> more = this.groups.newestBefore(Cursor.of(call), limit + 1);
		List<Group> page = more.subList(0, Math.min(limit, more.size()));
		ArrayNode data = JsonNodeFactory.instance.arrayNode();
		for (Group group : page) {
			data.addObject()
				.put("owner", call.app().appKey() + "_" + group.owner)
				.put("groupid", group.id)
				.put("affiliations", group.joined.size())
				.put("type", "group")
				.put("lastModified", Long.toString(group.modified.toEpochMilli()))
				.put("groupname", group.name);
		}
		ObjectNode envelope = call.envelope();
		envelope.set("data", data);
		envelope.put("count", page.size());
		if (more.size() > limit) {
			envelope.put("cursor", Cursor.after(page.get(limit - 1).order));
		}
		return Reply.json(200, envelope);
	}

	/** Pages begin with 0 here, and the groups are the entities. */
	private Reply joined(Call call) {
		String user = call.user("username");
		if (!this.groups.users().exists(user)) {
			throw ServiceError.userNotFound();
		}
		int size = Math.min(call.positive("pagesize", DEFAULT_JOINED_PAGE), MAX_JOINED_PAGE);
		long skip = (long) call.notNegative("pagenum", 0) * size;
		ObjectNode envelope = call.envelope();
		ArrayNode entities = envelope.putArray("entities");
		for (Group group : this.groups.joinedBy(user, skip, size)) {
			ObjectNode entity = entities.addObject();
			entity.put("groupId", group.id);
			describe(group, entity);
		}
		envelope.put("total", this.groups.countJoinedBy(user));
		return Reply.json(200, envelope);
	}

	private Reply details(Call call) {
		List<String> ids = Arrays.stream(call.variable("ids").split(",")).distinct().toList();
		RoomRules.requireBatch(ids.size(), RoomEndpoints.MAX_DETAILS, "the number of group ids cannot exceed ");
		if (ids.stream().allMatch((id) -> this.groups.find(id) == null)) {
			throw ServiceError.resourceNotFound("grpID " + call.variable("ids") + " does not exist!");
		}
		ArrayNode data = JsonNodeFactory.instance.arrayNode();
		for (String id : ids) {
			Group group = this.groups.find(id);
			if (group == null) {
				data.addObject().put("id", id).put("error", "group id doesn't exist");
				continue;
			}
			ObjectNode item = describe(group, data.addObject());
			item.put("custom", group.custom);
			item.put("mute", group.muted);
			item.put("affiliations_count", group.joined.size());
			ArrayNode affiliations = item.putArray("affiliations");
			for (String user : group.everyone()) {
				affiliations.addObject().put(user.equals(group.owner) ? "owner" : "member", user);
			}
		}
		return call.counted(data);
	}

	private static ObjectNode describe(Group group, ObjectNode item) {
		return item.put("id", group.id)
			.put("name", group.name)
			.put("avatar", group.avatar)
			.put("description", group.description)
			.put("membersonly", group.membersOnly)
			.put("allowinvites", group.allowInvites)
			.put("invite_need_confirm", group.inviteNeedConfirm)
			.put("maxusers", group.maxUsers)
			.put("owner", group.owner)
			.put("created", group.created.toEpochMilli())
			.put("disabled", false)
			.put("public", group.open);
	}

	private Reply create(Call call) {
		JsonNode body = call.object();
		Fields fields = new Fields(body);
		if (!fields.has("public")) {
			throw ServiceError.invalidParameter("group must contain public field!");
		}
		String owner = fields.userName("owner");
		List<String> members = fields.userNames("members");
		String ownId = body.path("groupid").asString("");
		if (this.groups.find(ownId) != null) {
			throw ServiceError.illegalArgument("group ID " + ownId + " already exists!");
		}
		Changes changes = Changes.read(fields, DEFAULT_USERS);
		Group group = this.groups.create(null, new Profile("", "", "", changes.maxUsers, owner), members, call.now());
		changes.applyTo(group);
		if (group.open) {
			// Ignored at the creation of a public group.
			group.allowInvites = false;
		}
		this.groups.announce(group);
		return call.ok(JsonNodeFactory.instance.objectNode().put("groupid", group.id));
	}

	private Reply change(Call call) {
		JsonNode body = call.object();
		Group group = this.groups.get(call.variable("id"));
		group.modified = call.now();
		return body.has(RoomEndpoints.NEW_OWNER) ? transfer(call, group, body) : update(call, group, body);
	}

	private Reply update(Call call, Group group, JsonNode body) {
		RoomRules.requireOnly(CHANGEABLE, body);
		if (body.isEmpty()) {
			throw Fields.mustBeProvided("groupname");
		}
		Changes.read(new Fields(body), group.maxUsers).applyTo(group);
		this.groups.announceChange(group);
		ObjectNode data = JsonNodeFactory.instance.objectNode();
		new LinkedHashSet<>(body.propertyNames()).forEach((field) -> data.put(field, true));
		return call.ok(data);
	}

	private Reply transfer(Call call, Group group, JsonNode body) {
		RoomRules.requireOnly(Set.of(RoomEndpoints.NEW_OWNER), body);
		String newOwner = new Fields(body).userName(RoomEndpoints.NEW_OWNER);
		this.groups.users().requireExisting(newOwner);
		if (!group.has(newOwner)) {
			throw ServiceError.notMembers(403, List.of(newOwner));
		}
		RoomEndpoints.transfer(this.groups, group, newOwner);
		return call.ok(JsonNodeFactory.instance.objectNode().put(RoomEndpoints.NEW_OWNER, true));
	}

	private Reply delete(Call call) {
		Group group = this.groups.get(call.variable("id"));
		this.groups.delete(group);
		return call.ok(JsonNodeFactory.instance.objectNode().put("success", true).put("groupid", group.id));
	}

	private Reply isMember(Call call) {
		return call.ok(BooleanNode.valueOf(this.groups.get(call.variable("id")).has(call.user("username"))));
	}

	/** What a request says of a group, read and checked before anything is changed. */
	private record Changes(Fields fields, String name, String avatar, String description, String custom, int maxUsers) {

		static Changes read(Fields fields, int maxUsers) {
			Changes changes = new Changes(fields, text(fields, "groupname"), text(fields, "avatar"),
					text(fields, "description"), text(fields, "custom"),
					fields.has("maxusers") ? fields.integer("maxusers") : maxUsers);
			RoomRules.requireName(changes.name);
			RoomRules.requireDescription(changes.description);
			RoomRules.requireCustom(changes.custom, MAX_CUSTOM);
			RoomRules.requireMaxUsers(changes.maxUsers);
			if (Fields.length(changes.avatar) > MAX_AVATAR) {
				throw ServiceError.invalidParameter("avatar length is too big");
			}
			for (String flag : new String[] { "public", "allowinvites", "membersonly", "invite_need_confirm" }) {
				fields.flag(flag, false);
			}
			return changes;
		}

		private static String text(Fields fields, String name) {
			String text = fields.optionalText(name);
			return (text != null) ? text : "";
		}

		void applyTo(Group group) {
			group.name = this.fields.has("groupname") ? this.name : group.name;
			group.avatar = this.fields.has("avatar") ? this.avatar : group.avatar;
			group.description = this.fields.has("description") ? this.description : group.description;
			group.custom = this.fields.has("custom") ? this.custom : group.custom;
			group.maxUsers = this.maxUsers;
			group.open = this.fields.flag("public", group.open);
			group.allowInvites = this.fields.flag("allowinvites", group.allowInvites);
			group.membersOnly = this.fields.flag("membersonly", group.membersOnly);
			group.inviteNeedConfirm = this.fields.flag("invite_need_confirm", group.inviteNeedConfirm);
		}

	}

}
