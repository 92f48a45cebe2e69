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

import io.github.imspring.emulator.http.Reply;
import io.github.imspring.emulator.http.Router;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /token}: client credentials, or an AccessToken2, against a token.
 */
final class TokenEndpoint {

	static final long MAX_TTL_SECONDS = Duration.ofDays(100 * 365).toSeconds();

	private final Tokens tokens;

	private final EmulatorClock clock;

	TokenEndpoint(Tokens tokens, EmulatorClock clock) {
		this.tokens = tokens;
		this.clock = clock;
	}

	void register(Router<Route> router) {
		router.add("POST", "/token", Route.of("token", this::token).checkedByHandler());
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
		if (!id.equals(Credentials.CLIENT_ID)) {
			throw ServiceError.invalidGrant("client_id does not match");
		}
		if (!secret.equals(Credentials.CLIENT_SECRET)) {
			throw ServiceError.invalidGrant("client_secret does not match");
		}
		Duration ttl = ttl(body);
		ObjectNode answer = JsonNodeFactory.instance.objectNode();
		answer.put("access_token", this.tokens.issue(ttl));
		answer.put("expires_in", ttl.toSeconds());
		answer.put("application", Credentials.APPLICATION);
		return Reply.json(200, answer);
	}

	private Reply exchange(Call call) {
		Instant expiry = this.tokens.checkExchange(call.request().header("Authorization"));
		ObjectNode answer = JsonNodeFactory.instance.objectNode();
		answer.put("access_token", this.tokens.issue(Duration.between(this.clock.instant(), expiry)));
		answer.put("expire_timestamp", expiry.toEpochMilli());
		return Reply.json(200, answer);
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
