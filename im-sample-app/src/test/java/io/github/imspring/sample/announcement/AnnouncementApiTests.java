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

import io.github.imspring.chatroom.ChatroomOperations;
import io.github.imspring.chatroom.NewChatroom;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.sample.ApiTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

@ApiTest
class AnnouncementApiTests {

	private static final String URI = "/api/rooms/{id}/announcement";

	@Autowired
	private WebTestClient client;

	@Autowired
	private ChatroomOperations rooms;

	private String room;

	@BeforeEach
	void openRoom(@Autowired ImEmulator emulator) {
		emulator.reset();
		this.room = this.rooms.create(NewChatroom.named("room").description("test").owner("user1").build()).block();
	}

	private WebTestClient.ResponseSpec set(String room, String json) {
		return this.client.put().uri(URI, room).contentType(MediaType.APPLICATION_JSON).bodyValue(json).exchange();
	}

	@Test
	void showsWhatWasSet() {
		this.client.get().uri(URI, this.room).exchange().expectStatus().isOk().expectBody().json("""
				{"announcement": ""}""");

		set(this.room, "{\"announcement\":\"聊天室公告…\"}").expectStatus().isNoContent();

		this.client.get().uri(URI, this.room).exchange().expectStatus().isOk().expectBody().json("""
				{"announcement": "聊天室公告…"}""");
	}

	@Test
	void takesAnAnnouncementOf512CharactersButNoLongerOne() {
		set(this.room, "{\"announcement\":\"%s\"}".formatted("a".repeat(512))).expectStatus().isNoContent();

		set(this.room, "{\"announcement\":\"%s\"}".formatted("a".repeat(513))).expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.field")
			.isEqualTo("announcement");
	}

	@Test
	void asksForAnAnnouncement() {
		set(this.room, "{}").expectStatus().isBadRequest().expectBody().jsonPath("$.field").isEqualTo("announcement");
	}

	@Test
	void knowsNoAnnouncementOfAnUnknownRoom() {
		this.client.get()
			.uri(URI, "1")
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectBody()
			.jsonPath("$.service.error_description")
			.isEqualTo("grpID 1 does not exist!");
		set("1", "{\"announcement\":\"hi\"}").expectStatus().isNotFound();
	}

}
