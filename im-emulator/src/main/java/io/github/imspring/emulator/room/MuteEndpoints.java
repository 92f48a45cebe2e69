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

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.imspring.emulator.http.Reply;
import io.github.imspring.emulator.http.Router;
import io.github.imspring.emulator.service.Call;
import io.github.imspring.emulator.service.Fields;
import io.github.imspring.emulator.service.Names;
import io.github.imspring.emulator.service.Route;
import io.github.imspring.emulator.service.ServiceError;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who may not speak in a chatroom: some, or all. A mute outlasts that its user leaves.
 */
final class MuteEndpoints {

	/** For good, as far as anybody counts. */
	private static final Duration FOREVER = Duration.ofDays(365_000);

	private final RoomStore<Room> rooms;

	MuteEndpoints(RoomStore<Room> rooms) {
		this.rooms = rooms;
	}

	void register(Router<Route> router) {
		String mutes = "/chatrooms/{id}/mute";
		String all = "/chatrooms/{id}/ban";
		add(router, "GET", mutes, "list-muted-chatroom-members", this::list);
		add(router, "POST", mutes, "mute-chatroom-members", this::mute);
		add(router, "DELETE", mutes + "/{usernames}", "unmute-chatroom-members", this::unmute);
		add(router, "POST", all, "mute-chatroom", (call) -> muteAll(call, true));
		add(router, "DELETE", all, "unmute-chatroom", (call) -> muteAll(call, false));
	}

	private void add(Router<Route> router, String method, String path, String operation, Route.Handler handler) {
		router.add(method, path, Route.of(operation, this.rooms.guarded(handler)));
	}

	private Reply list(Call call) {
		Room room = this.rooms.get(call.variable("id"));
		Instant now = call.now();
		room.mutedUntil.values().removeIf((until) -> !until.isAfter(now));
		ArrayNode data = JsonNodeFactory.instance.arrayNode();
		room.mutedUntil
			.forEach((user, until) -> data.addObject().put("expire", until.toEpochMilli()).put("user", user));
		return call.ok(data);
	}

	private Reply mute(Call call) {
		Room room = this.rooms.get(call.variable("id"));
		Fields fields = new Fields(call.object());
		List<String> users = fields.someUserNames("usernames");
		RoomRules.requireBatch(users.size(), MemberEndpoints.MAX_BATCH, "userNames size is more than max limit : ");
		List<String> strangers = users.stream().filter((user) -> !room.has(user)).toList();
		if (!strangers.isEmpty()) {
			throw ServiceError.notMembers(400, strangers);
		}
		long millis = fields.wholeNumber("mute_duration");
		Instant now = call.now();
		Instant until = now.plus((millis < 0 || millis > FOREVER.toMillis()) ? FOREVER : Duration.ofMillis(millis));
		ArrayNode data = JsonNodeFactory.instance.arrayNode();
		for (String user : users) {
			if (millis == 0) {
				room.mutedUntil.remove(user);
			}
			else {
				room.mutedUntil.put(user, until);
			}
			data.addObject().put("result", true).put("expire", until.toEpochMilli()).put("user", user);
		}
		this.rooms.events().publish(room.id, "MUTE", (millis == 0) ? "REMOVE" : "ADD", (payload) -> {
			users.forEach(payload.putArray("member")::add);
			if (millis != 0) {
				payload.put("expire_timestamp", until.toEpochMilli());
			}
		});
		return call.ok(data);
	}

	private Reply unmute(Call call) {
		Room room = this.rooms.get(call.variable("id"));
		List<String> users = Names.inPath(call.variable("usernames"));
		RoomRules.requireBatch(users.size(), MemberEndpoints.MAX_BATCH,
				"removeMute member size more than max limit : ");
		ArrayNode data = JsonNodeFactory.instance.arrayNode();
		for (String user : users) {
			room.mutedUntil.remove(user);
			data.addObject().put("result", true).put("user", user);
		}
		this.rooms.events().members(room.id, "MUTE", "REMOVE", users);
		return call.ok(data);
	}

	private Reply muteAll(Call call, boolean muted) {
		Room room = this.rooms.get(call.variable("id"));
		room.muted = muted;
		this.rooms.events().publish(room.id, "UPDATE", "MUTE", (payload) -> payload.put("mute", muted));
		ObjectNode envelope = call.envelope();
		if (muted) {
			// So the service calls its POST.
			envelope.put("action", "put");
		}
		envelope.putObject("data").put("mute", muted);
		return Reply.json(200, envelope);
	}

}
