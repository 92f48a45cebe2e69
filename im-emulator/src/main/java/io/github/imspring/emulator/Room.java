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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One chatroom. Guarded by the lock of its store.
 */
final class Room {

	final String id;

	/** Rooms made later have a higher one. */
	final long order;

	final Instant created;

	/**
	 * Everyone in the room, the owner included, with a number that says who came later.
	 */
	final Map<String, Long> joined = new LinkedHashMap<>(4);

	final Set<String> admins = new LinkedHashSet<>(0);

	final Map<String, Instant> mutedUntil = new LinkedHashMap<>(0);

	final Map<String, Attribute> attributes = new TreeMap<>();

	String name;

	String description;

	String custom;

	int maxUsers;

	String owner;

	String announcement = "";

	boolean muted;

	Room(String id, long order, Instant created, Profile profile) {
		this.id = id;
		this.order = order;
		this.created = created;
		this.name = profile.name;
		this.description = profile.description;
		this.custom = profile.custom;
		this.maxUsers = profile.maxUsers;
		this.owner = profile.owner;
	}

	boolean has(String user) {
		return this.joined.containsKey(user);
	}

	/**
	 * What a room is made from.
	 */
	record Profile(String name, String description, String custom, int maxUsers, String owner) {
	}

	/**
	 * A custom attribute.
	 *
	 * @param value the value
	 * @param owner who set it
	 * @param autoDelete whether it goes when its owner leaves the room
	 */
	record Attribute(String value, String owner, boolean autoDelete) {
	}

}
