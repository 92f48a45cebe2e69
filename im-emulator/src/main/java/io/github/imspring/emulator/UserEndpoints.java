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

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.imspring.emulator.UserStore.User;
import io.github.imspring.emulator.http.Reply;
import io.github.imspring.emulator.http.Router;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Users: registered, looked up and deleted. Passwords are not kept.
 */
final class UserEndpoints {

	private final UserStore users;

	private final EmulatorClock clock;

	private final Consumer<String> onDeletion;

	UserEndpoints(UserStore users, EmulatorClock clock, Consumer<String> onDeletion) {
		this.users = users;
		this.clock = clock;
		this.onDeletion = onDeletion;
	}

	void register(Router<Route> router) {
		router.add("POST", "/users", Route.of("create-users", this::create));
		router.add("GET", "/users/{username}", Route.of("get-user", this::get));
		router.add("DELETE", "/users/{username}", Route.of("delete-user", this::delete));
	}

	private Reply create(Call call) {
		JsonNode body = call.json();
		List<String> names = new ArrayList<>();
		if (body.isArray()) {
			body.values().forEach((user) -> names.add(username(user)));
		}
		else {
			names.add(username(body));
		}
		Instant now = this.clock.instant();
		List<User> newcomers = names.stream().map((name) -> User.of(name, now)).toList();
		this.users.addAll(newcomers);
		ObjectNode envelope = call.envelope();
		ArrayNode entities = envelope.putArray("entities");
		newcomers.forEach((user) -> describe(user, entities.addObject()));
		return Reply.json(200, envelope);
	}

	private Reply get(Call call) {
		return entity(call, find(call));
	}

	private Reply delete(Call call) {
		User user = find(call);
		this.users.remove(user.username());
		this.onDeletion.accept(user.username());
		return entity(call, user);
	}

	private User find(Call call) {
		User user = this.users.find(call.variable("username"), this.clock.instant());
		if (user == null) {
			throw notFound();
		}
		return user;
	}

	static ServiceError notFound() {
		return ServiceError.serviceResourceNotFound("UserNotFoundException", "Service resource not found");
	}

	private static Reply entity(Call call, User user) {
		ObjectNode envelope = call.envelope();
		describe(user, envelope.putArray("entities").addObject());
		envelope.put("count", 1);
		return Reply.json(200, envelope);
	}

	private static String username(JsonNode user) {
		if (!user.isObject() || !(user.path("username").isString() || user.path("username").isMissingNode())) {
			throw ServiceError.invalidRequestBody();
		}
		String name = user.path("username").asString("");
		if (name.isEmpty()) {
			throw ServiceError.illegalArgument("username must be provided");
		}
		if (!UserStore.isLegal(name)) {
			throw ServiceError.illegalArgument("username " + name + " is not legal");
		}
		return name;
	}

	private static void describe(User user, ObjectNode entity) {
		entity.put("uuid", user.uuid().toString());
		entity.put("type", "user");
		entity.put("created", user.created().toEpochMilli());
		entity.put("modified", user.created().toEpochMilli());
		entity.put("username", user.username());
		entity.put("activated", true);
	}

}
