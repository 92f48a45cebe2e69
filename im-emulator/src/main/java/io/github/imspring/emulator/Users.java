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

import io.github.imspring.emulator.user.UserService;

/**
 * The users of an app, for tests that want users without asking the service for them, or
 * users who are online: nobody logs in over REST.
 *
 * @since 0.1.0
 */
public final class Users {

	private final UserService users;

	Users(UserService users) {
		this.users = users;
	}

	/**
	 * Registers users; those who are there already stay as they are. Unlike the service,
	 * this takes any name of 1 to 64 characters.
	 * @param names the users' names; upper case is lowered
	 * @throws IllegalArgumentException if there can be no user of a name
	 */
	public void register(String... names) {
		this.users.make(names);
	}

	/**
	 * Whether there is a user.
	 * @param name the user's name, in any letter case
	 * @return {@code true} if the service would find the user
	 */
	public boolean exists(String name) {
		return this.users.exists(name);
	}

	/**
	 * How many users are registered.
	 * @return the number, without those who exist only because every name does
	 */
	public int count() {
		return this.users.count();
	}

	/**
	 * Logs a device of a user in: the user is online.
	 * @param name the user's name, in any letter case
	 * @param device the device, such as {@code android_123}
	 * @throws IllegalArgumentException if there is no such user, or the user is banned
	 */
	public void logIn(String name, String device) {
		this.users.logIn(name, device);
	}

	/**
	 * Logs a device of a user out. With the last one the user is offline.
	 * @param name the user's name, in any letter case
	 * @param device the device
	 */
	public void logOut(String name, String device) {
		this.users.logOut(name, device);
	}

}
