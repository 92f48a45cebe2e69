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

package io.github.imspring.user;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.imspring.exchange.ImRequest;
import io.github.imspring.exchange.ImResponse;
import io.github.imspring.exchange.ImRestOperations;
import io.github.imspring.operation.Operations;
import io.github.imspring.validation.Bounds;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Has the service issue the tokens on the strength of the app token, as Easemob does.
 */
final class InheritedUserTokens implements UserTokens {

	private static final Duration LONGEST = Duration.ofSeconds(Integer.MAX_VALUE);

	private final ImRestOperations rest;

	private final InstantSource clock;

	InheritedUserTokens(ImRestOperations rest, InstantSource clock) {
		this.rest = rest;
		this.clock = clock;
	}

	@Override
	public Mono<UserToken> issue(UserTokenRequest request) {
		return Mono.defer(() -> {
			Bounds.of(Operations.USER_TOKEN).given("request", request);
			UserBounds.user(Operations.USER_TOKEN, request.username());
			UserBounds.life(Operations.USER_TOKEN, request.life(), Duration.ZERO, LONGEST);
			Map<String, Object> body = new LinkedHashMap<>();
			body.put("grant_type", "inherit");
			body.put("username", request.username());
			body.put("autoCreateUser", request.createUser());
			if (request.life() != null) {
				body.put("ttl", request.life().toSeconds());
			}
			Instant askedAt = this.clock.instant();
			return this.rest.exchange(
					ImRequest.post(Operations.USER_TOKEN).path("token").json(body).errorHints(UserErrors.HINTS).build(),
					(response) -> read(response, request, askedAt));
		});
	}

	private static UserToken read(ImResponse response, UserTokenRequest request, Instant askedAt) {
		String value = response.body().path("access_token").asStringOpt().orElse("");
		if (value.isEmpty()) {
			throw response.broken("the answer has no 'access_token'");
		}
		return new UserToken(request.username(), value, expiry(response, request, askedAt));
	}

	private static @Nullable Instant expiry(ImResponse response, UserTokenRequest request, Instant askedAt) {
		long seconds = response.body().path("expires_in").asLong(0);
		boolean known = seconds > 0 && seconds <= LONGEST.toSeconds() && !Duration.ZERO.equals(request.life());
		return known ? askedAt.plusSeconds(seconds) : null;
	}

}
