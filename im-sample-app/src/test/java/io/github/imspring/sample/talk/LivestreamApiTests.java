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

package io.github.imspring.sample.talk;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.imspring.emulator.DeliveredMessage;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.sample.ApiTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the back-end of a livestream does from the first viewer to the last.
 */
@ApiTest
class LivestreamApiTests {

	private static final String ROOM = "4711";

	@Autowired
	private WebTestClient client;

	@Autowired
	private ImEmulator emulator;

	@BeforeEach
	void openRoom() {
		this.emulator.reset();
		this.emulator.chatrooms().create(ROOM, "anna", "ben");
	}

	private WebTestClient.ResponseSpec call(HttpMethod method, String path, Map<String, ?> body) {
		return this.client.method(method)
			.uri(path.replace("ROOM", ROOM))
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchange();
	}

	private WebTestClient.ResponseSpec say(String user, String text) {
		return call(HttpMethod.POST, "/api/rooms/ROOM/talk", Map.of("user", user, "text", text));
	}

	private JsonNode members() {
		return JsonMapper.shared()
			.readTree(this.client.get()
				.uri("/api/rooms/{room}/members", ROOM)
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody()
				.returnResult()
				.getResponseBody());
	}

	@Test
	void registersAViewerAndHandsOutTheToken() {
		for (int times = 0; times < 2; times++) {
			call(HttpMethod.POST, "/api/viewers", Map.of("user", "cleo")).expectStatus()
				.isOk()
				.expectHeader()
				.valueEquals("Cache-Control", "no-store")
				.expectBody()
				.jsonPath("$.user")
				.isEqualTo("cleo")
				.jsonPath("$.token")
				.isNotEmpty()
				.jsonPath("$.expiresAt")
				.isNotEmpty();
		}
		call(HttpMethod.POST, "/api/viewers", Map.of("user", "no such name!")).expectStatus().isBadRequest();
	}

	@Test
	void letsAViewerJoinAndSpeak() {
		call(HttpMethod.POST, "/api/rooms/ROOM/members", Map.of("user", "cleo")).expectStatus().isNoContent();
		say("cleo", "Hello!").expectStatus().isOk().expectBody().jsonPath("$.text").isEqualTo("Hello!");

		assertThat(members())
			.extracting((member) -> member.path("user").asString() + " " + member.path("role").asString())
			.containsExactlyInAnyOrder("anna owner", "ben member", "cleo member");
		List<DeliveredMessage> heard = this.emulator.deliveries();
		assertThat(heard).hasSize(1);
		assertThat(heard.get(0).receivers()).containsExactlyInAnyOrder("anna", "ben");
		SpokenLine line = this.client.get()
			.uri("/api/rooms/{room}/talk", ROOM)
			.accept(MediaType.TEXT_EVENT_STREAM)
			.exchange()
			.returnResult(SpokenLine.class)
			.getResponseBody()
			.filter((spoken) -> "cleo".equals(spoken.user()))
			.blockFirst(Duration.ofSeconds(30));
		assertThat(line.text()).isEqualTo("Hello!");
	}

	@Test
	void holdsBackWhoIsMutedUntilUnmuted() {
		call(HttpMethod.PUT, "/api/rooms/ROOM/members/ben/mute", Map.of("minutes", 5)).expectStatus().isNoContent();
		assertThat(members()).filteredOn((member) -> member.path("muted").asBoolean())
			.singleElement()
			.satisfies((ben) -> {
				assertThat(ben.path("user").asString()).isEqualTo("ben");
				assertThat(ben.path("mutedUntil").asString()).isNotEmpty();
			});
		say("Ben", "But …").expectStatus().isForbidden();
		assertThat(this.emulator.deliveries()).isEmpty();

		call(HttpMethod.DELETE, "/api/rooms/ROOM/members/ben/mute", Map.of()).expectStatus().isNoContent();
		say("ben", "Sorry.").expectStatus().isOk();
	}

	@Test
	void removesAMember() {
		call(HttpMethod.DELETE, "/api/rooms/ROOM/members/ben", Map.of()).expectStatus().isNoContent();

		assertThat(this.emulator.chatrooms().members(ROOM)).doesNotContain("ben");
		call(HttpMethod.DELETE, "/api/rooms/ROOM/members/nobody", Map.of()).expectStatus().is4xxClientError();
	}

}
