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

package io.github.imspring.emulator.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.github.imspring.emulator.service.ServiceError;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a message and its targets from the body of a call, and refuses what the service
 * refuses, in its order.
 *
 * @param message the message
 * @param to the users, chatrooms or groups, each once
 * @param users the members who get it, if it goes to some members only
 */
record MessageReader(EmulatedMessage message, List<String> to, List<String> users) {

	private static final int MAX_CONTENT_BYTES = 5 * 1024;

	private static final int MAX_USERS = 20;

	private static final int MAX_ROAM_IGNORED = 20;

	private static final String DEFAULT_SENDER = "admin";

	private static final String ROUTE_ONLINE = "ROUTE_ONLINE";

	private static final Set<String> LEVELS = Set.of("high", "normal", "low");

	private static final Pattern ENV = Pattern.compile("[a-zA-Z0-9]{1,8}");

	/** What counts against the quota. */
	int messages() {
		return this.users.isEmpty() ? this.to.size() : this.users.size();
	}

	static MessageReader read(JsonNode request, Destination destination) {
		String from = isAbsent(request.path("from")) ? DEFAULT_SENDER : text(request.path("from"));
		requireSome(!from.isEmpty(), "from");
		List<String> to = texts(request.path("to"));
		requireSome(!to.isEmpty() && !to.contains(""), "to");
		List<String> users = destination.isMembers() ? texts(request.path("users")) : List.of();
		requireSome(!destination.isMembers() || (!users.isEmpty() && !users.contains("")), "users");
		String type = isAbsent(request.path("type")) ? "" : text(request.path("type"));
		requireSome(!type.isEmpty(), "type");
		JsonNode body = request.path("body");
		requireSome(!isAbsent(body) && !(body.isObject() && body.isEmpty()), "body");
		JsonNode ext = request.get("ext");
		if (ext != null && !ext.isObject()) {
			throw ServiceError.messageSend(400, "param ext must be JSONObject");
		}
		if (to.size() > destination.maxTargets) {
			throw tooMany("to", destination.namedLimit());
		}
		if (users.size() > MAX_USERS) {
			throw tooMany("users", MAX_USERS);
		}
		if (!body.isObject() || !MessageBodies.isValid(type, body)) {
			throw ServiceError.invalidRequestBody();
		}
		if (bytes(body) + bytes(ext) > MAX_CONTENT_BYTES) {
			throw ServiceError.messageTooLarge();
		}
		if (ext != null) {
			flag(ext.path("em_ignore_notification"));
		}
		EmulatedMessage message = new EmulatedMessage(destination.chatType, from, type, body, ext,
				routetype(request, destination), flag(request.path("sync_device")),
				roamIgnoreUsers(request, destination), level(request, destination),
				destination.chatType == ChatType.GROUP && flag(request.path("need_group_ack")), env(request));
		return new MessageReader(message, distinct(to), distinct(users));
	}

	private static @Nullable String routetype(JsonNode request, Destination destination) {
		if (destination.chatType == ChatType.CHATROOM || isAbsent(request.path("routetype"))) {
			return null;
		}
		String routetype = text(request.path("routetype"));
		if (!routetype.equals(ROUTE_ONLINE)) {
			throw ServiceError.invalidRequestBody();
		}
		return routetype;
	}

	private static List<String> roamIgnoreUsers(JsonNode request, Destination destination) {
		List<String> ignored = texts(request.path("roam_ignore_users"));
		if (destination != Destination.USERS && ignored.size() > MAX_ROAM_IGNORED) {
			throw tooMany("roam_ignore_users", MAX_ROAM_IGNORED);
		}
		return ignored;
	}

	private static @Nullable String level(JsonNode request, Destination destination) {
		if (destination.chatType != ChatType.CHATROOM) {
			return null;
		}
		String level = isAbsent(request.path("chatroom_msg_level")) ? "normal"
				: text(request.path("chatroom_msg_level"));
		if (!LEVELS.contains(level)) {
			throw ServiceError.invalidRequestBody();
		}
		return level;
	}

	private static @Nullable String env(JsonNode request) {
		if (isAbsent(request.path("env"))) {
			return null;
		}
		String env = text(request.path("env"));
		if (!ENV.matcher(env).matches()) {
			throw ServiceError.invalidRequestBody();
		}
		return env;
	}

	/** Names that differ in letter case alone are one user, or one room. */
	private static List<String> distinct(List<String> names) {
		Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		return names.stream().filter(seen::add).toList();
	}

	private static ServiceError tooMany(String name, int limit) {
		return ServiceError.messageSend(400, "params " + name + "'s size can't exceed limit " + limit);
	}

	static void requireSome(boolean some, String name) {
		if (!some) {
			throw ServiceError.messageSend(400, "param " + name + " can't be empty");
		}
	}

	static boolean isAbsent(JsonNode node) {
		return node.isMissingNode() || node.isNull();
	}

	static String text(JsonNode node) {
		if (!node.isString()) {
			throw ServiceError.invalidRequestBody();
		}
		return node.stringValue();
	}

	private static boolean flag(JsonNode node) {
		if (!isAbsent(node) && !node.isBoolean()) {
			throw ServiceError.invalidRequestBody();
		}
		return node.isBoolean() && node.booleanValue();
	}

	private static List<String> texts(JsonNode node) {
		if (isAbsent(node)) {
			return List.of();
		}
		if (!node.isArray()) {
			throw ServiceError.invalidRequestBody();
		}
		List<String> texts = new ArrayList<>(node.size());
		node.values().forEach((value) -> texts.add(text(value)));
		return texts;
	}

	private static int bytes(@Nullable JsonNode node) {
		return (node != null) ? node.toString().getBytes(StandardCharsets.UTF_8).length : 0;
	}

}
