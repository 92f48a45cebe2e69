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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.imspring.emulator.http.Reply;
import io.github.imspring.emulator.http.Router;
import io.github.imspring.emulator.room.Room.Attribute;
import io.github.imspring.emulator.service.Call;
import io.github.imspring.emulator.service.Fields;
import io.github.imspring.emulator.service.Route;
import io.github.imspring.emulator.service.ServiceError;
import io.github.imspring.emulator.service.ServiceOperation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A chatroom's custom attributes. Each belongs to who set it; a key that fails fails
 * alone.
 */
final class AttributeEndpoints {

	private static final int MAX_BATCH = 10;

	private static final int MAX_KEY = 128;

	private static final int MAX_VALUE = 4096;

	private static final int MAX_ATTRIBUTES = 100;

	private static final Pattern KEY = Pattern.compile("[a-zA-Z0-9_.-]+");

	private static final String NOT_YOURS = "others are not allowed to be set";

	private final RoomStore<Room> rooms;

	AttributeEndpoints(RoomStore<Room> rooms) {
		this.rooms = rooms;
	}

	void register(Router<Route> router) {
		String room = "/metadata/chatroom/{id}";
		String user = room + "/user/{username}";
		router.add("POST", room, Route.of("get-attributes", this.rooms.guarded(this::get)));
		ServiceOperation setting = ServiceOperation.of("set-attributes");
		ServiceOperation deleting = ServiceOperation.of("delete-attributes");
		router.add("PUT", user, Route.of(setting, this.rooms.guarded((call) -> set(call, false))));
		router.add("PUT", user + "/forced",
				Route.of(setting.sharedBy("force-set-attributes"), this.rooms.guarded((call) -> set(call, true))));
		router.add("DELETE", user, Route.of(deleting, this.rooms.guarded((call) -> delete(call, false))));
		router.add("DELETE", user + "/forced", Route.of(deleting.sharedBy("force-delete-attributes"),
				this.rooms.guarded((call) -> delete(call, true))));
	}

	private Reply get(Call call) {
		Fields fields = new Fields(call.objectOrNothing());
		Room room = this.rooms.get(call.variable("id"));
		ObjectNode data = JsonNodeFactory.instance.objectNode();
		if (fields.has("keys")) {
			for (String key : fields.texts("keys")) {
				Attribute attribute = room.attributes.get(key);
				if (attribute != null) {
					data.put(key, attribute.value());
				}
			}
		}
		else {
			room.attributes.forEach((key, attribute) -> data.put(key, attribute.value()));
		}
		return answer(call, data);
	}

	private Reply set(Call call, boolean forced) {
		JsonNode body = call.object();
		Map<String, String> metaData = metaData(body);
		boolean autoDelete = autoDelete(body);
		requireBatch(metaData.size());
		Room room = this.rooms.get(call.variable("id"));
		String user = requireMember(call, room, forced);
		Outcome outcome = new Outcome();
		metaData.forEach((key, value) -> {
			String error = errorOf(room, key, value, user, forced);
			if (error == null) {
				room.attributes.put(key, new Attribute(value, user, autoDelete));
			}
			outcome.add(key, error);
		});
		if (outcome.isOnlyNotYours()) {
			throw ServiceError.metadata(400, null, NOT_YOURS);
		}
		return answer(call, outcome.data);
	}

	private Reply delete(Call call, boolean forced) {
		List<String> keys = new Fields(call.objectOrNothing()).texts("keys");
		requireBatch(keys.size());
		Room room = this.rooms.get(call.variable("id"));
		String user = requireMember(call, room, forced);
		Outcome outcome = new Outcome();
		for (String key : keys) {
			Attribute attribute = room.attributes.get(key);
			boolean allowed = attribute == null || forced || attribute.owner().equals(user);
			if (allowed) {
				room.attributes.remove(key);
			}
			outcome.add(key, allowed ? null : NOT_YOURS);
		}
		return answer(call, outcome.data);
	}

	private static Reply answer(Call call, ObjectNode data) {
		ObjectNode envelope = JsonNodeFactory.instance.objectNode();
		envelope.put("uri", call.uri("/metadata/chatroom"));
		if (call.request().method().equals("DELETE")) {
			envelope.put("status", "ok");
		}
		envelope.put("timestamp", call.started());
		envelope.put("action", call.request().method().toLowerCase(Locale.ROOT));
		envelope.set("data", data);
		return Reply.json(200, envelope);
	}

	private static Map<String, String> metaData(JsonNode body) {
		JsonNode node = body.path("metaData");
		if (node.isMissingNode() || node.isNull()) {
			throw Fields.mustBeProvided("metaData");
		}
		Map<String, String> metaData = new LinkedHashMap<>();
		for (Map.Entry<String, JsonNode> entry : node.properties()) {
			if (!entry.getValue().isString()) {
				throw ServiceError.invalidRequestBody();
			}
			metaData.put(entry.getKey(), entry.getValue().stringValue());
		}
		if (!node.isObject()) {
			throw ServiceError.invalidRequestBody();
		}
		return metaData;
	}

	private static boolean autoDelete(JsonNode body) {
		String autoDelete = new Fields(body).optionalText("autoDelete");
		if (autoDelete == null || autoDelete.equalsIgnoreCase("DELETE")) {
			return true;
		}
		if (autoDelete.equalsIgnoreCase("NO_DELETE")) {
			return false;
		}
		throw ServiceError.invalidRequestBody();
	}

	private static void requireBatch(int size) {
		if (size > MAX_BATCH) {
			throw ServiceError.metadata(400, null, "exceed allowed batch size " + MAX_BATCH);
		}
	}

	/**
	 * Who writes by force need not be in the room, as the service's own clients rely on.
	 * A forced set's documented "user is not in chatroom" is thus never answered from
	 * here; a test that wants to see it plans it as a fault.
	 */
	private static String requireMember(Call call, Room room, boolean forced) {
		String user = call.user("username");
		if (!forced && !room.has(user)) {
			throw ServiceError.metadata(401, "MetadataException", "user is not in chatroom");
		}
		return user;
	}

	private static @Nullable String errorOf(Room room, String key, String value, String user, boolean forced) {
		if (Fields.length(key) > MAX_KEY) {
			return "properties key '" + key + "' is exceeding maximum limit " + MAX_KEY;
		}
		if (!KEY.matcher(key).matches()) {
			return "properties key '" + key + "' is invalid";
		}
		if (Fields.length(value) > MAX_VALUE) {
			return "properties value of key '" + key + "' is exceeding maximum limit " + MAX_VALUE;
		}
		Attribute before = room.attributes.get(key);
		if (before == null) {
			return (room.attributes.size() < MAX_ATTRIBUTES) ? null
					: "properties count is exceeding maximum limit " + MAX_ATTRIBUTES;
		}
		return (forced || before.owner().equals(user)) ? null : NOT_YOURS;
	}

	/** What became of each key. */
	private static final class Outcome {

		private final ObjectNode data = JsonNodeFactory.instance.objectNode();

		private boolean onlyNotYours = true;

		Outcome() {
			this.data.putArray("successKeys");
			this.data.putObject("errorKeys");
		}

		void add(String key, @Nullable String error) {
			if (error == null) {
				this.data.withArray("successKeys").add(key);
			}
			else {
				this.data.withObject("errorKeys").put(key, error);
			}
			this.onlyNotYours &= NOT_YOURS.equals(error);
		}

		/** Whether there were keys, and every single one was somebody else's. */
		boolean isOnlyNotYours() {
			return this.onlyNotYours && !this.data.path("errorKeys").isEmpty();
		}

	}

}
