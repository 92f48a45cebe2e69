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

package io.github.imspring.sample.message;

import java.util.Map;
import java.util.stream.Stream;

import io.github.imspring.emulator.DeliveredMessage;
import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.sample.ApiTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

@ApiTest
class MessageApiTests {

	private static final JsonMapper JSON = new JsonMapper();

	@Autowired
	private WebTestClient client;

	@Autowired
	private ImEmulator emulator;

	@BeforeEach
	void reset() {
		this.emulator.reset();
	}

	private WebTestClient.ResponseSpec post(String json) {
		return this.client.post()
			.uri("/api/messages")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(json)
			.exchange();
	}

	static Stream<Arguments> bodies() {
		return Stream.of(arguments("txt", "{'msg': 'hi'}"),
				arguments("img",
						"{'filename': 'a.png', 'url': 'http://h/1', 'secret': 's', "
								+ "'size': {'width': 480, 'height': 720}}"),
				arguments("audio", "{'url': 'http://h/1', 'filename': 'a.amr', 'length': 10, 'secret': 's'}"),
				arguments("video",
						"{'filename': 'a.mp4', 'thumb': 'http://h/2', 'length': 10, 'file_length': 58103, "
								+ "'thumb_secret': 't', 'url': 'http://h/1', 'secret': 's'}"),
				arguments("file", "{'filename': 'a.txt', 'url': 'http://h/1', 'secret': 's'}"),
				arguments("loc", "{'lat': '39.966', 'lng': '116.322', 'addr': 'Beijing'}"),
				arguments("cmd", "{'action': 'refresh'}"),
				arguments("custom", "{'customEvent': 'gift', 'customExts': {'name': 'rose'}}"));
	}

	@ParameterizedTest
	@MethodSource("bodies")
	void sendsEachTypeAsItIsGiven(String type, String singleQuoted) {
		String body = singleQuoted.replace('\'', '"');

		post("{\"from\":\"user1\",\"to\":[\"user2\"],\"type\":\"%s\",\"body\":%s}".formatted(type, body)).expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.user2")
			.isEqualTo(onlyDelivery().messageId());

		assertThat(onlyDelivery().type()).isEqualTo(type);
		assertThat(onlyDelivery().body()).isEqualTo(JSON.readTree(body));
	}

	private DeliveredMessage onlyDelivery() {
		assertThat(this.emulator.deliveriesTo("user2")).hasSize(1);
		return this.emulator.deliveriesTo("user2").get(0);
	}

	@Test
	void sendsTheWholeEnvelope() {
		post("""
				{"from": "user1", "to": ["user2", "user3"], "type": "txt", "body": {"msg": "hi"},
				 "ext": {"em_ignore_notification": true, "level": 3, "tags": ["a", null]}, "sync_device": true,
				 "roam_ignore_users": ["user3"], "routetype": "ROUTE_ONLINE"}
				""").expectStatus().isOk().expectBody().jsonPath("$.length()").isEqualTo(2);

		assertThat(onlyDelivery()).satisfies((delivery) -> {
			assertThat(delivery.from()).isEqualTo("user1");
			assertThat(delivery.ext())
				.isEqualTo(JSON.readTree("{\"em_ignore_notification\":true,\"level\":3,\"tags\":[\"a\",null]}"));
			assertThat(delivery.syncDevice()).isTrue();
			assertThat(delivery.roamIgnoreUsers()).containsExactly("user3");
			assertThat(delivery.routetype()).isEqualTo("ROUTE_ONLINE");
		});
	}

	@Test
	void leavesOutWhatIsNotGiven() {
		post("{\"to\":[\"user2\"],\"type\":\"txt\",\"body\":{\"msg\":\"hi\"}}").expectStatus().isOk();

		assertThat(JSON.readTree(this.emulator.requests("send-message").get(0).body()))
			.isEqualTo(JSON.readTree("{\"to\":[\"user2\"],\"type\":\"txt\",\"body\":{\"msg\":\"hi\"}}"));
	}

	@Test
	void showsWhatWasDelivered() {
		post("{\"from\":\"user1\",\"to\":[\"user2\",\"user3\"],\"type\":\"txt\",\"body\":{\"msg\":\"hi\"}}");

		this.client.get()
			.uri("/api/deliveries?user=user2")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.length()")
			.isEqualTo(1)
			.jsonPath("$[0].from")
			.isEqualTo("user1")
			.jsonPath("$[0].body.msg")
			.isEqualTo("hi");
	}

	@Test
	void asksWhoseDeliveriesToShow() {
		this.client.get()
			.uri("/api/deliveries")
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.value(String.class, (detail) -> assertThat(detail).contains("'user'"));
	}

