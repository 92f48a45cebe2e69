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
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The users that were registered.
 */
final class UserStore {

	private static final int MAX_USERS = 1_000_000;

	/** Characters, as documented. */
	static final int MAX_NAME = 64;

	private final UserPolicy policy;

	private final Map<String, User> users = new ConcurrentHashMap<>();

	UserStore(UserPolicy policy) {
		this.policy = policy;
	}

	static boolean isLegal(String username) {
		return !username.isEmpty() && Fields.length(username) <= MAX_NAME;
	}

	boolean exists(String username) {
		return (this.policy == UserPolicy.ANY) ? isLegal(username) : this.users.containsKey(username);
	}

	/** The user, made up if every legal name exists. */
	@Nullable User find(String username, Instant now) {
		User user = this.users.get(username);
		return (user == null && this.policy == UserPolicy.ANY && isLegal(username)) ? User.of(username, now) : user;
	}

	/**
	 * Registers users, all or none.
	 * @throws ServiceError if a name is taken or named twice, or there are too many users
	 */
	synchronized void addAll(Collection<User> newcomers) {
		Set<String> names = new HashSet<>();
		for (User user : newcomers) {
			if (this.users.containsKey(user.username) || !names.add(user.username)) {
				throw duplicate(user.username);
			}
		}
		if (this.users.size() + newcomers.size() > MAX_USERS) {
			throw ServiceError.exceedLimit("the number of users has reached " + MAX_USERS);
		}
		newcomers.forEach((user) -> this.users.put(user.username, user));
	}

	void remove(String username) {
		this.users.remove(username);
	}

	void clear() {
		this.users.clear();
	}

	private static ServiceError duplicate(String username) {
		return ServiceError.of(400, "duplicate_unique_property_exists",
				"org.apache.usergrid.persistence.exceptions.DuplicateUniquePropertyExistsException",
				"Application " + Credentials.APPLICATION
						+ "Entity user requires that property named username be unique, value of " + username
						+ " exists");
	}

	record User(String username, UUID uuid, Instant created) {

		static User of(String username, Instant created) {
			return new User(username, UUID.randomUUID(), created);
		}

	}

}
