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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import reactor.core.publisher.Mono;

/**
 * The UUIDs of the users who were last asked for. Who asks for one that is being looked
 * up waits for the same answer.
 */
final class UserUuids {

	private static final int MAX_USERS = 10_000;

	private static final Duration FOR_EVER = Duration.ofDays(36500);

	/**
	 * Guarded by itself.
	 */
	private final Map<String, Mono<String>> uuids = new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Mono<String>> eldest) {
			return size() > MAX_USERS;
		}

	};

	Mono<String> get(String username, Supplier<Mono<String>> lookup) {
		synchronized (this.uuids) {
			return this.uuids.computeIfAbsent(UserBounds.key(username),
					(key) -> lookup.get().cache((uuid) -> FOR_EVER, (failure) -> Duration.ZERO, () -> Duration.ZERO));
		}
	}

	void remember(User user) {
		if (user.uuid() != null) {
			synchronized (this.uuids) {
				this.uuids.put(UserBounds.key(user.username()), Mono.just(user.uuid()));
			}
		}
	}

	void forget(String username) {
		synchronized (this.uuids) {
			this.uuids.remove(UserBounds.key(username));
		}
	}

}
