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

package io.github.imspring.sample.announcement;

import io.github.imspring.metadata.ChatroomMetadataOperations;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows and sets the announcement of a room.
 */
@RestController
@RequestMapping("/api/rooms/{roomId}/announcement")
class AnnouncementController {

	private final ChatroomMetadataOperations metadata;

	AnnouncementController(ChatroomMetadataOperations metadata) {
		this.metadata = metadata;
	}

	@GetMapping
	Mono<Announcement> get(@PathVariable String roomId) {
		return this.metadata.getAnnouncement(roomId).map(Announcement::new);
	}

	@PutMapping
	@ResponseStatus(HttpStatus.NO_CONTENT)
	Mono<Void> set(@PathVariable String roomId, @RequestBody Announcement announcement) {
		return this.metadata.setAnnouncement(roomId, announcement.announcement());
	}

}
