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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

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
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Chatrooms: listed, looked up, created, changed, handed over and dissolved.
 */
final class RoomEndpoints {

	static final String NEW_OWNER = "newowner";

	static final int MAX_DETAILS = 100;

	private static final int DEFAULT_USERS = 1000;

	private static final int MAX_PAGE = 1000;

	private static final int DEFAULT_LIST_PAGE = 10;

	private static final int DEFAULT_JOINED = 500;

	private static final Pattern OWN_ID = Pattern.compile("[a-z0-9]{1,64}");

	private static final Set<String> CHANGEABLE = Set.of("name", "description", "maxusers", "custom");

	private static final ServiceOperation UPDATE = ServiceOperation.of("update-chatroom");

	private static final ServiceOperation TRANSFER = UPDATE.sharedBy("transfer-chatroom");

	private final RoomStore<Room> rooms;

	private final int maxCustom;

	RoomEndpoints(RoomStore<Room> rooms, int maxCustom) {
		this.rooms = rooms;
		this.maxCustom = maxCustom;
	}

	void register(Router<Route> router) {
		router.add("GET", "/chatrooms",
				Route.of(ServiceOperation.of("list-chatrooms", 50), this.rooms.guarded(this::list)));
		router.add("POST", "/chatrooms",
				Route.of(ServiceOperation.of("create-chatroom", 50), this.rooms.guarded(this::create)));
		router.add("GET", "/chatrooms/{ids}", Route.of("get-chatrooms", this.rooms.guarded(this::details)));
		router.add("PUT", "/chatrooms/{id}",
				Route.of(List.of(UPDATE, TRANSFER), RoomEndpoints::changeOperation, this.rooms.guarded(this::change)));
		router.add("DELETE", "/chatrooms/{id}", Route.of("delete-chatroom", this.rooms.guarded(this::delete)));
		router.add("GET", "/users/{username}/joined_chatrooms",
				Route.of(ServiceOperation.of("list-joined-chatrooms", 50), this.rooms.guarded(this::joined)));
	}

	private static ServiceOperation changeOperation(Request request) {
		return isTransfer(request) ? TRANSFER : UPDATE;
	}

