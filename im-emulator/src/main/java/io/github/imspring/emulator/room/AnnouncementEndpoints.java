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

import io.github.imspring.emulator.http.Reply;
import io.github.imspring.emulator.http.Router;
import io.github.imspring.emulator.service.Call;
import io.github.imspring.emulator.service.Fields;
import io.github.imspring.emulator.service.Route;
import io.github.imspring.emulator.service.ServiceError;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The announcement of a chatroom, or of a group.
 */
final class AnnouncementEndpoints {

	private static final int MAX_ANNOUNCEMENT = 512;

	private static final String TOO_LONG = "announce info length exceeds limit!";

	private final RoomStore<? extends Room> rooms;

	private final boolean ofGroups;

	private AnnouncementEndpoints(RoomStore<? extends Room> rooms, boolean ofGroups) {
		this.rooms = rooms;
		this.ofGroups = ofGroups;
	}

	static AnnouncementEndpoints ofChatrooms(RoomStore<Room> rooms) {
		return new AnnouncementEndpoints(rooms, false);
	}

	static AnnouncementEndpoints ofGroups(RoomStore<Group> groups) {
		return new AnnouncementEndpoints(groups, true);
	}

	void register(Router<Route> router) {
		String path = (this.ofGroups ? "/chatgroups" : "/chatrooms") + "/{id}/announcement";
		String operation = this.ofGroups ? "-group-announcement" : "-announcement";
		router.add("GET", path, Route.of("get" + operation, this.rooms.guarded(this::get)));
		router.add("POST", path, Route.of("set" + operation, this.rooms.guarded(this::set)));
	}

	private Reply get(Call call) {
		Room room = this.rooms.get(call.variable("id"));
		return call.ok(JsonNodeFactory.instance.objectNode().put("announcement", room.announcement));
	}

	private Reply set(Call call) {
		Room room = this.rooms.get(call.variable("id"));
		Fields fields = new Fields(call.object());
		if (this.ofGroups && !fields.has("announcement")) {
			throw ServiceError.illegalArgument("announcement is null");
		}
		String announcement = fields.text("announcement");
		if (Fields.length(announcement) > MAX_ANNOUNCEMENT) {
			throw this.ofGroups
					? ServiceError.of(403, "FORBIDDEN", "com.easemob.group.exception.ForbiddenException", TOO_LONG)
					: ServiceError.forbiddenOperation(TOO_LONG);
		}
		room.announcement = announcement;
		this.rooms.events()
			.publish(room.id, "UPDATE", "ANNOUNCEMENT", (payload) -> payload.put("announcement", announcement));
		return call.ok(JsonNodeFactory.instance.objectNode().put("id", room.id).put("result", true));
	}

}
