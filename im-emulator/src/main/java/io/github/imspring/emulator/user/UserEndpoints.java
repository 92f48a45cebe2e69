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

import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

import io.github.imspring.emulator.http.Reply;
import io.github.imspring.emulator.http.Request;
import io.github.imspring.emulator.http.Router;
import io.github.imspring.emulator.service.Call;
import io.github.imspring.emulator.service.Cursor;
import io.github.imspring.emulator.service.Fields;
import io.github.imspring.emulator.service.Names;
import io.github.imspring.emulator.service.Route;
import io.github.imspring.emulator.service.ServiceError;
import io.github.imspring.emulator.service.ServiceOperation;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Accounts: registered, looked up, listed, changed, banned and deleted. All of it counts
 * against one quota.
 */
final class UserEndpoints {

	/** Users have one quota for all that is done with them. */
	static final ServiceOperation REGISTER = new ServiceOperation("register-user", "users", 100, null);

	private static final ServiceOperation REGISTER_MANY = REGISTER.sharedBy("register-users");

	private static final int MAX_BATCH = 60;

	private static final int MAX_PAGE = 100;

	private static final int DEFAULT_PAGE = 10;

	private static final int MAX_NICKNAME = 100;

	private static final int MAX_PASSWORD = 64;

	private static final Pattern LEGAL = Pattern.compile("[a-z0-9_.-]+");

	private final UserService users;

	UserEndpoints(UserService users) {
		this.users = users;
	}

	void register(Router<Route> router) {
		router.add("POST", "/users",
				Route.of(List.of(REGISTER, REGISTER_MANY), UserEndpoints::operationOf, this::create));
		router.add("GET", "/users", Route.of(REGISTER.sharedBy("list-users"), this::list));
		router.add("GET", "/users/{username}", Route.of(REGISTER.sharedBy("get-user"), this::get).openToUsers());
		router.add("PUT", "/users/{username}",
				Route.of(REGISTER.sharedBy("set-nickname"), this::setNickname).openToUsers());
		router.add("DELETE", "/users/{username}", Route.of(REGISTER.sharedBy("delete-user"), this::delete));
		Route setPassword = Route.of(REGISTER.sharedBy("set-password"), this::setPassword);
		router.add("PUT", "/users/{username}/password", setPassword);
		router.add("POST", "/users/{username}/password", setPassword);
		router.add("POST", "/users/{username}/deactivate",
				Route.of(REGISTER.sharedBy("deactivate-user"), this::deactivate));
		router.add("POST", "/users/{username}/activate", Route.of(REGISTER.sharedBy("activate-user"), this::activate));
	}

	private static ServiceOperation operationOf(Request request) {
		try {
			return request.json().isArray() ? REGISTER_MANY : REGISTER;
		}
		catch (JacksonException ex) {
			return REGISTER;
		}
	}

	private Reply create(Call call) {
		JsonNode body = call.json();
		List<JsonNode> users = body.isArray() ? List.copyOf(body.values()) : List.of(body);
		if (users.size() > MAX_BATCH) {
			throw ServiceError.illegalArgument("Request body array size[" + users.size()
					+ "] had almost reached or been greater than the upper range value[" + MAX_BATCH + "]");
		}
		for (JsonNode user : users) {
			requireReadable(user);
		}
		ObjectNode envelope = call.envelope();
		ArrayNode entities = envelope.putArray("entities");
		if (users.size() == 1) {
			entities.add(create(call, users.get(0)).describe());
			return Reply.json(200, envelope);
		}
		if (users.isEmpty()) {
			throw ServiceError.illegalArgument("username must be provided");
		}
		ArrayNode failures = envelope.putArray("data");
		for (JsonNode user : users) {
			try {
				entities.add(create(call, user).describe());
			}
			catch (ServiceError ex) {
				String name = user.path("username").asString("");
				failures.addObject()
					.put("username", name)
					.put("registerUserFailReason",
							ex.isDuplicate() ? "the " + name + " already exists" : ex.description());
			}
		}
		return Reply.json(200, envelope);
	}

	private static void requireReadable(JsonNode user) {
		boolean readable = user.isObject();
		for (String field : new String[] { "username", "password", "nickname" }) {
			JsonNode value = user.path(field);
			readable &= value.isMissingNode() || value.isNull() || value.isString();
		}
		if (!readable) {
			throw ServiceError.invalidRequestBody();
		}
	}

