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

package io.github.imspring.sample.room;

import java.util.List;

import io.github.imspring.chatroom.ChatroomOperations;
import io.github.imspring.chatroom.ChatroomPage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Opens, finds, changes and closes rooms. A client that accepts
 * {@code application/x-ndjson} gets whole lists, one room a line, at the pace at which it
 * reads them; any other gets a page.
 */
@RestController
@RequestMapping("/api/rooms")
class RoomController {

	/**
	 * The service cannot search: each page of rooms that are looked at is a call.
	 */
	private static final int MAX_SEARCHED = 20_000;

	private static final int MAX_FOUND = 200;

	private final ChatroomOperations rooms;

	RoomController(ChatroomOperations rooms) {
		this.rooms = rooms;
	}

	@GetMapping
	Mono<RoomPage> list(@RequestParam(defaultValue = "10") int limit,
			@RequestParam(required = false) @Nullable String cursor) {
		Mono<ChatroomPage> page = (cursor != null) ? this.rooms.list(limit, cursor) : this.rooms.list(limit);
		return page.map(RoomPage::of);
	}

	@GetMapping(produces = MediaType.APPLICATION_NDJSON_VALUE)
	Flux<RoomSummary> listAll() {
		return this.rooms.listAll().map(RoomSummary::of);
	}

	@GetMapping(params = "search", produces = MediaType.APPLICATION_NDJSON_VALUE)
	Flux<RoomSummary> search(@RequestParam String search) {
		return this.rooms.listAll()
			.take(MAX_SEARCHED)
			.map(RoomSummary::of)
			.filter((room) -> room.matches(search))
			.take(MAX_FOUND);
	}

	@GetMapping(params = "member")
	Mono<List<JoinedRoom>> listJoined(@RequestParam String member, @RequestParam(defaultValue = "1") int page,
			@RequestParam(defaultValue = "10") int size) {
		return this.rooms.listJoined(member, page, size)
			.map((joined) -> joined.chatrooms().stream().map(JoinedRoom::of).toList());
	}

	@GetMapping(params = "member", produces = MediaType.APPLICATION_NDJSON_VALUE)
	Flux<JoinedRoom> listAllJoined(@RequestParam String member) {
		return this.rooms.listAllJoined(member).map(JoinedRoom::of);
	}

	@GetMapping(params = "id")
	Flux<RoomLookup> get(@RequestParam List<String> id) {
		return this.rooms.get(id).map(RoomLookup::of);
	}

	@GetMapping("/{roomId}")
	Mono<RoomDetails> get(@PathVariable String roomId) {
		return this.rooms.get(roomId).map(RoomDetails::of);
	}

	@PostMapping
	Mono<ResponseEntity<OpenedRoom>> open(@RequestBody OpenRoom room) {
		return this.rooms.create(room.toChatroom())
			.map((id) -> ResponseEntity.created(UriComponentsBuilder.fromPath("/api/rooms/{id}").build(id))
				.body(new OpenedRoom(id)));
	}

	@PatchMapping("/{roomId}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	Mono<Void> change(@PathVariable String roomId, @RequestBody ChangeRoom change) {
		return this.rooms.update(roomId, change.toUpdate());
	}

	@PutMapping("/{roomId}/owner")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	Mono<Void> transfer(@PathVariable String roomId, @RequestBody TransferRoom transfer) {
		return this.rooms.transfer(roomId, transfer.newOwner());
	}

	@DeleteMapping("/{roomId}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	Mono<Void> close(@PathVariable String roomId) {
		return this.rooms.delete(roomId);
	}

}
