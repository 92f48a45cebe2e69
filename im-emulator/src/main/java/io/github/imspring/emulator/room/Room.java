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

package io.github.imspring.emulator.room;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One chatroom, or what a group has in common with one. Guarded by the lock of its store.
 */
class Room {

	final String id;

	/** Rooms made later have a higher one. */
	final long order;

	final Instant created;

	/** Everyone in the room, the owner included, by the order in which they came. */
	final Map<String, Join> joined = new LinkedHashMap<>(4);

	final Set<String> admins = new LinkedHashSet<>(0);

	/** Stays when its user leaves. */
	final Map<String, Instant> mutedUntil = new LinkedHashMap<>(0);

	final Set<String> allowed = new LinkedHashSet<>(0);

	final Set<String> blocked = new LinkedHashSet<>(0);

	final Map<String, Attribute> attributes = new TreeMap<>();

	String name;

	String description;

	String custom;

	int maxUsers;

	String owner;

	String announcement = "";

	boolean muted;

	Instant modified;

	private @Nullable List<String> everyone;

	Room(String id, long order, Instant created, Profile profile) {
		this.id = id;
		this.order = order;
		this.created = created;
		this.modified = created;
		this.name = profile.name;
		this.description = profile.description;
		this.custom = profile.custom;
		this.maxUsers = profile.maxUsers;
		this.owner = profile.owner;
	}

	boolean has(String user) {
		return this.joined.containsKey(user);
	}

	void enter(String user, Join join) {
		this.joined.put(user, join);
		this.everyone = null;
	}

	/** Takes a user out, with what is theirs only while they are here. */
	@Nullable Join leave(String user) {
		this.everyone = null;
		this.admins.remove(user);
		this.allowed.remove(user);
		this.attributes.values().removeIf((attribute) -> attribute.autoDelete() && attribute.owner().equals(user));
		return this.joined.remove(user);
	}

	/** Why a user may not speak, or nothing. A mute overrules the allow list. */
	@Nullable String whySilent(String user, Instant now) {
		if (!has(user)) {
			return "You are not a member";
		}
		Instant until = this.mutedUntil.get(user);
		if (until != null && until.isAfter(now)) {
			return "You are muted";
		}
		boolean excepted = user.equals(this.owner) || this.admins.contains(user) || this.allowed.contains(user);
		return (this.muted && !excepted) ? "All members are muted" : null;
	}

	/** What callbacks say of the room: texts, whatever they mean. */
	ObjectNode info(String appKey) {
		return JsonNodeFactory.instance.objectNode()
			.put("owner", appKey + "_" + this.owner)
			.put("title", this.name)
			.put("description", this.description)
			.put("custom", this.custom)
			.put("max_users", Integer.toString(this.maxUsers))
			.put("mute", Boolean.toString(this.muted))
			.put("created", Long.toString(this.created.toEpochMilli()))
			.put("last_modified", Long.toString(this.modified.toEpochMilli()));
	}

	/** Everyone who is here now; does not change when they do. */
	List<String> everyone() {
		List<String> those = this.everyone;
		if (those == null) {
			those = List.copyOf(this.joined.keySet());
			this.everyone = those;
		}
		return those;
	}

	/**
	 * What a room is made from.
	 */
	record Profile(String name, String description, String custom, int maxUsers, String owner) {
	}

	/**
	 * When somebody came.
	 *
	 * @param order who came later has a higher one
	 */
	record Join(long order, Instant since) {
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
