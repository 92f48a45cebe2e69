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

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.github.imspring.emulator.http.Router;
import io.github.imspring.emulator.service.AppIdentity;
import io.github.imspring.emulator.service.Names;
import io.github.imspring.emulator.service.Route;
import io.github.imspring.emulator.service.ServiceError;
import io.github.imspring.emulator.service.Subject;
import org.jspecify.annotations.Nullable;

/**
 * The users of an app. Names are taken in any letter case.
 *
 * @since 0.1.0
 */
public final class UserService implements Subject {

	private final UserStore users;

	private final Sessions sessions = new Sessions();

	private final InstantSource clock;

	private final List<UserListener> listeners = new CopyOnWriteArrayList<>();

	public UserService(AppIdentity app, boolean anyExists, InstantSource clock) {
		this.users = new UserStore(app, anyExists);
		this.clock = clock;
	}

	public void listen(UserListener listener) {
		this.listeners.add(listener);
	}

	@Override
	public void register(Router<Route> router) {
		new UserEndpoints(this).register(router);
		new PresenceEndpoints(this).register(router);
	}

	@Override
	public void clear() {
		this.users.clear();
		this.sessions.clear();
	}

	UserStore store() {
		return this.users;
	}

	Sessions sessions() {
		return this.sessions;
	}

	public boolean exists(String name) {
		return this.users.exists(Names.canonical(name));
	}

	/**
	 * Lets nobody pass who does not exist.
	 * @throws ServiceError if there is no such user
	 */
	public void requireExisting(String name) {
		if (!exists(name)) {
			throw ServiceError.noSuchUser(name);
		}
	}

	public @Nullable EmulatedUser find(String name) {
		return this.users.find(Names.canonical(name), this.clock.instant());
	}

	public @Nullable EmulatedUser find(UUID uuid) {
		return this.users.find(uuid);
	}

	/**
	 * The user whom a path names.
	 * @throws ServiceError if there is none
	 */
	EmulatedUser get(String name) {
		EmulatedUser user = find(name);
		if (user == null) {
			throw ServiceError.userNotFound();
		}
		return user;
	}

	/** Makes users without asking the service; those who are there stay as they are. */
	public void make(String... names) {
		for (String name : names) {
			if (!Names.isPossible(name)) {
				throw new IllegalArgumentException("A user name has 1 to 64 characters");
			}
		}
		Arrays.stream(names).forEach((name) -> this.users.add(Names.canonical(name), this.clock.instant(), null, null));
	}

	/** Makes a user as the service does when a token is asked for one. */
	public EmulatedUser ensure(String name) {
		String canonical = Names.canonical(name);
		UserEndpoints.requireLegal(canonical);
		EmulatedUser user = this.users.add(canonical, this.clock.instant(), null, null);
		return (user != null) ? user : get(canonical);
	}

	public int count() {
		return this.users.size();
	}

	void delete(EmulatedUser user) {
		throwOut(user.username());
		this.sessions.forget(user.username());
		this.users.remove(user);
		report((listener) -> listener.deleted(user.username()));
	}

	public void logIn(String name, String device) {
		EmulatedUser user = find(name);
		if (user == null || !user.activated()) {
			throw new IllegalArgumentException("There is no user '" + name + "' who may log in");
		}
		if (this.sessions.logIn(user.username(), device)) {
			report((listener) -> listener.seen(user.username(), device, "login"));
		}
	}

	public void logOut(String name, String device) {
		end(name, device, "logout");
	}

	/** Whether a user was logged in, and is on no device any more. */
	public boolean wentOffline(String name) {
		return this.sessions.wentOffline(Names.canonical(name));
	}

	/** Ends a session from here; returns whether there was one. */
	boolean throwOut(String name, String device) {
		return end(name, device, "replaced");
	}

	private boolean end(String name, String device, String reason) {
		String user = Names.canonical(name);
		boolean there = this.sessions.logOut(user, device);
		if (there) {
			report((listener) -> listener.seen(user, device, reason));
		}
		return there;
	}

	/** Ends all sessions of a user from here. */
	void throwOut(String name) {
		String user = Names.canonical(name);
		this.sessions.logOutAll(user)
			.forEach((device) -> report((listener) -> listener.seen(user, device, "replaced")));
	}

	private void report(Consumer<UserListener> what) {
		this.listeners.forEach(what);
	}

}
