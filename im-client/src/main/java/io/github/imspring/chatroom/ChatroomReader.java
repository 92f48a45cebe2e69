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

package io.github.imspring.chatroom;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

import io.github.imspring.chatroom.Affiliation.Role;
import io.github.imspring.exchange.ImResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads chatrooms from answers: one object or an array of them, numbers and booleans also
 * as strings, the owner also among the affiliations.
 */
final class ChatroomReader {

	private final ImResponse response;

	private ChatroomReader(ImResponse response) {
		this.response = response;
	}

	static ChatroomPage page(ImResponse response) {
		ChatroomReader reader = new ChatroomReader(response);
		List<ChatroomSummary> chatrooms = reader.items().stream().map(reader::summary).toList();
		String cursor = text(response.body(), "cursor");
		return new ChatroomPage(chatrooms, cursor.isEmpty() ? null : cursor, number(response.body(), "count"),
				response.envelope());
	}

	static JoinedChatroomPage joinedPage(ImResponse response) {
		ChatroomReader reader = new ChatroomReader(response);
		List<JoinedChatroom> chatrooms = reader.items().stream().map(reader::joined).toList();
		return new JoinedChatroomPage(chatrooms, number(response.body(), "count"), response.envelope());
	}

	static ChatroomMemberPage memberPage(ImResponse response) {
		if (!response.data().isArray()) {
			throw response.broken("'data' is no array");
		}
		return new ChatroomMemberPage(affiliations(response.data()), number(response.body(), "count"),
				response.envelope());
	}

	static List<Chatroom> chatrooms(ImResponse response) {
		ChatroomReader reader = new ChatroomReader(response);
		return reader.items().stream().map(reader::chatroom).toList();
	}

	static String id(ImResponse response) {
		return new ChatroomReader(response).id(response.data());
	}

	private List<JsonNode> items() {
		JsonNode data = this.response.data();
		if (!data.isContainer()) {
			throw this.response.broken("'data' is neither an object nor an array");
		}
		return data.isArray() ? List.copyOf(data.values()) : List.of(data);
	}

	private ChatroomSummary summary(JsonNode node) {
		return new ChatroomSummary(id(node), text(node, "name"), owner(node, affiliations(node.path("affiliations"))),
				number(node, "affiliations_count"), flag(node, "disabled"));
	}

	private JoinedChatroom joined(JsonNode node) {
		return new JoinedChatroom(id(node), text(node, "name"), flag(node, "disabled"));
	}

	private Chatroom chatroom(JsonNode node) {
		List<Affiliation> affiliations = affiliations(node.path("affiliations"));
		return new Chatroom(id(node), text(node, "name"), text(node, "description"), flag(node, "membersonly"),
				flag(node, "allowinvites"), flag(node, "invite_need_confirm"), number(node, "maxusers"),
				owner(node, affiliations), time(node, "created"), text(node, "custom"), flag(node, "mute"),
				number(node, "affiliations_count"), affiliations, flag(node, "disabled"), flag(node, "public"));
	}

	private String id(JsonNode node) {
		String id = text(node, "id");
		if (id.isBlank()) {
			throw this.response.broken("a chatroom has no 'id'");
		}
		return id;
	}

	private static List<Affiliation> affiliations(JsonNode entries) {
		List<Affiliation> affiliations = new ArrayList<>();
		for (JsonNode entry : entries.values()) {
			entry.forEachEntry((role, user) -> affiliations
				.add(new Affiliation(user.asString(), "owner".equals(role) ? Role.OWNER : Role.MEMBER)));
		}
		return affiliations;
	}

	private static @Nullable String owner(JsonNode node, List<Affiliation> affiliations) {
		String owner = text(node, "owner");
		if (!owner.isEmpty()) {
			return owner;
		}
		return affiliations.stream()
			.filter((affiliation) -> affiliation.role() == Role.OWNER)
			.map(Affiliation::username)
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
