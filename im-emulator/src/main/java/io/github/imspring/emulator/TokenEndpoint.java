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
import io.github.imspring.emulator.http.Request;
import io.github.imspring.emulator.http.Router;
import io.github.imspring.emulator.service.AppIdentity;
import io.github.imspring.emulator.service.Call;
import io.github.imspring.emulator.service.Route;
import io.github.imspring.emulator.service.ServiceError;
import io.github.imspring.emulator.service.ServiceOperation;
import io.github.imspring.emulator.user.EmulatedUser;
import io.github.imspring.emulator.user.UserService;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /token}: a token for the app against client credentials or an AccessToken2;
 * a token for a user on the app's behalf, or against their password.
 */
final class TokenEndpoint {

	static final long MAX_TTL_SECONDS = Duration.ofDays(100 * 365).toSeconds();

	private static final ServiceOperation APP_TOKEN = ServiceOperation.of("token", 300);

	private static final ServiceOperation USER_TOKEN = APP_TOKEN.sharedBy("user-token");

	private static final String INHERIT = "inherit";

	private static final String PASSWORD = "password";

	private final AppIdentity app;

	private final Tokens tokens;

	private final UserService users;

	private final EmulatorClock clock;

	TokenEndpoint(AppIdentity app, Tokens tokens, UserService users, EmulatorClock clock) {
		this.app = app;
		this.tokens = tokens;
		this.users = users;
		this.clock = clock;
	}

	void register(Router<Route> router) {
		router.add("POST", "/token",
				Route.of(List.of(APP_TOKEN, USER_TOKEN), TokenEndpoint::operationOf, this::token).checkedByHandler());
	}

	private static ServiceOperation operationOf(Request request) {
		try {
			String grantType = request.json().path("grant_type").asString("");
			return (grantType.equals(INHERIT) || grantType.equals(PASSWORD)) ? USER_TOKEN : APP_TOKEN;
		}
		catch (JacksonException ex) {
			return APP_TOKEN;
		}
	}

	private Reply token(Call call) {
		JsonNode body = call.objectOrNothing();
		String grantType = text(body, "grant_type");
		if (grantType == null) {
			throw ServiceError.illegalArgument("grant_type must be provided.");
		}
		return switch (grantType) {
			case "client_credentials" -> clientCredentials(body);
			case "agora" -> exchange(call);
			case INHERIT -> inherit(call, body);
			case PASSWORD -> password(body);
			default -> throw ServiceError.invalidGrant("grant_type is not supported");
		};
	}

	private Reply clientCredentials(JsonNode body) {
		String id = text(body, "client_id");
		String secret = text(body, "client_secret");
		if (id == null) {
			throw ServiceError.illegalArgument("client_id must be provided.");
		}
		if (secret == null) {
			throw ServiceError.illegalArgument("client_secret must be provided");
		}
		if (!id.equals(this.app.clientId())) {
			throw ServiceError.invalidGrant("client_id does not match");
		}
		if (!secret.equals(this.app.clientSecret())) {
			throw ServiceError.invalidGrant("client_secret does not match");
		}
		Duration ttl = ttl(body);
		ObjectNode answer = JsonNodeFactory.instance.objectNode();
		answer.put("access_token", this.tokens.issue(ttl));
		answer.put("expires_in", ttl.toSeconds());
		answer.put("application", this.app.application());
		return Reply.json(200, answer);
	}

	private Reply exchange(Call call) {
		Instant expiry = this.tokens.checkExchange(call.request().header("Authorization"));
		ObjectNode answer = JsonNodeFactory.instance.objectNode();
		answer.put("access_token", this.tokens.issue(Duration.between(this.clock.instant(), expiry)));
		answer.put("expire_timestamp", expiry.toEpochMilli());
		return Reply.json(200, answer);
	}

	/** On behalf of the app, whose token must come with the call. */
	private Reply inherit(Call call, JsonNode body) {
		if (!call.authenticate().isApp()) {
			throw ServiceError.foreignToken();
		}
		String name = username(body);
		JsonNode autoCreate = body.path("autoCreateUser");
		if (!autoCreate.isBoolean()) {
			throw ServiceError.illegalArgument("autoCreateUser must be provided");
		}
		Duration ttl = ttl(body);
		return userToken(autoCreate.booleanValue() ? this.users.ensure(name) : this.users.find(name), ttl);
	}

	private Reply password(JsonNode body) {
		EmulatedUser user = this.users.find(username(body));
		String password = text(body, PASSWORD);
		if (password == null) {
			throw ServiceError.illegalArgument("password must be provided");
		}
		Duration ttl = ttl(body);
		// Who was never registered has no password, and any will do.
		if (user != null && user.password() != null && !user.password().equals(password)) {
			throw ServiceError.invalidGrant("invalid password");
		}
		return userToken(user, ttl);
	}

	private Reply userToken(@Nullable EmulatedUser user, Duration ttl) {
		if (user == null) {
			throw ServiceError.of(404, "invalid_grant", "org.apache.usergrid.rest.exceptions.SecurityException",
					"user not found");
		}
		if (!user.activated()) {
			throw ServiceError.invalidGrant("user not activated");
		}
		ObjectNode answer = JsonNodeFactory.instance.objectNode();
		answer.put("access_token", this.tokens.issueTo(user, ttl));
		answer.put("expires_in", ttl.toSeconds());
		answer.set("user", user.describe());
		return Reply.json(200, answer);
	}

	private static String username(JsonNode body) {
		String name = text(body, "username");
		if (name == null) {
			throw ServiceError.illegalArgument("username must be provided");
		}
		return name;
	}

	private Duration ttl(JsonNode body) {
		JsonNode ttl = body.path("ttl");
		if (ttl.isMissingNode() || ttl.isNull()) {
			return this.tokens.defaultTtl();
		}
		long seconds = (ttl.isIntegralNumber() || ttl.isString()) ? ttl.asLong(-1) : -1;
		if (seconds < 0 || seconds > MAX_TTL_SECONDS) {
			throw ServiceError.illegalArgument("ttl must be a number of seconds, 0 or more");
		}
		return Duration.ofSeconds(seconds);
	}

	private static @Nullable String text(JsonNode body, String name) {
		JsonNode value = body.path(name);
		if (value.isMissingNode() || value.isNull()) {
			return null;
		}
		if (!value.isString()) {
			throw ServiceError.invalidRequestBody();
		}
		return value.stringValue().isEmpty() ? null : value.stringValue();
	}

}
