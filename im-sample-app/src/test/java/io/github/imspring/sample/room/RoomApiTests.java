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

import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;

import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.sample.ApiTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@ApiTest
class RoomApiTests {

	@Autowired
	private WebTestClient client;

	@Autowired
	private ImEmulator emulator;

	@BeforeEach
	void reset() {
		this.emulator.reset();
	}

	private WebTestClient.ResponseSpec get(String uri, Object... variables) {
		return this.client.get().uri(uri, variables).exchange();
	}

	private WebTestClient.ResponseSpec post(String json) {
		return this.client.post().uri("/api/rooms").contentType(MediaType.APPLICATION_JSON).bodyValue(json).exchange();
	}

	private WebTestClient.ResponseSpec patch(String room, String json) {
		return this.client.patch()
			.uri("/api/rooms/{id}", room)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(json)
			.exchange();
	}

	private WebTestClient.ResponseSpec transfer(String room, String json) {
		return this.client.put()
			.uri("/api/rooms/{id}/owner", room)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(json)
			.exchange();
	}

	private String open(String name) {
		byte[] answer = post("{\"name\":\"%s\",\"description\":\"test\",\"owner\":\"user1\",\"members\":[\"user2\"]}"
			.formatted(name)).expectStatus().isCreated().expectBody().returnResult().getResponseBody();
		return JsonMapper.shared().readTree(answer).path("id").asString();
	}

	@Test
	void opensARoomWithAllThatIsGiven() {
		EntityExchangeResult<byte[]> opened = post("""
				{"name": "testchatroom1", "description": "test", "maxusers": 300, "owner": "user1",
				 "members": ["user2"], "custom": "vip"}
				""").expectStatus().isCreated().expectBody().returnResult();

		URI location = opened.getResponseHeaders().getLocation();
		String id = JsonMapper.shared().readTree(opened.getResponseBody()).path("id").asString();
		assertThat(location).isEqualTo(URI.create("/api/rooms/" + id));
		get(location.toString()).expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.id")
			.isEqualTo(id)
			.jsonPath("$.name")
			.isEqualTo("testchatroom1")
			.jsonPath("$.description")
			.isEqualTo("test")
			.jsonPath("$.owner")
			.isEqualTo("user1")
			.jsonPath("$.members")
			.isEqualTo(List.of("user2"))
			.jsonPath("$.affiliations_count")
			.isEqualTo(2)
			.jsonPath("$.maxusers")
			.isEqualTo(300)
			.jsonPath("$.custom")
			.isEqualTo("vip")
			.jsonPath("$.created")
			.isNotEmpty();
	}

