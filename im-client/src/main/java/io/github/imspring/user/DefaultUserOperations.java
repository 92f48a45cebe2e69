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

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.imspring.error.ErrorResponse;
import io.github.imspring.error.Hint;
import io.github.imspring.error.ImApiException;
import io.github.imspring.error.ImException;
import io.github.imspring.exchange.DemandPaging;
import io.github.imspring.exchange.DemandPaging.Page;
import io.github.imspring.exchange.ImRequest;
import io.github.imspring.exchange.ImResponse;
import io.github.imspring.exchange.ImRestOperations;
import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Operations;
import io.github.imspring.quota.Lane;
import io.github.imspring.token.UserTokenBuilder;
import io.github.imspring.validation.Bounds;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Turns calls into requests, and answers into what they say.
 */
class DefaultUserOperations implements UserOperations {

	private static final String USERS = "users";

	private static final int STATUSES_A_CALL = 100;

	private final ImRestOperations rest;

	private final UserUuids uuids = new UserUuids();

	private final BulkRegistration bulk = new BulkRegistration(this::registerChunk);

	private final UserTokens tokens;

	private final boolean passwords;

	DefaultUserOperations(ImRestOperations rest, @Nullable UserTokenBuilder tokens, InstantSource clock) {
		this.rest = rest;
		this.passwords = (tokens == null);
		this.tokens = (tokens != null) ? new LocalUserTokens(tokens, this::uuid, this::ensure)
				: new InheritedUserTokens(rest, clock);
	}

	@Override
	public Mono<User> register(NewUser user) {
		return registerOne(Operations.REGISTER_USER, user).map(DefaultUserOperations::userOf);
	}

	@Override
	public Mono<User> register(String username) {
		return Mono.defer(() -> register(withTokens(username)));
	}

	@Override
	public Mono<Registration> ensure(String username) {
		return Mono.defer(() -> ensure(withTokens(username)));
	}

	/**
	 * A user who logs in with tokens: whose service issues these wants a password, too.
	 */
	private NewUser withTokens(String username) {
		NewUser user = NewUser.named(username);
		return this.passwords ? user.withRandomPassword() : user;
	}

	private static User userOf(Registration registration) {
		if (registration.user() != null) {
			return registration.user();
		}
		if (registration.failure() != null) {
			throw registration.failure();
		}
		throw new ImApiException(Operations.REGISTER_USER.name(),
				new ErrorResponse(200, null, registration.reason(), null, null, ""),
				Hint.of("Look at the reason that the service gives for the user."), false);
	}

	@Override
	public Flux<Registration> registerAll(Publisher<NewUser> users) {
		return this.bulk.register(users);
	}

	@Override
	public Mono<Registration> ensure(NewUser user) {
		return repeatedOnConflict(registerOne(Operations.ENSURE_USER, user)
			.onErrorResume(UserErrors::isDuplicate,
					(ex) -> Mono.just(Registration.existed(user.username(), "there is a user of this name")))
			.doOnNext((registration) -> {
				if (!registration.isThere()) {
					userOf(registration);
				}
			}));
	}

	private Mono<Registration> registerOne(Operation operation, NewUser user) {
		return Mono.defer(() -> {
			UserBounds.newUser(operation, user);
			return exchange(() -> registration(operation, List.of(user), fields(user)),
					(response) -> UserReader.registrations(response, List.of(user)));
		}).map((registrations) -> learn(registrations).values().iterator().next());
	}

	private Mono<Map<String, Registration>> registerChunk(List<NewUser> users) {
		return exchange(
				() -> registration(Operations.REGISTER_USERS, users,
						users.stream().map(DefaultUserOperations::fields).toList())
					.lane(Lane.BULK),
				(response) -> UserReader.registrations(response, users))
			.map(this::learn);
	}

	private static ImRequest.Builder registration(Operation operation, List<NewUser> users, Object json) {
		ImRequest.Builder request = ImRequest.post(operation).path(USERS).json(json);
		users.stream().map(NewUser::password).forEach(request::secret);
		return request;
	}

	private static Map<String, Object> fields(NewUser user) {
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("username", user.username());
		putIfSet(fields, "password", user.password());
		putIfSet(fields, "nickname", user.nickname());
		return fields;
	}

	private Map<String, Registration> learn(Map<String, Registration> registrations) {
		registrations.values().forEach((registration) -> {
			if (registration.user() != null) {
				this.uuids.remember(registration.user());
			}
		});
		return registrations;
	}

	@Override
	public Mono<User> get(String username) {
		return exchange(() -> ofUser(ImRequest.get(Operations.GET_USER), Operations.GET_USER, username),
				(response) -> UserReader.user(response, username))
			.doOnNext(this.uuids::remember);
	}

	private Mono<String> uuid(String username) {
		return Mono.defer(() -> this.uuids.get(username,
				() -> exchange(() -> ofUser(ImRequest.get(Operations.GET_USER), Operations.GET_USER, username),
						(response) -> uuidOf(response, username))));
	}

	private static String uuidOf(ImResponse response, String username) {
		String uuid = UserReader.user(response, username).uuid();
		if (uuid == null) {
			throw response.broken("the user has no 'uuid'");
		}
		return uuid;
	}

	@Override
	public Mono<Boolean> exists(String username) {
		return get(username).thenReturn(true).onErrorResume(UserErrors::isUnknown, (ex) -> Mono.just(false));
	}

	@Override
	public Mono<UserPage> list(int limit) {
		return page(limit, null);
	}

