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
import java.util.Objects;
import java.util.function.Function;

import io.github.imspring.operation.Operations;
import io.github.imspring.token.AccessToken;
import io.github.imspring.token.TokenSources;
import io.github.imspring.token.UserTokenBuilder;
import io.github.imspring.validation.Bounds;
import reactor.core.publisher.Mono;

/**
 * Builds the tokens here from the UUIDs of the users, as Shengwang and Agora have it.
 */
final class LocalUserTokens implements UserTokens {

	private static final Duration SHORTEST = Duration.ofSeconds(1);

	private final UserTokenBuilder builder;

	private final Function<String, Mono<String>> uuids;

	private final Function<NewUser, Mono<Registration>> registrar;

	/**
	 * Creates the tokens.
	 * @param builder builds a token
	 * @param uuids gives the UUID of a user
	 * @param registrar registers a user unless there is one
	 */
	LocalUserTokens(UserTokenBuilder builder, Function<String, Mono<String>> uuids,
			Function<NewUser, Mono<Registration>> registrar) {
		this.builder = builder;
		this.uuids = uuids;
		this.registrar = registrar;
	}

	@Override
	public Mono<UserToken> issue(UserTokenRequest request) {
		return Mono.defer(() -> {
			Bounds.of(Operations.USER_TOKEN).given("request", request);
			UserBounds.user(Operations.USER_TOKEN, request.username());
			UserBounds.life(Operations.USER_TOKEN, request.life(), SHORTEST, TokenSources.MAX_LIFE);
			return uuid(request).map((uuid) -> build(request, uuid));
		});
	}

	private Mono<String> uuid(UserTokenRequest request) {
		Mono<String> uuid = this.uuids.apply(request.username());
		return request.createUser() ? uuid.onErrorResume(UserErrors::isUnknown,
				(ex) -> this.registrar.apply(NewUser.named(request.username()))
					.then(this.uuids.apply(request.username())))
				: uuid;
	}

	private UserToken build(UserTokenRequest request, String uuid) {
		AccessToken token = this.builder.build(uuid, Objects.requireNonNullElse(request.life(), TokenSources.MAX_LIFE));
		return new UserToken(request.username(), token.value(), token.expiresAt());
	}

}
