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

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * On which devices users are logged in. A device is named by its resource, such as
 * {@code android_123}. Users whose last device logged out are known to be offline.
 */
final class Sessions {

	private static final int MAX_USERS = 1_000_000;

	private static final int MAX_DEVICES = 100;

	private final Map<String, Set<String>> devices = new LinkedHashMap<>();

	synchronized boolean isOnline(String user) {
		return !of(user).isEmpty();
	}

	/** Whether the user was logged in, and is on no device any more. */
	synchronized boolean wentOffline(String user) {
		Set<String> those = this.devices.get(user);
		return those != null && those.isEmpty();
	}

	synchronized List<String> of(String user) {
		return List.copyOf(this.devices.getOrDefault(user, Set.of()));
	}

	/** Returns whether the device was not logged in yet. */
	synchronized boolean logIn(String user, String device) {
		Set<String> those = this.devices.get(user);
		if (those == null && this.devices.size() == MAX_USERS) {
			forgetOneOffline();
		}
		if ((those == null) ? this.devices.size() == MAX_USERS : those.size() == MAX_DEVICES) {
			throw new IllegalArgumentException("Too many devices are logged in");
		}
		return this.devices.computeIfAbsent(user, (name) -> new LinkedHashSet<>()).add(device);
	}

	private void forgetOneOffline() {
		this.devices.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().isEmpty())
			.map(Map.Entry::getKey)
			.findFirst()
			.ifPresent(this.devices::remove);
	}

	/** Returns whether the device was logged in. */
	synchronized boolean logOut(String user, String device) {
		Set<String> those = this.devices.get(user);
		return those != null && those.remove(device);
	}

	/** Returns the devices that were logged in. */
	synchronized List<String> logOutAll(String user) {
		List<String> those = of(user);
		those.forEach((device) -> logOut(user, device));
		return those;
	}

	synchronized void forget(String user) {
		this.devices.remove(user);
	}

	synchronized void clear() {
		this.devices.clear();
	}

}
