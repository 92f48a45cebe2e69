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

package io.github.imspring.emulator.user;

import java.util.List;

import io.github.imspring.emulator.http.Reply;
import io.github.imspring.emulator.http.Router;
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
 * Who is online, on which devices, and the end of that. Nobody can log in over REST: a
 * test says who did.
 */
final class PresenceEndpoints {

	private static final int MAX_BATCH = 100;

	private static final int BATCHES_PER_SECOND = 50;

	private final UserService users;

	PresenceEndpoints(UserService users) {
		this.users = users;
	}

	void register(Router<Route> router) {
		router.add("POST", "/users/batch/status",
				Route.of(ServiceOperation.of("get-online-statuses", BATCHES_PER_SECOND), this::statusOfMany));
		add(router, "GET", "/status", "get-online-status", this::status);
		add(router, "GET", "/resources", "list-devices", this::devices);
		add(router, "GET", "/disconnect", "disconnect-user", this::disconnect);
		add(router, "DELETE", "/disconnect/{resource}", "disconnect-user", this::disconnectDevice);
	}

	private static void add(Router<Route> router, String method, String path, String operation, Route.Handler handler) {
		router.add(method, "/users/{username}" + path, Route.of(UserEndpoints.REGISTER.sharedBy(operation), handler));
	}

	private Reply status(Call call) {
		String name = this.users.get(call.user("username")).username();
		return call.ok(JsonNodeFactory.instance.objectNode().put(name, statusOf(name)));
	}

	private Reply statusOfMany(Call call) {
		List<String> names = new Fields(call.object()).texts("usernames");
		if (names.isEmpty()) {
			throw ServiceError.illegalArgument("usernames must be provided");
		}
		if (names.size() > MAX_BATCH) {
			throw ServiceError
				.illegalArgument("request body exceeds maximum limit, the limit of usernames is " + MAX_BATCH);
		}
		ArrayNode data = JsonNodeFactory.instance.arrayNode();
		names.forEach((name) -> data.addObject().put(name, statusOf(name)));
		ObjectNode envelope = call.envelope();
		envelope.put("action", "get batch user status");
		envelope.set("data", data);
		return Reply.json(200, envelope);
	}

	private String statusOf(String name) {
		return this.users.sessions().isOnline(Names.canonical(name)) ? "online" : "offline";
	}

	private Reply devices(Call call) {
		String name = this.users.get(call.user("username")).username();
		ArrayNode data = JsonNodeFactory.instance.arrayNode();
		for (String device : this.users.sessions().of(name)) {
			data.addObject().put("res", device).put("device_uuid", device).put("device_name", device);
		}
		return call.ok(data);
	}

	private Reply disconnect(Call call) {
		String name = this.users.get(call.user("username")).username();
		this.users.throwOut(name);
		return result(call, true);
	}

	private Reply disconnectDevice(Call call) {
		String name = this.users.get(call.user("username")).username();
		return result(call, this.users.throwOut(name, call.variable("resource")));
	}

	private static Reply result(Call call, boolean result) {
		return call.ok(JsonNodeFactory.instance.objectNode().put("result", result));
	}

}
