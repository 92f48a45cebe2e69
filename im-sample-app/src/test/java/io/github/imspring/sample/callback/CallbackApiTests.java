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

package io.github.imspring.sample.callback;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.sample.ApiTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ApiTest
@TestPropertySource(properties = "im.callback.pre-delivery.timeout=25s")
class CallbackApiTests {

	@Autowired
	private WebTestClient client;

	private WebTestClient.ResponseSpec post(String callback) {
		return this.client.post()
			.uri("/im/callbacks")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(callback)
			.exchange();
	}

	@Test
	void emulatorPostsToAndAsksTheApplication(@Autowired ImEmulator emulator) throws Exception {
		emulator.reset();
		emulator.chatrooms().create("2002", "host", "alice");

		assertThat(emulator.clients().sendToChatroom("alice", "2002", "buy spam").get(60, TimeUnit.SECONDS).error())
			.isEqualTo("Please do not say that");
		assertThat(emulator.clients().sendToChatroom("alice", "2002", "hello").get(60, TimeUnit.SECONDS).delivered())
			.isTrue();

		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> this.client.get()
				.uri("/api/rooms/2002/log")
				.exchange()
				.expectBody(String.class)
				.value((log) -> assertThat(log).contains("alice said: hello").doesNotContain("spam")));
	}

	@Test
	void logsWhatHappensInARoom() {
		post(SignedCallback.of("""
				"event":"group_op_event","type":"CHATROOM","id":"1001","operation":"JOIN","operator":"user1",\
				"payload":{"type":"DIRECT","member":["user1"]}""")).expectStatus().isOk().expectBody().isEmpty();
		post(SignedCallback.of("""
				"eventType":"chat","chat_type":"groupchat","group_id":"1001","from":"user1","to":"1001","msg_id":"1",\
				"payload":{"bodies":[{"type":"txt","msg":"hello"}],"ext":{}}""")).expectStatus().isOk();

		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> this.client.get()
				.uri("/api/rooms/1001/log")
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody()
				.jsonPath("$[*].what")
				.value((what) -> assertThat(what).asString().isEqualTo("[\"user1 joined\",\"user1 said: hello\"]")));
	}

	@Test
	void stopsAWord() {
		post(question("2", "buy SPAM")).expectStatus().isOk().expectBody().json("""
				{"valid": false, "code": "Please do not say that"}""");
		post(question("3", "hello")).expectStatus().isOk().expectBody().json("""
				{"valid": true}""");
	}

	private static String question(String messageId, String text) {
		return SignedCallback.of("""
				"chat_type":"chatroom","group_id":"1001","from":"user1","to":"1001","msg_id":"%s",\
				"payload":{"type":"txt","msg":"%s"}""".formatted(messageId, text));
	}

	@Test
	void refusesWhatIsNotTheServices() {
		post("""
				{"callId":"a","timestamp":1,"security":"00"}""").expectStatus().isForbidden();
	}

}
