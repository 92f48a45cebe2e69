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

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import io.github.imspring.exchange.ImResponse;
import io.github.imspring.exchange.ResponseFields;
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
		return new GroupReader(response).id(new ResponseFields(response.data()));
	}

	static List<Group> groups(ImResponse response) {
		GroupReader reader = new GroupReader(response);
		return response.items().stream().filter((node) -> !isUnknown(node.json())).map(reader::group).toList();
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
		return new GroupPage(response.items().stream().map(reader::summary).toList(),
				response.fields().textOrNull("cursor"), response.envelope());
	}

	/**
	 * The groups of a user stand among the entities, or among the data.
	 */
	static JoinedGroupPage joinedPage(ImResponse response) {
		GroupReader reader = new GroupReader(response);
		JsonNode entities = response.body().path("entities");
		JsonNode groups = (entities.size() == 0 && response.body().path("data").isArray()) ? response.data() : entities;
		return new JoinedGroupPage(groups.values().stream().map(ResponseFields::new).map(reader::joined).toList(),
				response.fields().number("total"), response.envelope());
	}

	static GroupMemberPage memberPage(ImResponse response) {
		if (!response.data().isArray()) {
			throw response.broken("'data' is no array");
		}
		return new GroupMemberPage(members(response.data()), response.fields().number("count"), response.envelope());
	}

	private Group group(ResponseFields node) {
		List<GroupMember> affiliations = members(node.json().path("affiliations"));
		return new Group(id(node), name(node), node.text("avatar"), node.text("description"), node.text("custom"),
				owner(node, affiliations), node.flag("public"), node.flag("membersonly"), node.flag("allowinvites"),
				node.flag("invite_need_confirm"), node.number("maxusers"), node.flag("mute"), node.flag("disabled"),
				node.time("created"), node.number("affiliations_count"), affiliations);
	}

	private GroupSummary summary(ResponseFields node) {
		String owner = APP_KEY.matcher(node.text("owner")).replaceFirst("");
		return new GroupSummary(id(node), name(node), owner.isEmpty() ? null : owner, node.number("affiliations"),
				node.time("lastModified"));
	}

	private JoinedGroup joined(ResponseFields node) {
		return new JoinedGroup(id(node), name(node), node.text("description"), owner(node, List.of()),
				node.flag("disabled"));
	}

	private String id(ResponseFields node) {
		for (String field : List.of("groupid", "groupId", "id")) {
			String id = node.text(field);
			if (!id.isEmpty()) {
				return id;
			}
		}
		throw this.response.broken("a group has no 'groupid'");
	}

	private static String name(ResponseFields node) {
		String name = node.text("groupname");
		return name.isEmpty() ? node.text("name") : name;
	}

	private static List<GroupMember> members(JsonNode entries) {
		List<GroupMember> members = new ArrayList<>();
		for (JsonNode entry : entries.values()) {
			ResponseFields member = new ResponseFields(entry);
			for (Role role : Role.values()) {
				String username = member.text(role.name().toLowerCase(Locale.ROOT));
				if (!username.isEmpty()) {
					members.add(new GroupMember(username, role, member.time("joined_time")));
				}
			}
		}
		return members;
	}

	private static @Nullable String owner(ResponseFields node, List<GroupMember> affiliations) {
		String owner = node.text("owner");
		if (!owner.isEmpty()) {
			return owner;
		}
		return affiliations.stream()
			.filter((member) -> member.role() == Role.OWNER)
			.map(GroupMember::username)
			.findFirst()
			.orElse(null);
	}

}