	@Test
	void namesWhatANewRoomLacks() {
		post("{\"name\":\"a\",\"description\":\"b\"}").expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.operation")
			.isEqualTo("create-chatroom")
			.jsonPath("$.field")
			.isEqualTo("owner");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"name\":\"a\",\"description\":\"b\",\"owner\":\"c\",\"maxUsers\":3}",
			"{\"name\":\"a\",\"description\":\"b\",\"owner\":\"c\",\"maxusers\":\"many\"}", "[]", "{" })
	void refusesWhatIsNoRoom(String room) {
		post(room).expectStatus().isBadRequest().expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON);

		assertThat(this.emulator.requestCount("create-chatroom")).isZero();
	}

	@Test
	void listsPageByPage() {
		String first = open("first");
		String second = open("second");

		byte[] answer = get("/api/rooms?limit=1").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.rooms.length()")
			.isEqualTo(1)
			.jsonPath("$.rooms[0].id")
			.isEqualTo(second)
			.jsonPath("$.rooms[0].name")
			.isEqualTo("second")
			.jsonPath("$.rooms[0].owner")
			.isEqualTo("user1")
			.jsonPath("$.rooms[0].affiliations_count")
			.isEqualTo(2)
			.returnResult()
			.getResponseBody();
		String cursor = JsonMapper.shared().readTree(answer).path("cursor").asString();
		get("/api/rooms?limit=10&cursor={cursor}", cursor).expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.rooms[*].id")
			.isEqualTo(first)
			.jsonPath("$.cursor")
			.doesNotExist();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "1001", "many" })
	void refusesAPageOfNoSize(String limit) {
		get("/api/rooms?limit={limit}", limit).expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@Test
	void streamsAllRooms() {
		List<String> opened = IntStream.range(0, 12).mapToObj((number) -> open("room" + number)).toList();

		List<String> listed = this.client.get()
			.uri("/api/rooms")
			.accept(MediaType.APPLICATION_NDJSON)
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.APPLICATION_NDJSON)
			.returnResult(RoomSummary.class)
			.getResponseBody()
			.map(RoomSummary::id)
			.collectList()
			.block();

		assertThat(listed).hasSize(12).containsExactlyInAnyOrderElementsOf(opened).startsWith(opened.get(11));
	}

	@Test
	void listsTheRoomsThatAUserJoined() {
		String room = open("joined");

		get("/api/rooms?member=user2&page=1&size=5").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.length()")
			.isEqualTo(1)
			.jsonPath("$[0].id")
			.isEqualTo(room)
			.jsonPath("$[0].name")
			.isEqualTo("joined")
			.jsonPath("$[0].disabled")
			.isEqualTo(false);
		get("/api/rooms?member=user2&page=2&size=5").expectStatus().isOk().expectBody().json("[]");
	}

	@Test
	void streamsTheRoomsThatAUserJoined() {
		String room = open("joined");

		List<JoinedRoom> joined = this.client.get()
			.uri("/api/rooms?member=user2")
			.accept(MediaType.APPLICATION_NDJSON)
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult(JoinedRoom.class)
			.getResponseBody()
			.collectList()
			.block();

		assertThat(joined).containsExactly(new JoinedRoom(room, "joined", false));
	}

	@Test
	void looksUpManyRoomsAndNamesTheUnknown() {
		String room = open("known");

		get("/api/rooms?id=1&id={id}", room).expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$[0].id")
			.isEqualTo("1")
			.jsonPath("$[0].room")
			.doesNotExist()
			.jsonPath("$[1].id")
			.isEqualTo(room)
			.jsonPath("$[1].room.name")
			.isEqualTo("known");
	}

	@Test
	void saysWhatIsWrongWithAnUnknownRoom() {
		get("/api/rooms/1").expectStatus()
			.isNotFound()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.operation")
			.isEqualTo("get-chatrooms")
			.jsonPath("$.hint")
			.isEqualTo("Use the ID of an existing chatroom.")
			.jsonPath("$.service.status")
			.isEqualTo(404)
			.jsonPath("$.service.error")
			.isEqualTo("service_resource_not_found")
			.jsonPath("$.service.error_description")
			.isEqualTo("do not find this group:1");
	}

	@Test
	void changesWhatIsGivenAndNoMore() {
		String room = open("before");

		patch(room, "{\"name\":\"after\",\"maxusers\":7}").expectStatus().isNoContent().expectBody().isEmpty();

		get("/api/rooms/{id}", room).expectBody()
			.jsonPath("$.name")
			.isEqualTo("after")
			.jsonPath("$.maxusers")
			.isEqualTo(7)
			.jsonPath("$.description")
			.isEqualTo("test");
	}

	@Test
	void refusesAChangeOfNothing() {
		patch(open("before"), "{}").expectStatus().isBadRequest();

		assertThat(this.emulator.requestCount("update-chatroom")).isZero();
	}

	@Test
	void changesNoUnknownRoom() {
		patch("1", "{\"name\":\"after\"}").expectStatus()
			.isNotFound()
			.expectBody()
			.jsonPath("$.service.error")
			.isEqualTo("resource_not_found");
	}

	@Test
	void handsARoomOver() {
		String room = open("handed over");

		transfer(room, "{\"newowner\":\"user2\"}").expectStatus().isNoContent();

		get("/api/rooms/{id}", room).expectBody()
			.jsonPath("$.owner")
			.isEqualTo("user2")
			.jsonPath("$.members")
			.isEqualTo(List.of("user1"));
	}

	@Test
	void handsNoRoomOverToItsOwner() {
		transfer(open("kept"), "{\"newowner\":\"user1\"}").expectStatus()
			.isForbidden()
			.expectBody()
			.jsonPath("$.service.error")
			.isEqualTo("forbidden_op")
			.jsonPath("$.hint")
			.isEqualTo("Name a member who is not the owner already.");
	}

	@Test
	void asksForANewOwner() {
		transfer(open("kept"), "{}").expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.field")
			.isEqualTo("newowner");
	}

	@Test
	void closesARoom() {
		String room = open("closed");

		this.client.delete().uri("/api/rooms/{id}", room).exchange().expectStatus().isNoContent();

		get("/api/rooms/{id}", room).expectStatus().isNotFound();
		this.client.delete().uri("/api/rooms/{id}", room).exchange().expectStatus().isNotFound();
	}

	@Test
	void reportsAServiceThatIsDown() {
		this.emulator.faults().fail("list-chatrooms", Fault.status(503).html("<h1>Sorry</h1>"), 3);

		get("/api/rooms").expectStatus()
			.isEqualTo(HttpStatus.BAD_GATEWAY)
			.expectBody()
			.jsonPath("$.service.status")
			.isEqualTo(503)
			.jsonPath("$.hint")
			.isNotEmpty();
		assertThat(this.emulator.requestCount("list-chatrooms")).isEqualTo(3);
	}

	@Test
	void reportsAnAnswerThatMeansNo() {
		String room = open("kept");
		this.emulator.faults()
			.fail("delete-chatroom",
					Fault.status(200).json("{\"data\":{\"success\":false,\"id\":\"%s\"}}".formatted(room)));

		this.client.delete()
			.uri("/api/rooms/{id}", room)
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.BAD_GATEWAY)
			.expectBody()
			.jsonPath("$.hint")
			.isNotEmpty();
	}

}
