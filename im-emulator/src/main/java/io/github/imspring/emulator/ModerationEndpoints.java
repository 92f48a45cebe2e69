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

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.imspring.emulator.http.Reply;
import io.github.imspring.emulator.http.Router;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who looks after chatrooms, and who may not speak in them.
 */
final class ModerationEndpoints {

	private static final int MAX_BATCH = 60;

	private static final int MAX_SUPER_ADMINS = 10_000;

	/** For good, as far as anybody counts. */
	private static final Duration FOREVER = Duration.ofDays(365_000);

	private final RoomStore rooms;

	private final EmulatorClock clock;

	ModerationEndpoints(RoomStore rooms, EmulatorClock clock) {
		this.rooms = rooms;
		this.clock = clock;
	}

	/** To be registered before the rooms, whose ids would match "super_admin". */
	void register(Router<Route> router) {
		add(router, "GET", "/chatrooms/super_admin", "list-super-admins", this::superAdmins);
		add(router, "POST", "/chatrooms/super_admin", "add-super-admin", this::addSuperAdmin);
		add(router, "DELETE", "/chatrooms/super_admin/{username}", "remove-super-admin", this::removeSuperAdmin);
		add(router, "GET", "/chatrooms/{id}/admin", "list-admins", this::admins);
		add(router, "POST", "/chatrooms/{id}/admin", "add-admin", this::addAdmin);
		add(router, "DELETE", "/chatrooms/{id}/admin/{username}", "remove-admin", this::removeAdmin);
		add(router, "GET", "/chatrooms/{id}/mute", "list-mutes", this::mutes);
		add(router, "POST", "/chatrooms/{id}/mute", "mute-members", this::mute);
		add(router, "DELETE", "/chatrooms/{id}/mute/{usernames}", "unmute-members", this::unmute);
		add(router, "POST", "/chatrooms/{id}/ban", "mute-all", (call) -> muteAll(call, true));
		add(router, "DELETE", "/chatrooms/{id}/ban", "unmute-all", (call) -> muteAll(call, false));
	}

	private void add(Router<Route> router, String method, String path, String operation, Route.Handler handler) {
		router.add(method, path, Route.of(operation, this.rooms.guarded(handler)));
	}

	private Reply superAdmins(Call call) {
		ArrayNode data = JsonNodeFactory.instance.arrayNode();
		int size = call.positive("pagesize", 10);
		this.rooms.superAdmins()
			.stream()
			.skip((call.positive("pagenum", 1) - 1L) * size)
			.limit(size)
			.forEach(data::add);
		return counted(call, data);
	}

	private Reply addSuperAdmin(Call call) {
		String user = new Fields(call.object()).text("superadmin");
		this.rooms.requireExisting(user);
		if (this.rooms.superAdmins().size() >= MAX_SUPER_ADMINS) {
			throw ServiceError.exceedLimit("the number of super admins has reached " + MAX_SUPER_ADMINS);
		}
		this.rooms.superAdmins().add(user);
		return call.ok(JsonNodeFactory.instance.objectNode().put("result", "success").put("resource", ""));
	}

	private Reply removeSuperAdmin(Call call) {
		String user = call.variable("username");
		this.rooms.requireExisting(user);
		this.rooms.superAdmins().remove(user);
		return call.ok(JsonNodeFactory.instance.objectNode().put("newSuperAdmin", user).put("resource", ""));
	}

	private Reply admins(Call call) {
		ArrayNode data = JsonNodeFactory.instance.arrayNode();
		this.rooms.get(call.variable("id")).admins.forEach(data::add);
		return counted(call, data);
	}

	private Reply addAdmin(Call call) {
		Room room = this.rooms.get(call.variable("id"));
		String user = new Fields(call.object()).text("newadmin");
		this.rooms.requireExisting(user);
		if (!room.has(user)) {
			throw MemberEndpoints.notMembers(List.of(user));
		}
		room.admins.add(user);
		return call.ok(JsonNodeFactory.instance.objectNode().put("result", "success").put("newadmin", user));
	}

	private Reply removeAdmin(Call call) {
		Room room = this.rooms.get(call.variable("id"));
		String user = call.variable("username");
		this.rooms.requireExisting(user);
		room.admins.remove(user);
		return call.ok(JsonNodeFactory.instance.objectNode().put("result", "success").put("oldadmin", user));
	}

	private Reply mutes(Call call) {
		Room room = this.rooms.get(call.variable("id"));
		Instant now = this.clock.instant();
		room.mutedUntil.values().removeIf((until) -> !until.isAfter(now));
		ArrayNode data = JsonNodeFactory.instance.arrayNode();
		room.mutedUntil
			.forEach((user, until) -> data.addObject().put("expire", until.toEpochMilli()).put("user", user));
		return call.ok(data);
	}

	private Reply mute(Call call) {
		Room room = this.rooms.get(call.variable("id"));
		Fields fields = new Fields(call.object());
		List<String> users = fields.userNames("usernames");
		if (users.isEmpty()) {
			throw Fields.mustBeProvided("usernames");
		}
		if (users.size() > MAX_BATCH) {
			throw ServiceError.invalidParameter("userNames size is more than max limit : " + MAX_BATCH);
		}
		List<String> strangers = users.stream().filter((user) -> !room.has(user)).toList();
		if (!strangers.isEmpty()) {
			throw MemberEndpoints.notMembers(strangers);
		}
		long millis = fields.wholeNumber("mute_duration");
		Instant until = this.clock.instant()
			.plus((millis < 0 || millis > FOREVER.toMillis()) ? FOREVER : Duration.ofMillis(millis));
		ArrayNode data = JsonNodeFactory.instance.arrayNode();
		for (String user : users) {
			room.mutedUntil.put(user, until);
			data.addObject().put("result", true).put("expire", until.toEpochMilli()).put("user", user);
		}
		return call.ok(data);
	}

	private Reply unmute(Call call) {
		Room room = this.rooms.get(call.variable("id"));
		List<String> users = MemberEndpoints.names(call.variable("usernames"));
		if (users.size() > MAX_BATCH) {
			throw ServiceError.invalidParameter("removeMute member size more than max limit : " + MAX_BATCH);
		}
		ArrayNode data = JsonNodeFactory.instance.arrayNode();
		for (String user : users) {
			room.mutedUntil.remove(user);
			data.addObject().put("result", true).put("user", user);
		}
		return call.ok(data);
	}

	private Reply muteAll(Call call, boolean muted) {
		Room room = this.rooms.get(call.variable("id"));
		room.muted = muted;
		return call.ok(JsonNodeFactory.instance.objectNode().put("mute", muted));
	}

	private static Reply counted(Call call, ArrayNode data) {
		ObjectNode envelope = call.envelope();
		envelope.set("data", data);
		envelope.put("count", data.size());
		return Reply.json(200, envelope);
	}

}
