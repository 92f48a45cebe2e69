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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.imspring.emulator.Room.Profile;
import io.github.imspring.emulator.http.Reply;
import io.github.imspring.emulator.http.Request;
import io.github.imspring.emulator.http.Router;
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

	private static final int MAX_NAME = 128;

	private static final int MAX_DESCRIPTION = 512;

	private static final int MAX_USERS = 10_000;

	private static final int DEFAULT_USERS = 1000;

	private static final int MAX_PAGE = 1000;

	private static final int DEFAULT_LIST_PAGE = 10;

	private static final int DEFAULT_JOINED = 500;

	private static final int MAX_DETAILS = 100;

	private static final Set<String> CHANGEABLE = Set.of("name", "description", "maxusers");

	private static final String NEW_OWNER = "newowner";

	private final RoomStore rooms;

	private final UserStore users;

	private final int maxCustom;

	RoomEndpoints(RoomStore rooms, UserStore users, int maxCustom) {
		this.rooms = rooms;
		this.users = users;
		this.maxCustom = maxCustom;
	}

	void register(Router<Route> router) {
		router.add("GET", "/chatrooms", Route.of("list-chatrooms", this.rooms.guarded(this::list)));
		router.add("POST", "/chatrooms", Route.of("create-chatroom", this.rooms.guarded(this::create)));
		router.add("GET", "/chatrooms/{ids}", Route.of("get-chatrooms", this.rooms.guarded(this::details)));
		router.add("PUT", "/chatrooms/{id}",
				Route.of(RoomEndpoints::changeOperation, this.rooms.guarded(this::change)));
		router.add("DELETE", "/chatrooms/{id}", Route.of("delete-chatroom", this.rooms.guarded(this::delete)));
		router.add("GET", "/users/{username}/joined_chatrooms",
				Route.of("list-joined-chatrooms", this.rooms.guarded(this::joined)));
	}

	private static String changeOperation(Request request) {
		try {
			return request.json().has(NEW_OWNER) ? "transfer-chatroom" : "update-chatroom";
		}
		catch (JacksonException ex) {
			return "update-chatroom";
		}
	}

	private Reply list(Call call) {
		int limit = Math.min(call.positive("limit", DEFAULT_LIST_PAGE), MAX_PAGE);
		List<Room> page = this.rooms.newestBefore(orderOf(call.request().query("cursor")), limit);
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
			envelope.put("cursor", cursorAfter(page.get(limit - 1)));
		}
		return Reply.json(200, envelope);
	}

	/**
	 * A cursor names the last room that was listed: rooms made since then do not move it.
	 */
	private static String cursorAfter(Room room) {
		byte[] text = Long.toString(room.order).getBytes(StandardCharsets.US_ASCII);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
	}

	private static @Nullable Long orderOf(@Nullable String cursor) {
		if (cursor == null || cursor.isEmpty()) {
			return null;
		}
		try {
			return Long.valueOf(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII));
		}
		catch (IllegalArgumentException ex) {
			throw ServiceError.invalidParameter("cursor is invalid");
		}
	}

	private Reply joined(Call call) {
		String user = call.variable("username");
		if (!this.users.exists(user)) {
			throw UserEndpoints.notFound();
		}
		boolean paged = call.request().query("pagenum") != null || call.request().query("pagesize") != null;
		int size = Math.min(call.positive("pagesize", paged ? MAX_PAGE : DEFAULT_JOINED), MAX_PAGE);
		List<Room> page = this.rooms.joinedBy(user, (call.positive("pagenum", 1) - 1L) * size, size);
		ArrayNode data = JsonNodeFactory.instance.arrayNode();
		for (Room room : page) {
			data.addObject().put("id", room.id).put("name", room.name).put("disabled", "false");
		}
		ObjectNode envelope = call.envelope();
		envelope.set("data", data);
		envelope.put("count", page.size());
		return Reply.json(200, envelope);
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
			throw ServiceError.serviceResourceNotFound("com.easemob.group.exception.ResourceNotFoundException",
					"do not find this group:" + call.variable("ids"));
		}
		ObjectNode envelope = call.envelope();
		envelope.set("data", data);
		envelope.put("count", data.size());
		return Reply.json(200, envelope);
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
		String owner = fields.text("owner");
		if (owner.isEmpty()) {
			throw Fields.mustBeProvided("owner");
		}
		int maxUsers = fields.has("maxusers") ? fields.integer("maxusers") : DEFAULT_USERS;
		String custom = fields.optionalText("custom");
		List<String> members = fields.userNames("members");
		requireName(name);
		requireDescription(description);
		requireMaxUsers(maxUsers);
		if (custom != null && Fields.length(custom) > this.maxCustom) {
			throw ServiceError.exceedLimit("custom cannot exceed to " + this.maxCustom);
		}
		// Not a documented field: ignored, whatever its type, unless it is the id of a
		// room.
		String id = body.path("groupid").asString("");
		if (this.rooms.find(id) != null) {
			throw ServiceError.illegalArgument("group ID " + id + " already exists!");
		}
		Room room = this.rooms.create(null,
				new Profile(name, description, (custom != null) ? custom : "", maxUsers, owner), members);
		return call.ok(JsonNodeFactory.instance.objectNode().put("id", room.id));
	}

	private Reply change(Call call) {
		JsonNode body = call.object();
		return body.has(NEW_OWNER) ? transfer(call, body) : update(call, body);
	}

	private Reply update(Call call, JsonNode body) {
		Room room = this.rooms.get(call.variable("id"));
		requireOnly(CHANGEABLE, body);
		Fields fields = new Fields(body);
		if (body.isEmpty()) {
			throw Fields.mustBeProvided("name");
		}
		String name = body.has("name") ? fields.text("name") : room.name;
		String description = body.has("description") ? fields.text("description") : room.description;
		int maxUsers = body.has("maxusers") ? fields.integer("maxusers") : room.maxUsers;
		requireName(name);
		requireDescription(description);
		requireMaxUsers(maxUsers);
		room.name = name;
		room.description = description;
		room.maxUsers = maxUsers;
		ObjectNode data = JsonNodeFactory.instance.objectNode();
		Map<String, String> answered = Map.of("name", "groupname");
		body.propertyNames().forEach((field) -> data.put(answered.getOrDefault(field, field), true));
		return call.ok(data);
	}

	private Reply transfer(Call call, JsonNode body) {
		Room room = this.rooms.get(call.variable("id"));
		requireOnly(Set.of(NEW_OWNER), body);
		String newOwner = new Fields(body).text(NEW_OWNER);
		if (newOwner.isEmpty()) {
			throw Fields.mustBeProvided(NEW_OWNER);
		}
		this.rooms.requireExisting(newOwner);
		if (newOwner.equals(room.owner)) {
			throw ServiceError.forbiddenOperation("new owner and old owner are the same");
		}
		if (!room.has(newOwner)) {
			throw MemberEndpoints.notMembers(List.of(newOwner));
		}
		room.owner = newOwner;
		room.admins.remove(newOwner);
		return call.ok(JsonNodeFactory.instance.objectNode().put(NEW_OWNER, true));
	}

	private Reply delete(Call call) {
		Room room = this.rooms.get(call.variable("id"));
		this.rooms.delete(room);
		return call.ok(JsonNodeFactory.instance.objectNode().put("success", true).put("id", room.id));
	}

	private static void requireOnly(Set<String> known, JsonNode body) {
		List<String> unknown = new ArrayList<>(body.propertyNames());
		unknown.removeAll(known);
		if (!unknown.isEmpty()) {
			throw ServiceError.invalidParameter("some of [" + String.join(", ", unknown) + "] are not valid fields");
		}
	}

	private static void requireName(String name) {
		if (name.isEmpty()) {
			throw Fields.mustBeProvided("name");
		}
		if (Fields.length(name) > MAX_NAME) {
			throw ServiceError.exceedLimit("title cannot exceed to " + MAX_NAME);
		}
	}

	private static void requireDescription(String description) {
		if (Fields.length(description) > MAX_DESCRIPTION) {
			throw ServiceError.exceedLimit("desc cannot exceed to " + MAX_DESCRIPTION);
		}
	}

	private static void requireMaxUsers(int maxUsers) {
		if (maxUsers < 1) {
			throw ServiceError.invalidParameter("maxusers must be 1 or more");
		}
		if (maxUsers > MAX_USERS) {
			throw ServiceError.exceedLimit("maxUsers cannot exceed " + MAX_USERS);
		}
	}

}
