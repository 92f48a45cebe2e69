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

import io.github.imspring.emulator.http.Reply;
import io.github.imspring.emulator.http.Router;
import io.github.imspring.emulator.service.Call;
import io.github.imspring.emulator.service.Fields;
import io.github.imspring.emulator.service.Route;
import io.github.imspring.emulator.service.ServiceError;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Who looks after one chatroom.
 */
final class AdminEndpoints {

	private static final int MAX_ADMINS = 99;

	private final RoomStore<Room> rooms;

	AdminEndpoints(RoomStore<Room> rooms) {
		this.rooms = rooms;
	}

	void register(Router<Route> router) {
		String admins = "/chatrooms/{id}/admin";
		router.add("GET", admins, Route.of("list-chatroom-admins", this.rooms.guarded(this::list)));
		router.add("POST", admins, Route.of("add-chatroom-admin", this.rooms.guarded(this::add)));
		router.add("DELETE", admins + "/{username}",
				Route.of("remove-chatroom-admin", this.rooms.guarded(this::remove)));
	}

	private Reply list(Call call) {
		ArrayNode data = JsonNodeFactory.instance.arrayNode();
		this.rooms.get(call.variable("id")).admins.forEach(data::add);
		return call.counted(data);
	}

	private Reply add(Call call) {
		Room room = this.rooms.get(call.variable("id"));
		String user = new Fields(call.object()).userName("newadmin");
		this.rooms.users().requireExisting(user);
		if (!room.has(user)) {
			throw ServiceError.notMembers(400, List.of(user));
		}
		if (room.admins.size() >= MAX_ADMINS && !room.admins.contains(user)) {
			throw ServiceError.exceedLimit("the number of admins has reached " + MAX_ADMINS);
		}
		if (room.admins.add(user)) {
			this.rooms.events().admins(room.id, "ADMIN", "ADD", List.of(user));
		}
		return call.ok(JsonNodeFactory.instance.objectNode().put("result", "success").put("newadmin", user));
	}

	private Reply remove(Call call) {
		Room room = this.rooms.get(call.variable("id"));
		String user = call.user("username");
		this.rooms.users().requireExisting(user);
		if (room.admins.remove(user)) {
			this.rooms.events().admins(room.id, "ADMIN", "REMOVE", List.of(user));
		}
		return call.ok(JsonNodeFactory.instance.objectNode().put("result", "success").put("oldadmin", user));
	}

}
