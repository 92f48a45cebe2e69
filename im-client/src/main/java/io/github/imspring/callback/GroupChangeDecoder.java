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

package io.github.imspring.callback;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads what happened to a group or a chatroom.
 */
final class GroupChangeDecoder {

	private static final String TYPE = "type";

	private static final String MEMBER = "member";

	private static final String ADMIN = "admin";

	private static final String INFO = "info";

	private static final String EXPIRES = "expire_timestamp";

	private GroupChangeDecoder() {
	}

	static GroupChange change(String operation, Fields payload) {
		String type = payload.name(TYPE);
		GroupChange change = documented(operation, type, payload);
		return (change != null) ? change : new GroupChange.Other(operation, type,
				payload.json().isObject() ? payload.json() : JsonNodeFactory.instance.objectNode());
	}

	private static @Nullable GroupChange documented(String operation, @Nullable String type, Fields payload) {
		return switch (operation) {
			case "CREATE" -> new GroupChange.Created(payload.object("role").texts(), payload.texts(MEMBER),
					payload.object(INFO).texts());
			case "DELETE" -> new GroupChange.Deleted();
			default -> (type != null) ? documentedWithType(operation, type, payload) : null;
		};
	}

	private static @Nullable GroupChange documentedWithType(String operation, String type, Fields payload) {
		return switch (operation) {
			case "JOIN" -> new GroupChange.Joined(payload.texts(MEMBER), type);
			case "LEAVE" -> new GroupChange.Left(payload.texts(MEMBER), type);
			case "UPDATE" -> update(type, payload);
			default -> addedOrRemoved(operation, type, payload);
		};
	}

	private static @Nullable GroupChange update(String type, Fields payload) {
		return switch (type) {
			case "INFO" -> new GroupChange.InfoChanged(payload.object(INFO).texts());
			case "OWNER" -> {
				String newOwner = payload.name("new_owner");
				yield (newOwner != null) ? new GroupChange.OwnerChanged(payload.name("owner"), newOwner) : null;
			}
			case "MUTE" -> payload.has("mute") ? new GroupChange.AllMuted(payload.flag("mute")) : null;
			case "ANNOUNCEMENT" -> {
				String announcement = payload.text("announcement");
				yield new GroupChange.AnnouncementChanged((announcement != null) ? announcement : "");
			}
			case "DISABLE" -> payload.has("disabled") || payload.has("disable")
					? new GroupChange.Disabled(payload.flag("disabled") || payload.flag("disable")) : null;
			default -> null;
		};
	}

	private static @Nullable GroupChange addedOrRemoved(String operation, String type, Fields payload) {
		boolean added = type.equals("ADD");
		if (!added && !type.equals("REMOVE")) {
			return null;
		}
		List<String> members = payload.texts(MEMBER);
		return switch (operation) {
			case "ADMIN" -> new GroupChange.AdminsChanged(payload.texts(ADMIN), added);
			case "MUTE" -> new GroupChange.MutesChanged(members, added, payload.time(EXPIRES));
			case "WHITE" -> new GroupChange.AllowListChanged(members, added);
			case "BLOCK" -> new GroupChange.BlockListChanged(members, added, payload.time(EXPIRES));
			case "SHIELD" -> new GroupChange.Shielded(added);
			case "SHARE_FILE" -> new GroupChange.SharedFilesChanged(payload.texts("share_file"), added);
			case "ROOM_SUPER_ADMIN" -> new GroupChange.SuperAdminsChanged(payload.texts(ADMIN), added);
			default -> null;
		};
	}

}