	private EmulatedUser create(Call call, JsonNode user) {
		Fields fields = new Fields(user);
		String given = user.path("username").asString("");
		String name = Names.canonical(given);
		requireLegal(name);
		String password = fields.optionalText("password");
		// Shengwang's users have none.
		if ((password == null || password.isEmpty()) && !call.isOfAppIdStyle()) {
			throw ServiceError.illegalArgument("password or pin must provided");
		}
		if (password != null) {
			requirePassword(password, "password");
		}
		String nickname = fields.optionalText("nickname");
		if (nickname != null) {
			requireNickname(nickname);
		}
		EmulatedUser made = this.users.store().add(name, call.now(), nickname, password);
		if (made == null) {
			throw ServiceError.duplicateUser(call.app(), given);
		}
		return made;
	}

	static void requireLegal(String name) {
		if (name.isEmpty()) {
			throw ServiceError.illegalArgument("username must be provided");
		}
		if (!LEGAL.matcher(name).matches()) {
			throw ServiceError.illegalArgument("username " + name + " is not legal");
		}
		if (name.length() > Names.MAX_LENGTH) {
			throw ServiceError.illegalArgument("USERNAME_TOO_LONG");
		}
	}

	private static void requireNickname(String nickname) {
		if (Fields.length(nickname) > MAX_NICKNAME) {
			throw ServiceError.illegalArgument("NICKNAME_TOO_LONG");
		}
	}

	private static void requirePassword(String password, String field) {
		if (Fields.length(password) > MAX_PASSWORD) {
			throw ServiceError.illegalArgument(field + " cannot exceed " + MAX_PASSWORD + " characters");
		}
	}

	private Reply list(Call call) {
		int limit = Math.min(call.positive("limit", DEFAULT_PAGE), MAX_PAGE);
		Long after = Cursor.of(call);
		List<EmulatedUser> more = this.users.store().after((after != null) ? after : 0, limit + 1);
		List<EmulatedUser> page = more.subList(0, Math.min(limit, more.size()));
		ObjectNode envelope = call.envelope();
		ArrayNode entities = envelope.putArray("entities");
		page.forEach((user) -> entities.add(user.describe()));
		envelope.put("count", page.size());
		if (more.size() > limit) {
			envelope.put("cursor", Cursor.after(page.get(limit - 1).order()));
		}
		return Reply.json(200, envelope);
	}

	private Reply get(Call call) {
		requireOneself(call);
		return entity(call, this.users.get(call.user("username")));
	}

	private Reply setNickname(Call call) {
		requireOneself(call);
		String nickname = new Fields(call.object()).optionalText("nickname");
		if (nickname == null) {
			throw ServiceError.illegalArgument("nickname is required");
		}
		requireNickname(nickname);
		return entity(call, change(call, (user, now) -> user.withNickname(nickname, now)));
	}

	private Reply setPassword(Call call) {
		String password = new Fields(call.object()).optionalText("newpassword");
		if (password == null || password.isEmpty()) {
			throw ServiceError.illegalArgument("newpassword is required");
		}
		requirePassword(password, "newpassword");
		String name = call.user("username");
		if (this.users.store().change(name, call.now(), (user, now) -> user.withPassword(password, now)) == null) {
			throw ServiceError.of(404, "entity_not_found",
					"org.apache.usergrid.services.exceptions.EntityNotFoundException", "User null not found");
		}
		return Reply.json(200, call.envelope().put("action", "set user password"));
	}

	private Reply deactivate(Call call) {
		EmulatedUser user = change(call, (before, now) -> before.withActivated(false, now));
		this.users.throwOut(user.username());
		return entity(call, user);
	}

	private Reply activate(Call call) {
		change(call, (user, now) -> user.withActivated(true, now));
		return Reply.json(200, call.envelope().put("action", "activate user"));
	}

	private Reply delete(Call call) {
		EmulatedUser user = this.users.get(call.user("username"));
		this.users.delete(user);
		return entity(call, user);
	}

	private EmulatedUser change(Call call, BiFunction<EmulatedUser, Instant, EmulatedUser> change) {
		EmulatedUser user = this.users.store().change(call.user("username"), call.now(), change);
		if (user == null) {
			throw ServiceError.userNotFound();
		}
		return user;
	}

	private static void requireOneself(Call call) {
		if (!call.caller().mayActFor(call.user("username"))) {
			throw ServiceError.foreignToken();
		}
	}

	private static Reply entity(Call call, EmulatedUser user) {
		ObjectNode envelope = call.envelope();
		envelope.putArray("entities").add(user.describe());
		envelope.put("count", 1);
		return Reply.json(200, envelope);
	}

}
