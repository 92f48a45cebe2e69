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

import java.util.ArrayList;
import java.util.List;

import io.github.imspring.chatroom.Affiliation.Role;
import io.github.imspring.exchange.ImResponse;
import io.github.imspring.exchange.ResponseFields;
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
		return new ChatroomPageReader(response).page();
	}

	static JoinedChatroomPage joinedPage(ImResponse response) {
		ChatroomReader reader = new ChatroomReader(response);
		List<JoinedChatroom> chatrooms = response.items().stream().map(reader::joined).toList();
		return new JoinedChatroomPage(chatrooms, response.fields().number("count"), response.envelope());
	}

	static ChatroomMemberPage memberPage(ImResponse response) {
		if (!response.data().isArray()) {
			throw response.broken("'data' is no array");
		}
		return new ChatroomMemberPage(affiliations(response.data()), response.fields().number("count"),
				response.envelope());
	}

	static List<Chatroom> chatrooms(ImResponse response) {
		ChatroomReader reader = new ChatroomReader(response);
		return response.items().stream().map(reader::chatroom).toList();
	}

	static String id(ImResponse response) {
		return new ChatroomReader(response).id(new ResponseFields(response.data()));
	}

	private JoinedChatroom joined(ResponseFields node) {
		return new JoinedChatroom(id(node), node.text("name"), node.flag("disabled"));
	}

	private Chatroom chatroom(ResponseFields node) {
		List<Affiliation> affiliations = affiliations(node.json().path("affiliations"));
		return new Chatroom(id(node), node.text("name"), node.text("description"), node.flag("membersonly"),
				node.flag("allowinvites"), node.flag("invite_need_confirm"), node.number("maxusers"),
				owner(node, affiliations), node.time("created"), node.text("custom"), node.flag("mute"),
				node.number("affiliations_count"), affiliations, node.flag("disabled"), node.flag("public"));
	}

	private String id(ResponseFields node) {
		String id = node.text("id");
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

	private static @Nullable String owner(ResponseFields node, List<Affiliation> affiliations) {
		String owner = node.text("owner");
		return !owner.isEmpty() ? owner : owner(affiliations);
	}

	/**
	 * The owner among the affiliations of a chatroom.
	 */
	static @Nullable String owner(JsonNode affiliations) {
		return owner(affiliations(affiliations));
	}

	private static @Nullable String owner(List<Affiliation> affiliations) {
		return affiliations.stream()
			.filter((affiliation) -> affiliation.role() == Role.OWNER)
			.map(Affiliation::username)
			.findFirst()
			.orElse(null);
	}

}
