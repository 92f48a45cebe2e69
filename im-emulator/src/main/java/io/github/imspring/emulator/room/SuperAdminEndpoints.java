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

import java.util.ArrayDeque;
import java.util.Deque;
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
 * Who may make chatrooms from a client.
 */
final class SuperAdminEndpoints {

	private static final int MAX_SUPER_ADMINS = 10_000;

	private static final int DEFAULT_PAGE = 10;

	private static final int MAX_PAGE = 1000;

	private final RoomStore<Room> rooms;

	/** Newest first. Guarded by the lock of the rooms. */
	private final Deque<String> superAdmins = new ArrayDeque<>();

	SuperAdminEndpoints(RoomStore<Room> rooms) {
		this.rooms = rooms;
	}

	/** To be registered before the rooms, whose ids would match "super_admin". */
	void register(Router<Route> router) {
		String path = "/chatrooms/super_admin";
		router.add("GET", path, Route.of("list-super-admins", this.rooms.guarded(this::list)));
		router.add("POST", path, Route.of("add-super-admin", this.rooms.guarded(this::add)));
		router.add("DELETE", path + "/{username}", Route.of("remove-super-admin", this.rooms.guarded(this::remove)));
	}

	void forget(String user) {
		synchronized (this.rooms) {
			this.superAdmins.remove(user);
		}
	}

	void clear() {
		synchronized (this.rooms) {
			this.superAdmins.clear();
		}
	}

	private Reply list(Call call) {
		ArrayNode data = JsonNodeFactory.instance.arrayNode();
		int size = Math.min(call.positive("pagesize", DEFAULT_PAGE), MAX_PAGE);
		this.superAdmins.stream().skip((call.positive("pagenum", 1) - 1L) * size).limit(size).forEach(data::add);
		return call.counted(data);
	}

	private Reply add(Call call) {
		String user = new Fields(call.object()).userName("superadmin");
		this.rooms.users().requireExisting(user);
		if (!this.superAdmins.contains(user)) {
			if (this.superAdmins.size() >= MAX_SUPER_ADMINS) {
				throw ServiceError.exceedLimit("the number of super admins has reached " + MAX_SUPER_ADMINS);
			}
			this.superAdmins.addFirst(user);
			this.rooms.events().admins("", "ROOM_SUPER_ADMIN", "ADD", List.of(user));
		}
		return call.ok(JsonNodeFactory.instance.objectNode().put("result", "success").put("resource", ""));
	}

	private Reply remove(Call call) {
		String user = call.user("username");
		this.rooms.users().requireExisting(user);
		if (this.superAdmins.remove(user)) {
			this.rooms.events().admins("", "ROOM_SUPER_ADMIN", "REMOVE", List.of(user));
		}
		return call.ok(JsonNodeFactory.instance.objectNode().put("newSuperAdmin", user).put("resource", ""));
	}

}