	@Test
	void refusesWhatTheServiceWould() {
		post("{\"from\":\"user1\",\"to\":[],\"type\":\"txt\",\"body\":{\"msg\":\"hi\"}}").expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo(400)
			.jsonPath("$.operation")
			.isEqualTo("send-message")
			.jsonPath("$.field")
			.isEqualTo("to")
			.jsonPath("$.hint")
			.isNotEmpty()
			.jsonPath("$.mayHaveBeenProcessed")
			.isEqualTo(false)
			.jsonPath("$.service")
			.doesNotExist();

		assertThat(this.emulator.requestCount("send-message")).isZero();
	}

	@Test
	void namesTheFieldOfTheBodyThatIsOutOfItsBounds() {
		post("{\"to\":[\"user2\"],\"type\":\"txt\",\"body\":{\"msg\":\"\"}}").expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.field")
			.isEqualTo("body.msg");
	}

	@Test
	void saysTheHintOnceAndWhatIsWrongWithABodyThatIsNoJson() {
		post("{\"from\":\"user1\",\"to\":[],\"type\":\"txt\",\"body\":{\"msg\":\"hi\"}}").expectBody()
			.jsonPath("$.detail")
			.value(String.class, (detail) -> assertThat(detail).startsWith("send-message failed: ").endsWith("."))
			.jsonPath("$")
			.value(Map.class, (problem) -> assertThat(problem.get("detail").toString())
				.doesNotContain(problem.get("hint").toString()));
		post("{\"to\":[\"user2\"").expectBody()
			.jsonPath("$.detail")
			.value(String.class,
					(detail) -> assertThat(detail).startsWith("The body cannot be read: ").contains("end-of-input"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"to\":[\"user2\"],\"body\":{\"msg\":\"hi\"}}",
			"{\"to\":[\"user2\"],\"type\":\"sms\",\"body\":{\"msg\":\"hi\"}}" })
	void namesTheTypesThatThereAre(String message) {
		post(message).expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("'type' must be one of [audio, cmd, custom, file, img, loc, txt, video]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"to\":[\"user2\"],\"type\":\"txt\"}",
			"{\"to\":[\"user2\"],\"type\":\"txt\",\"body\":\"hi\"}",
			"{\"to\":[\"user2\"],\"type\":\"txt\",\"body\":{\"message\":\"hi\"}}",
			"{\"to\":[\"user2\"],\"type\":\"txt\",\"body\":{\"msg\":\"hi\"},\"extension\":{}}",
			"{\"to\":[\"user2\"],\"type\":\"txt\",\"body\":{\"msg\":\"hi\"},\"routetype\":\"ROUTE_66\"}",
			"{\"to\":\"user2\",\"type\":\"txt\",\"body\":{\"msg\":\"hi\"}}", "{\"to\":[\"user2\"", "" })
	void refusesWhatIsNoMessage(String message) {
		post(message).expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.isNotEmpty();

		assertThat(this.emulator.requestCount("send-message")).isZero();
	}

	@Test
	void saysWhatTheServiceRefused() {
		this.emulator.faults()
			.fail("send-message", Fault.error(400, "message_send_error", "param ext must be JSONObject"));

		send().expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.service.status")
			.isEqualTo(400)
			.jsonPath("$.service.error")
			.isEqualTo("message_send_error")
			.jsonPath("$.service.error_description")
			.isEqualTo("param ext must be JSONObject")
			.jsonPath("$.hint")
			.isEqualTo("Give 'ext' as a JSON object.");
	}

	@Test
	void reportsAServiceThatIsDown() {
		this.emulator.faults().fail("send-message", Fault.status(503).html("<h1>Sorry</h1>"));

		send().expectStatus()
			.isEqualTo(HttpStatus.BAD_GATEWAY)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.service.status")
			.isEqualTo(503)
			.jsonPath("$.service.error")
			.doesNotExist()
			.jsonPath("$.hint")
			.isNotEmpty()
			.jsonPath("$.mayHaveBeenProcessed")
			.isEqualTo(true);
	}

	@Test
	void reportsAPlanThatIsUsedUp() {
		this.emulator.faults().fail("send-message", Fault.resourceLimited());

		send().expectStatus()
			.isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
			.expectBody()
			.jsonPath("$.service.error")
			.isEqualTo("resource_limited");
	}

	@Test
	void saysWhenToComeBack() {
		this.emulator.faults().fail("send-message", Fault.resourceLimited().header("Retry-After", "7"));

		send().expectStatus().isEqualTo(HttpStatus.SERVICE_UNAVAILABLE).expectHeader().valueEquals("Retry-After", "7");
	}

	private WebTestClient.ResponseSpec send() {
		return post("{\"from\":\"user1\",\"to\":[\"user2\"],\"type\":\"txt\",\"body\":{\"msg\":\"hi\"}}");
	}

}