	static boolean isTransfer(Request request) {
		try {
			return request.json().has(NEW_OWNER);
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	private Reply list(Call call) {
		int limit = Math.min(call.positive("limit", DEFAULT_LIST_PAGE), MAX_PAGE);
		List<Room> page = this.rooms.newestBefore(Cursor.of(call), limit);
		ArrayNode data = JsonNodeFactory.instance.arrayNode();
		for (Room room : page) {
			ObjectNode item = data.addObject();
			item.put("id", room.id);
			item.put("name", room.name);
			item.put("owner", room.owner);
			item.put("affiliations_count", room.joined.size());
			item.put("disabled", false);
		}
		ObjectNode envelope = call.envelope();
		envelope.set("data", data);
		envelope.put("count", page.size());
		if (page.size() == limit) {
			envelope.put("cursor", Cursor.after(page.get(limit - 1).order));
		}
		return Reply.json(200, envelope);
	}

	private Reply joined(Call call) {
		String user = call.user("username");
		if (!this.rooms.users().exists(user)) {
			throw ServiceError.userNotFound();
		}
		boolean paged = call.request().query("pagenum") != null || call.request().query("pagesize") != null;
		int size = Math.min(call.positive("pagesize", paged ? MAX_PAGE : DEFAULT_JOINED), MAX_PAGE);
		List<Room> page = this.rooms.joinedBy(user, (call.positive("pagenum", 1) - 1L) * size, size);
		ArrayNode data = JsonNodeFactory.instance.arrayNode();
		for (Room room : page) {
			data.addObject().put("id", room.id).put("name", room.name).put("disabled", "false");
		}
		return call.counted(data);
	}

	private Reply details(Call call) {
		List<String> ids = Arrays.stream(call.variable("ids").split(",")).distinct().toList();
		if (ids.size() > MAX_DETAILS) {
			throw ServiceError.invalidParameter("the number of chatroom ids cannot exceed " + MAX_DETAILS);
		}
		ArrayNode data = JsonNodeFactory.instance.arrayNode();
		for (String id : ids) {
			Room room = this.rooms.find(id);
			if (room != null) {
				describe(room, data.addObject());
			}
		}
		if (data.isEmpty()) {
			throw ServiceError.noSuchGroup(call.variable("ids"));
		}
		return call.counted(data);
	}

	private static void describe(Room room, ObjectNode item) {
		item.put("id", room.id);
		item.put("name", room.name);
		item.put("description", room.description);
		item.put("membersonly", false);
		item.put("allowinvites", false);
		item.put("invite_need_confirm", true);
		item.put("maxusers", room.maxUsers);
		item.put("owner", room.owner);
		item.put("created", room.created.toEpochMilli());
		item.put("custom", room.custom);
		item.put("mute", room.muted);
		item.put("affiliations_count", room.joined.size());
		ArrayNode affiliations = item.putArray("affiliations");
		for (String user : room.joined.keySet()) {
			if (!user.equals(room.owner)) {
				affiliations.addObject().put("member", user);
			}
		}
		affiliations.addObject().put("owner", room.owner);
		item.put("disabled", false);
		item.put("public", true);
	}

	private Reply create(Call call) {
		JsonNode body = call.object();
		Fields fields = new Fields(body);
		String name = fields.text("name");
		String description = fields.text("description");
		String owner = fields.userName("owner");
		int maxUsers = fields.has("maxusers") ? fields.integer("maxusers") : DEFAULT_USERS;
		String custom = fields.optionalText("custom");
		List<String> members = fields.userNames("members");
		requireName(name);
		RoomRules.requireDescription(description);
		RoomRules.requireMaxUsers(maxUsers);
		RoomRules.requireCustom((custom != null) ? custom : "", this.maxCustom);
		// Not a documented field: ignored, whatever its type, unless it is the id of a
		// room.
		requireFree(body.path("groupid").asString(""));
		String ownId = ownId(fields);
		Room room = this.rooms.create(ownId,
				new Profile(name, description, (custom != null) ? custom : "", maxUsers, owner), members, call.now());
		this.rooms.announce(room);
		return call.ok(JsonNodeFactory.instance.objectNode().put("id", room.id));
	}

	private @Nullable String ownId(Fields fields) {
		String id = fields.optionalText("roomid");
		if (id != null && !OWN_ID.matcher(id).matches()) {
			throw ServiceError.invalidParameter("roomid must be 1 to 64 lower-case letters or digits");
		}
		if (id != null) {
			requireFree(id);
		}
		return id;
	}

	private void requireFree(String id) {
		if (this.rooms.find(id) != null) {
			throw ServiceError.illegalArgument("group ID " + id + " already exists!");
		}
	}

	private Reply change(Call call) {
		JsonNode body = call.object();
		return body.has(NEW_OWNER) ? transfer(call, body) : update(call, body);
	}

	private Reply update(Call call, JsonNode body) {
		Room room = this.rooms.get(call.variable("id"));
		RoomRules.requireOnly(CHANGEABLE, body);
		Fields fields = new Fields(body);
		if (body.isEmpty()) {
			throw Fields.mustBeProvided("name");
		}
		String name = body.has("name") ? fields.text("name") : room.name;
		String description = body.has("description") ? fields.text("description") : room.description;
		int maxUsers = body.has("maxusers") ? fields.integer("maxusers") : room.maxUsers;
		String custom = body.has("custom") ? fields.text("custom") : room.custom;
		requireName(name);
		RoomRules.requireDescription(description);
		RoomRules.requireMaxUsers(maxUsers);
		RoomRules.requireCustom(custom, this.maxCustom);
		room.name = name;
		room.description = description;
		room.maxUsers = maxUsers;
		room.custom = custom;
		room.modified = call.now();
		this.rooms.announceChange(room);
		ObjectNode data = JsonNodeFactory.instance.objectNode();
		Map<String, String> answered = Map.of("name", "groupname");
		body.propertyNames().forEach((field) -> data.put(answered.getOrDefault(field, field), true));
		return call.ok(data);
	}

	private Reply transfer(Call call, JsonNode body) {
		Room room = this.rooms.get(call.variable("id"));
		RoomRules.requireOnly(Set.of(NEW_OWNER), body);
		String newOwner = new Fields(body).userName(NEW_OWNER);
		this.rooms.users().requireExisting(newOwner);
		if (!newOwner.equals(room.owner) && !room.has(newOwner)) {
			throw ServiceError.notMembers(400, List.of(newOwner));
		}
		transfer(this.rooms, room, newOwner);
		return call.ok(JsonNodeFactory.instance.objectNode().put(NEW_OWNER, true));
	}

	private Reply delete(Call call) {
		Room room = this.rooms.get(call.variable("id"));
		this.rooms.delete(room);
		return call.ok(JsonNodeFactory.instance.objectNode().put("success", true).put("id", room.id));
	}

	/** Hands a room, or a group, over to one of its members. */
	static <R extends Room> void transfer(RoomStore<R> rooms, R room, String newOwner) {
		String owner = room.owner;
		if (newOwner.equals(owner)) {
			throw ServiceError.forbiddenOperation("new owner and old owner are the same");
		}
		room.owner = newOwner;
		room.admins.remove(newOwner);
		room.allowed.remove(newOwner);
		rooms.events()
			.publish(room.id, "UPDATE", "OWNER", (payload) -> payload.put("owner", owner).put("new_owner", newOwner));
	}

	private static void requireName(String name) {
		if (name.isEmpty()) {
			throw Fields.mustBeProvided("name");
		}
		RoomRules.requireName(name);
	}

}
