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

package io.github.imspring.emulator;

import io.github.imspring.emulator.http.Reply;
import io.github.imspring.emulator.http.Router;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A chatroom's announcement.
 */
final class AnnouncementEndpoints {

	private static final int MAX_ANNOUNCEMENT = 512;

	private final RoomStore rooms;

	AnnouncementEndpoints(RoomStore rooms) {
		this.rooms = rooms;
	}

	void register(Router<Route> router) {
		String path = "/chatrooms/{id}/announcement";
		router.add("GET", path, Route.of("get-announcement", this.rooms.guarded(this::get)));
		router.add("POST", path, Route.of("set-announcement", this.rooms.guarded(this::set)));
	}

	private Reply get(Call call) {
		Room room = this.rooms.get(call.variable("id"));
		return call.ok(JsonNodeFactory.instance.objectNode().put("announcement", room.announcement));
	}

	private Reply set(Call call) {
		Room room = this.rooms.get(call.variable("id"));
		String announcement = new Fields(call.object()).text("announcement");
		if (Fields.length(announcement) > MAX_ANNOUNCEMENT) {
			throw ServiceError.forbiddenOperation("announce info length exceeds limit!");
		}
		room.announcement = announcement;
		return call.ok(JsonNodeFactory.instance.objectNode().put("id", room.id).put("result", true));
	}

}
