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

package io.github.imspring.sample.attribute;

import java.util.List;
import java.util.Map;

import io.github.imspring.chatroom.ChatroomOperations;
import io.github.imspring.chatroom.NewChatroom;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.sample.ApiTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@ApiTest
class AttributeApiTests {

	private static final String URI = "/api/rooms/{id}/attributes";

	@Autowired
	private WebTestClient client;

	@Autowired
	private ImEmulator emulator;

	@Autowired
	private ChatroomOperations rooms;

	private String room;

	@BeforeEach
	void openRoom() {
		this.emulator.reset();
		this.room = this.rooms
			.create(NewChatroom.named("room").description("test").owner("user1").members("user2").build())
			.block();
	}

	private WebTestClient.ResponseSpec set(String query, String json) {
		return this.client.patch()
			.uri(URI + query, this.room)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(json)
			.exchange();
	}

	private WebTestClient.ResponseSpec delete(String query) {
		return this.client.delete().uri(URI + query, this.room).exchange();
	}

	private Map<String, String> attributes() {
		return this.client.get()
			.uri(URI, this.room)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(new ParameterizedTypeReference<Map<String, String>>() {
			})
			.returnResult()
			.getResponseBody();
	}

	private void haveSet(String user, String key, String value) {
		set("?user=" + user, "{\"metaData\":{\"%s\":\"%s\"}}".formatted(key, value)).expectStatus().isOk();
	}

	@Test
	void setsAttributesAndShowsThem() {
		set("?user=user1", "{\"metaData\":{\"key1\":\"value1\",\"key2\":\"value2\"},\"autoDelete\":\"NO_DELETE\"}")
			.expectStatus()
			.isOk()
			.expectBody()
			.json("{\"successKeys\":[\"key1\",\"key2\"],\"errorKeys\":{}}");

		assertThat(attributes()).isEqualTo(Map.of("key1", "value1", "key2", "value2"));
		assertThat(this.emulator.requests("set-attributes").get(0).json().path("autoDelete").asString())
			.isEqualTo("NO_DELETE");
	}

	@Test
	void showsNamedAttributes() {
		haveSet("user1", "key1", "value1");
		haveSet("user1", "key2", "value2");

		this.client.get()
			.uri(URI + "?key=key2&key=key3", this.room)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(new ParameterizedTypeReference<Map<String, String>>() {
			})
			.isEqualTo(Map.of("key2", "value2"));
	}

	@Test
	void saysWhichAttributesBelongToOthers() {
		haveSet("user1", "key1", "value1");

		set("?user=user2", "{\"metaData\":{\"key1\":\"stolen\",\"key2\":\"value2\"}}").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.successKeys")
			.isEqualTo(List.of("key2"))
			.jsonPath("$.errorKeys.key1")
			.isEqualTo("others are not allowed to be set");

		assertThat(attributes()).isEqualTo(Map.of("key1", "value1", "key2", "value2"));
	}

	@Test
	void setsByForce() {
		haveSet("user1", "key1", "value1");

		set("?user=user2&forced=true", "{\"metaData\":{\"key1\":\"taken\"}}").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.successKeys")
			.isEqualTo(List.of("key1"));

		assertThat(attributes()).isEqualTo(Map.of("key1", "taken"));
	}

	@Test
	void deletesAttributes() {
		haveSet("user1", "key1", "value1");
		haveSet("user1", "key2", "value2");

		delete("?user=user1&key=key1").expectStatus()
			.isOk()
			.expectBody()
			.json("{\"successKeys\":[\"key1\"],\"errorKeys\":{}}");

		assertThat(attributes()).containsOnlyKeys("key2");
	}

	@Test
	void changesWhatBelongsToOthersOnlyByForce() {
		haveSet("user1", "key1", "value1");

		delete("?user=user2&key=key1").expectStatus()
			.isOk()
			.expectBody()
			.json("{\"successKeys\":[],\"errorKeys\":{\"key1\":\"others are not allowed to be set\"}}");
		set("?user=user2", "{\"metaData\":{\"key1\":\"value2\"}}").expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.service.error_description")
			.isEqualTo("others are not allowed to be set")
			.jsonPath("$.hint")
			.isEqualTo("The attribute belongs to another user: use the forced variant to take it over.");
		assertThat(attributes()).containsOnlyKeys("key1");

		delete("?user=user2&key=key1&forced=true").expectStatus().isOk();
		assertThat(attributes()).isEmpty();
	}

	@Test
	void letsOnlyMembersSetAttributes() {
		set("?user=user3", "{\"metaData\":{\"key1\":\"value1\"}}").expectStatus()
			.isForbidden()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.service.status")
			.isEqualTo(401)
			.jsonPath("$.service.error_description")
			.isEqualTo("user is not in chatroom")
			.jsonPath("$.hint")
			.isEqualTo("Use the ID of a user who is a member of the chatroom.");
	}

	@Test
	void asksWhoSetsThem() {
		set("", "{\"metaData\":{\"key1\":\"value1\"}}").expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.detail")
			.value(String.class, (detail) -> assertThat(detail).contains("'user'"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"metaData\":{}}", "{\"metaData\":{\"key 1\":\"value1\"}}",
			"{\"metaData\":{\"key1\":null}}" })
	void refusesWhatTheServiceWould(String json) {
		set("?user=user1", json).expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.operation")
			.isEqualTo("set-attributes")
			.jsonPath("$.field")
			.isNotEmpty();

		assertThat(this.emulator.requestCount("set-attributes")).isZero();
	}

	@Test
	void asksWhichToDelete() {
		delete("?user=user1").expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.detail")
			.value(String.class, (detail) -> assertThat(detail).contains("'key'"));
	}

	@Test
	void knowsNoAttributesOfAnUnknownRoom() {
		this.client.get()
			.uri(URI, "1")
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectBody()
			.jsonPath("$.hint")
			.isEqualTo("Use the ID of an existing chatroom.");
	}

}
