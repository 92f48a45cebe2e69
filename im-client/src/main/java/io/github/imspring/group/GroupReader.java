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

package io.github.imspring.group;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

import io.github.imspring.exchange.ImResponse;
import io.github.imspring.group.GroupMember.Role;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads groups from answers: one object or an array of them, numbers and booleans also as
 * strings, the ID under each of its names.
 */
final class GroupReader {

	/**
	 * What the list of all groups puts before the owner's name.
	 */
	private static final Pattern APP_KEY = Pattern.compile("^[^#_]+#[^_]+_");

	private final ImResponse response;

	private GroupReader(ImResponse response) {
		this.response = response;
	}

	static String id(ImResponse response) {
		return new GroupReader(response).id(response.data());
	}

	static List<Group> groups(ImResponse response) {
		GroupReader reader = new GroupReader(response);
		return reader.items(response.data()).stream().filter((node) -> !isUnknown(node)).map(reader::group).toList();
	}

	/**
	 * An unknown ID among known ones has an item of its own, which says so.
	 */
	private static boolean isUnknown(JsonNode node) {
		return node.isString() || node.has("error") || (!node.has("affiliations")
				&& node.values().stream().anyMatch((value) -> value.asString("").contains("doesn't exist")));
	}

	static GroupPage page(ImResponse response) {
		GroupReader reader = new GroupReader(response);
		String cursor = text(response.body(), "cursor");
		return new GroupPage(reader.items(response.data()).stream().map(reader::summary).toList(),
				cursor.isEmpty() ? null : cursor, response.envelope());
	}

	/**
	 * The groups of a user stand among the entities, or among the data.
	 */
	static JoinedGroupPage joinedPage(ImResponse response) {
		GroupReader reader = new GroupReader(response);
		JsonNode entities = response.body().path("entities");
		JsonNode groups = (entities.size() == 0 && response.body().path("data").isArray()) ? response.data() : entities;
		return new JoinedGroupPage(groups.values().stream().map(reader::joined).toList(),
				number(response.body(), "total"), response.envelope());
	}

	static GroupMemberPage memberPage(ImResponse response) {
		if (!response.data().isArray()) {
			throw response.broken("'data' is no array");
		}
		return new GroupMemberPage(members(response.data()), number(response.body(), "count"), response.envelope());
	}

	private List<JsonNode> items(JsonNode data) {
		if (!data.isContainer()) {
			throw this.response.broken("'data' is neither an object nor an array");
		}
		return data.isArray() ? List.copyOf(data.values()) : List.of(data);
	}

	private Group group(JsonNode node) {
		List<GroupMember> affiliations = members(node.path("affiliations"));
		return new Group(id(node), name(node), text(node, "avatar"), text(node, "description"), text(node, "custom"),
				owner(node, affiliations), flag(node, "public"), flag(node, "membersonly"), flag(node, "allowinvites"),
				flag(node, "invite_need_confirm"), number(node, "maxusers"), flag(node, "mute"), flag(node, "disabled"),
				time(node, "created"), number(node, "affiliations_count"), affiliations);
	}

	private GroupSummary summary(JsonNode node) {
		String owner = APP_KEY.matcher(text(node, "owner")).replaceFirst("");
		return new GroupSummary(id(node), name(node), owner.isEmpty() ? null : owner, number(node, "affiliations"),
				time(node, "lastModified"));
	}

	private JoinedGroup joined(JsonNode node) {
		return new JoinedGroup(id(node), name(node), text(node, "description"), owner(node, List.of()),
				flag(node, "disabled"));
	}

	private String id(JsonNode node) {
		for (String field : List.of("groupid", "groupId", "id")) {
			String id = text(node, field);
			if (!id.isEmpty()) {
				return id;
			}
		}
		throw this.response.broken("a group has no 'groupid'");
	}

	private static String name(JsonNode node) {
		String name = text(node, "groupname");
		return name.isEmpty() ? text(node, "name") : name;
	}

	private static List<GroupMember> members(JsonNode entries) {
		List<GroupMember> members = new ArrayList<>();
		for (JsonNode entry : entries.values()) {
			for (Role role : Role.values()) {
				String username = text(entry, role.name().toLowerCase(Locale.ROOT));
				if (!username.isEmpty()) {
					members.add(new GroupMember(username, role, time(entry, "joined_time")));
				}
			}
		}
		return members;
	}

	private static @Nullable String owner(JsonNode node, List<GroupMember> affiliations) {
		String owner = text(node, "owner");
		if (!owner.isEmpty()) {
			return owner;
		}
		return affiliations.stream()
			.filter((member) -> member.role() == Role.OWNER)
			.map(GroupMember::username)
			.findFirst()
			.orElse(null);
	}

	private static String text(JsonNode node, String field) {
		return node.path(field).asStringOpt().orElse("");
	}

	private static @Nullable Integer number(JsonNode node, String field) {
		OptionalInt number = node.path(field).asIntOpt();
		return number.isPresent() ? number.getAsInt() : null;
	}

	private static @Nullable Boolean flag(JsonNode node, String field) {
		return node.path(field).asBooleanOpt().orElse(null);
	}

	private static @Nullable Instant time(JsonNode node, String field) {
		OptionalLong millis = node.path(field).asLongOpt();
		return millis.isPresent() ? Instant.ofEpochMilli(millis.getAsLong()) : null;
	}

}
