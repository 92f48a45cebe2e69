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

package io.github.imspring.sample.watch;

import java.time.Duration;

import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.error.ImException;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import io.github.imspring.sample.ApiTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@ApiTest
class WatchApiTests {

	private static final Message MESSAGE = Message.text("hi").to("user2").build();

	@Autowired
	private WebTestClient client;

	@Autowired
	private ImEmulator emulator;

	@Autowired
	private MessageOperations messages;

	@Autowired
	private Watch watch;

	@BeforeEach
	void reset() {
		this.emulator.reset();
	}

	private Flux<JsonNode> events(String kind) {
		return this.client.get()
			.uri("/api/watch")
			.accept(MediaType.TEXT_EVENT_STREAM)
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {
			})
			.getResponseBody()
			.filter((event) -> kind.equals(event.event()))
			.map((event) -> JsonMapper.shared().readTree(event.data()));
	}

	private static JsonNode first(Flux<JsonNode> events) {
		return events.blockFirst(Duration.ofSeconds(30));
	}

	@Test
	void pushesWhatHappenedInEachSecond() {
		this.messages.send(MESSAGE).block();

		JsonNode sample = first(events("sample").filter((one) -> one.path("succeeded").asInt() > 0));
		assertThat(sample.at("/latency/p95").asDouble()).isPositive();
		assertThat(sample.path("failed").asInt()).isZero();
		// The second in which it was let go may be the one before.
		assertThat(first(events("sample").filter((one) -> one.path("granted").has("send-message-calls")))).isNotNull();
	}

	@Test
	void samplesGoOnAfterAContextWasStoppedAndStarted() {
		this.watch.stop();
		assertThat(this.watch.isRunning()).isFalse();
		this.watch.start();
		assertThat(this.watch.isRunning()).isTrue();

		this.messages.send(MESSAGE).block();

		assertThat(first(events("sample").filter((one) -> one.path("succeeded").asInt() > 0))).isNotNull();
	}

	@Test
	void pushesHowThingsStand() {
		this.messages.send(MESSAGE).block();

		JsonNode state = first(events("state"));
		assertThat(state.path("health").asString()).isEqualTo("UP");
		assertThat(state.at("/token/available").asBoolean()).isTrue();
		assertThat(state.path("quotas")).anySatisfy((quota) -> {
			assertThat(quota.path("name").asString()).isEqualTo("send-message-messages");
			assertThat(quota.path("limit").asInt()).isEqualTo(6000);
			assertThat(quota.path("windowSeconds").asInt()).isEqualTo(60);
			assertThat(quota.path("used").asInt()).isPositive();
		});
	}

	@Test
	void remembersWhatFailedWithItsHint() {
		this.emulator.faults()
			.fail("send-message", Fault.error(400, "message_send_error", "param ext must be JSONObject"));
		this.messages.send(MESSAGE).onErrorComplete(ImException.class).block();

		JsonNode error = first(events("state")).path("errors").get(0);
		assertThat(error.path("operation").asString()).isEqualTo("send-message");
		assertThat(error.path("status").asInt()).isEqualTo(400);
		assertThat(error.path("problem").asString()).contains("param ext must be JSONObject");
		assertThat(error.path("hint").asString()).isEqualTo("Give 'ext' as a JSON object.");
		assertThat(error.path("mayHaveBeenProcessed").asBoolean()).isFalse();
	}

	@Test
	void summarizesWhatItCollects() {
		Timings timings = new Timings();
		assertThat(timings.drain()).isNull();

		for (int millis = 1; millis <= 100; millis++) {
			timings.add(Duration.ofMillis(millis).toNanos());
		}
		assertThat(timings.drain()).isEqualTo(new Timings.Summary(50, 95, 100));
		assertThat(timings.drain()).isNull();
	}

}
