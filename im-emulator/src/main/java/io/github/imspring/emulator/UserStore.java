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
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The users that were registered.
 */
final class UserStore {

	static final int MAX_USERS = 1_000_000;

	private final UserPolicy policy;

	private final Map<String, User> users = new ConcurrentHashMap<>();

	UserStore(UserPolicy policy) {
		this.policy = policy;
	}

	boolean exists(String username) {
		return this.policy == UserPolicy.ANY || this.users.containsKey(username);
	}

	/** The user, made up if every name exists. */
	@Nullable User find(String username, Instant now) {
		User user = this.users.get(username);
		return (user == null && this.policy == UserPolicy.ANY) ? User.of(username, now) : user;
	}

	/** Returns whether the name was free. */
	boolean add(User user) {
		return this.users.putIfAbsent(user.username, user) == null;
	}

	boolean isRegistered(String username) {
		return this.users.containsKey(username);
	}

	int size() {
		return this.users.size();
	}

	void remove(String username) {
		this.users.remove(username);
	}

	void clear() {
		this.users.clear();
	}

	record User(String username, UUID uuid, Instant created) {

		static User of(String username, Instant created) {
			return new User(username, UUID.randomUUID(), created);
		}

	}

}
