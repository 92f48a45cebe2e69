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

import io.github.imspring.exchange.ImResponse;
import io.github.imspring.exchange.JsonValue;
import io.github.imspring.exchange.ResponseEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page of a listing, which may be long, as leniently as {@link ChatroomReader}.
 */
final class ChatroomPageReader {

	private final ImResponse response;

	private final List<ChatroomSummary> chatrooms = new ArrayList<>();

	private @Nullable String cursor;

	private @Nullable Integer count;

	ChatroomPageReader(ImResponse response) {
		this.response = response;
	}

	ChatroomPage page() {
		ResponseEnvelope envelope = this.response.read(this::read);
		String next = this.cursor;
		return new ChatroomPage(this.chatrooms, (next != null && !next.isEmpty()) ? next : null, this.count, envelope);
	}

	private void read(String field, JsonValue value) {
		switch (field) {
			case "data" -> readAll(value);
			case "cursor" -> this.cursor = value.text();
			case "count" -> this.count = value.number();
			default -> {
			}
		}
	}

	private void readAll(JsonValue data) {
		this.chatrooms.clear();
		if (data.isArray()) {
			JsonValue.Elements elements = data.elements();
			while (elements.next()) {
				this.chatrooms.add(chatroom(elements.value()));
			}
		}
		else if (data.isObject()) {
			this.chatrooms.add(chatroom(data));
		}
		else if (!data.isNull()) {
			throw this.response.broken("'data' is neither an object nor an array");
		}
	}

	private ChatroomSummary chatroom(JsonValue node) {
		String id = null;
		String name = null;
		String owner = null;
		String ownerAmongAffiliations = null;
		Integer affiliations = null;
		Boolean disabled = null;
		JsonValue.Elements fields = node.elements();
		while (fields.next()) {
			JsonValue value = fields.value();
			switch (fields.name()) {
				case "id" -> id = value.text();
				case "name" -> name = value.text();
				case "owner" -> owner = value.text();
				case "affiliations" -> ownerAmongAffiliations = ChatroomReader.owner(value.tree());
				case "affiliations_count" -> affiliations = value.number();
				case "disabled" -> disabled = value.flag();
				default -> {
				}
			}
		}
		if (id == null || id.isBlank()) {
			throw this.response.broken("a chatroom has no 'id'");
		}
		return new ChatroomSummary(id, (name != null) ? name : "",
				(owner != null && !owner.isEmpty()) ? owner : ownerAmongAffiliations, affiliations, disabled);
	}

}
