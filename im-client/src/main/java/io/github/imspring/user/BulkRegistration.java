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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.github.imspring.error.ImApiException;
import io.github.imspring.error.ImException;
import io.github.imspring.error.ImValidationException;
import io.github.imspring.operation.Operations;
import io.github.imspring.validation.Bounds;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Registers any number of users in calls of 60, and reports what became of each. A user
 * who is out of bounds, or for whom the service refuses the whole call, costs the others
 * of the call nothing.
 */
final class BulkRegistration {

	private static final int USERS_A_CALL = 60;

	private static final int CALLS_AT_A_TIME = 16;

	private final Function<List<NewUser>, Mono<Map<String, Registration>>> sender;

	/**
	 * Creates the registration.
	 * @param sender makes a call for users of different names, and gives what became of
	 * each by the key of the name
	 */
	BulkRegistration(Function<List<NewUser>, Mono<Map<String, Registration>>> sender) {
		this.sender = sender;
	}

	Flux<Registration> register(Publisher<NewUser> users) {
		return Flux.defer(() -> {
			Bounds.of(Operations.REGISTER_USERS).given("users", users);
			AtomicReference<@Nullable Throwable> sourceFailure = new AtomicReference<>();
			// The source may block, and is not to do so on the thread that an answer came
			// on.
			return Flux.from(users).subscribeOn(Schedulers.boundedElastic()).onErrorResume((failure) -> {
				sourceFailure.set(failure);
				return Flux.empty();
			})
				.buffer(USERS_A_CALL)
				.flatMapSequential(this::registerChunk, CALLS_AT_A_TIME)
				.concatWith(Mono.defer(() -> Mono.justOrEmpty(sourceFailure.get()).flatMap(Mono::error)));
		});
	}

	private Flux<Registration> registerChunk(List<NewUser> users) {
		Chunk chunk = Chunk.of(users);
		return send(chunk.valid()).flatMapIterable(chunk::results);
	}

	private Mono<Map<String, Registration>> send(List<NewUser> users) {
		if (users.isEmpty()) {
			return Mono.just(Map.of());
		}
		return this.sender.apply(users)
			.onErrorResume(ImException.class, (failure) -> (users.size() > 1 && concernsContent(failure))
					? sendInHalves(users) : Mono.just(failed(users, failure)));
	}

	private static boolean concernsContent(ImException failure) {
		return failure instanceof ImApiException ex && ex.status() == 400 && !ex.mayHaveBeenProcessed();
	}

	private Mono<Map<String, Registration>> sendInHalves(List<NewUser> users) {
		int middle = users.size() / 2;
		return Flux.just(users.subList(0, middle), users.subList(middle, users.size()))
			.concatMap(this::send, 1)
			.collect(HashMap<String, Registration>::new, HashMap::putAll)
			.map(Map::copyOf);
	}

	private static Map<String, Registration> failed(List<NewUser> users, ImException failure) {
		Map<String, Registration> registrations = new HashMap<>();
		for (NewUser user : users) {
			registrations.put(UserBounds.key(user.username()),
					UserErrors.isDuplicate(failure) ? Registration.existed(user.username(), failure.problem())
							: Registration.failed(user.username(), failure));
		}
		return registrations;
	}

	/**
	 * The users of a call.
	 *
	 * @param all the users as they were given
	 * @param byKey the first of each name that is within its bounds
	 * @param invalid why others are not sent, by their place among all
	 */
	private record Chunk(List<NewUser> all, Map<String, NewUser> byKey, Map<Integer, Registration> invalid) {

		static Chunk of(List<NewUser> users) {
			Map<String, NewUser> byKey = new LinkedHashMap<>();
			Map<Integer, Registration> invalid = new HashMap<>();
			for (int i = 0; i < users.size(); i++) {
				NewUser user = users.get(i);
				try {
					UserBounds.newUser(Operations.REGISTER_USERS, user);
					byKey.putIfAbsent(UserBounds.key(user.username()), user);
				}
				catch (ImValidationException ex) {
					invalid.put(i, Registration.failed(user.username(), ex));
				}
			}
			return new Chunk(users, byKey, invalid);
		}

		List<NewUser> valid() {
			return List.copyOf(this.byKey.values());
		}

		/**
		 * What became of each, in order. Who is named again is there already if the first
		 * of the name is.
		 */
		List<Registration> results(Map<String, Registration> registrations) {
			List<Registration> results = new ArrayList<>();
			Set<String> seen = new HashSet<>();
			for (int i = 0; i < this.all.size(); i++) {
				Registration invalid = this.invalid.get(i);
				if (invalid != null) {
					results.add(invalid);
					continue;
				}
				String username = this.all.get(i).username();
				String key = UserBounds.key(username);
				Registration first = registrations.getOrDefault(key,
						Registration.refused(username, "the call did not name the user"));
				results.add((seen.add(key) || !first.isThere()) ? first
						: Registration.existed(username, "the user was named before"));
			}
			return results;
		}

	}

}