	@Override
	public Mono<UserPage> list(int limit, String cursor) {
		return Mono.defer(() -> {
			Bounds.of(Operations.LIST_USERS).characters("cursor", cursor, 1, Integer.MAX_VALUE);
			return page(limit, cursor);
		});
	}

	private Mono<UserPage> page(int limit, @Nullable String cursor) {
		return exchange(() -> {
			Bounds.of(Operations.LIST_USERS).range("limit", limit, 1, UserBounds.MAX_PAGE);
			return ImRequest.get(Operations.LIST_USERS).path(USERS).query("limit", limit).query("cursor", cursor);
		}, UserReader::page);
	}

	@Override
	public Flux<User> listAll() {
		return DemandPaging.listing(Operations.LIST_USERS,
				(cursor, limit) -> page(limit, cursor).map((page) -> new Page<>(page.users(), page.cursor())),
				UserBounds.MAX_PAGE);
	}

	@Override
	public Mono<Void> delete(String username) {
		return exchange(() -> ofUser(ImRequest.delete(Operations.DELETE_USER), Operations.DELETE_USER, username),
				DefaultUserOperations::done)
			.onErrorResume(DefaultUserOperations::isGone, (ex) -> Mono.just(true))
			.doOnNext((gone) -> this.uuids.forget(username))
			.then();
	}

	/**
	 * An attempt before may have deleted the user and lost the answer.
	 */
	private static boolean isGone(Throwable failure) {
		return UserErrors.isUnknown(failure) && failure instanceof ImException ex && ex.mayHaveBeenProcessed();
	}

	@Override
	public Mono<Void> setPassword(String username, String password) {
		return exchange(() -> {
			UserBounds.password(Operations.SET_PASSWORD, "newpassword", password);
			return ofUser(ImRequest.put(Operations.SET_PASSWORD), Operations.SET_PASSWORD, username).path("password")
				.json(Map.of("newpassword", password))
				.secret(password);
		}, DefaultUserOperations::done).then();
	}

	@Override
	public Mono<Void> deactivate(String username) {
		return exchange(() -> ofUser(ImRequest.post(Operations.DEACTIVATE_USER), Operations.DEACTIVATE_USER, username)
			.path("deactivate"), DefaultUserOperations::done).then();
	}

	@Override
	public Mono<Void> activate(String username) {
		return exchange(() -> ofUser(ImRequest.post(Operations.ACTIVATE_USER), Operations.ACTIVATE_USER, username)
			.path("activate"), DefaultUserOperations::done).then();
	}

	@Override
	public Mono<List<Device>> devices(String username) {
		return exchange(() -> ofUser(ImRequest.get(Operations.LIST_DEVICES), Operations.LIST_DEVICES, username)
			.path("resources"), UserReader::devices);
	}

	@Override
	public Mono<Void> disconnect(String username) {
		return exchange(() -> ofUser(ImRequest.get(Operations.DISCONNECT_USER), Operations.DISCONNECT_USER, username)
			.path("disconnect"), DefaultUserOperations::confirmed).then();
	}

	@Override
	public Mono<Void> disconnect(String username, String resource) {
		return exchange(() -> {
			Bounds.of(Operations.DISCONNECT_USER).id("resource", resource);
			return ofUser(ImRequest.delete(Operations.DISCONNECT_USER), Operations.DISCONNECT_USER, username)
				.path("disconnect", resource);
		}, DefaultUserOperations::confirmed).then();
	}

	@Override
	public Mono<Boolean> isOnline(String username) {
		return exchange(
				() -> ofUser(ImRequest.get(Operations.GET_ONLINE_STATUS), Operations.GET_ONLINE_STATUS, username)
					.path("status"),
				(response) -> UserReader.online(response, username));
	}

	@Override
	public Flux<OnlineStatus> onlineStatuses(Publisher<String> usernames) {
		return Flux.defer(() -> {
			Bounds.of(Operations.GET_ONLINE_STATUSES).given("usernames", usernames);
			return Flux.from(usernames).subscribeOn(Schedulers.boundedElastic());
		}).buffer(STATUSES_A_CALL).concatMap((chunk) -> exchange(() -> {
			chunk.forEach((username) -> UserBounds.user(Operations.GET_ONLINE_STATUSES, username));
			return ImRequest.post(Operations.GET_ONLINE_STATUSES)
				.path(USERS, "batch", "status")
				.json(Map.of("usernames", chunk.stream().distinct().toList()));
		}, (response) -> UserReader.statuses(response, chunk)), 1).concatMapIterable(Function.identity(), 1);
	}

	@Override
	public Mono<UserToken> token(UserTokenRequest request) {
		return repeatedOnConflict(this.tokens.issue(request));
	}

	/**
	 * The service refuses one of two calls that are about to register the same user.
	 */
	private static <T> Mono<T> repeatedOnConflict(Mono<T> call) {
		return call.onErrorResume(UserErrors::isConflict, (ex) -> call);
	}

	private static ImRequest.Builder ofUser(ImRequest.Builder request, Operation operation, String username) {
		UserBounds.user(operation, username);
		return request.path(USERS, username);
	}

	private <T> Mono<T> exchange(Supplier<ImRequest.Builder> request, Function<ImResponse, T> reader) {
		return Mono.defer(() -> this.rest.exchange(request.get().errorHints(UserErrors.HINTS).build(), reader));
	}

	private static boolean done(ImResponse response) {
		return true;
	}

	private static boolean confirmed(ImResponse response) {
		response.confirm(List.of("result"), UserErrors.NOT_DISCONNECTED);
		return true;
	}

	private static void putIfSet(Map<String, Object> fields, String field, @Nullable Object value) {
		if (value != null) {
			fields.put(field, value);
		}
	}

}
