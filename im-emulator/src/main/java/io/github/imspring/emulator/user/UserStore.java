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

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;

import io.github.imspring.emulator.service.AppIdentity;
import io.github.imspring.emulator.service.Names;
import io.github.imspring.emulator.service.ServiceError;
import org.jspecify.annotations.Nullable;

/**
 * The users that were registered and, if every name exists, those that were asked for:
 * each of them is made up once, so that who asks again finds the same.
 */
final class UserStore {

	private static final int MAX_USERS = 1_000_000;

	private static final int MAX_MADE_UP = 100_000;

	private final AppIdentity app;

	private final boolean anyExists;

	private final Map<String, EmulatedUser> registered = new HashMap<>();

	private final NavigableMap<Long, String> byOrder = new TreeMap<>();

	private final Map<UUID, String> byUuid = new HashMap<>();

	private final Map<String, EmulatedUser> madeUp = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, EmulatedUser> eldest) {
			boolean full = size() > MAX_MADE_UP;
			if (full) {
				UserStore.this.byUuid.remove(eldest.getValue().uuid());
			}
			return full;
		}

	};

	private long lastOrder;

	UserStore(AppIdentity app, boolean anyExists) {
		this.app = app;
		this.anyExists = anyExists;
	}

	/** Whether there is a user of a name; nobody is made up for that. */
	synchronized boolean exists(String name) {
		return this.registered.containsKey(name) || (this.anyExists && Names.isPossible(name));
	}

	synchronized @Nullable EmulatedUser find(String name, Instant now) {
		EmulatedUser user = this.registered.get(name);
		if (user != null || !this.anyExists || !Names.isPossible(name)) {
			return user;
		}
		return this.madeUp.computeIfAbsent(name, (key) -> {
			UUID uuid = UUID.nameUUIDFromBytes((this.app.appKey() + "/" + key).getBytes(StandardCharsets.UTF_8));
			this.byUuid.put(uuid, key);
			return EmulatedUser.made(key, uuid, 0, now, null, null);
		});
	}

	synchronized @Nullable EmulatedUser find(UUID uuid) {
		String name = this.byUuid.get(uuid);
		if (name == null) {
			return null;
		}
		EmulatedUser user = this.registered.get(name);
		return (user != null) ? user : this.madeUp.get(name);
	}

	/**
	 * Registers a user. One who was made up before keeps their id.
	 * @return nothing if the name is taken
	 */
	synchronized @Nullable EmulatedUser add(String name, Instant now, @Nullable String nickname,
			@Nullable String password) {
		if (this.registered.containsKey(name)) {
			return null;
		}
		if (this.registered.size() == MAX_USERS) {
			throw ServiceError.exceedLimit("the number of users has reached " + MAX_USERS);
		}
		EmulatedUser before = this.madeUp.remove(name);
		EmulatedUser user = EmulatedUser.made(name, (before != null) ? before.uuid() : UUID.randomUUID(),
				++this.lastOrder, now, nickname, password);
		this.registered.put(name, user);
		this.byOrder.put(user.order(), name);
		this.byUuid.put(user.uuid(), name);
		return user;
	}

	/** Changes a user in one step. */
	synchronized @Nullable EmulatedUser change(String name, Instant now,
			BiFunction<EmulatedUser, Instant, EmulatedUser> change) {
		EmulatedUser user = find(name, now);
		if (user == null) {
			return null;
		}
		EmulatedUser changed = change.apply(user, now);
		(this.registered.containsKey(name) ? this.registered : this.madeUp).put(name, changed);
		return changed;
	}

	synchronized void remove(EmulatedUser user) {
		this.registered.remove(user.username());
		this.madeUp.remove(user.username());
		this.byOrder.remove(user.order());
		this.byUuid.remove(user.uuid());
	}

	/** The next of those who were registered, oldest first. */
	synchronized List<EmulatedUser> after(long order, int limit) {
		List<EmulatedUser> page = new ArrayList<>();
		for (String name : this.byOrder.tailMap(order, false).values()) {
			if (page.size() == limit) {
				break;
			}
			EmulatedUser user = this.registered.get(name);
			if (user != null) {
				page.add(user);
			}
		}
		return page;
	}

	synchronized int size() {
		return this.registered.size();
	}

	synchronized void clear() {
		this.registered.clear();
		this.byOrder.clear();
		this.byUuid.clear();
		this.madeUp.clear();
	}

}
