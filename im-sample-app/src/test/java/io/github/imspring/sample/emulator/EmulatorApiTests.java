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

package io.github.imspring.sample.emulator;

import java.time.Duration;

import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.sample.ApiTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@ApiTest
class EmulatorApiTests {

	@Autowired
	private WebTestClient client;

	@Autowired
	private ImEmulator emulator;

	@AfterEach
	void reset() {
		put("/api/emulator/traffic/0");
		this.emulator.reset();
	}

	private WebTestClient.ResponseSpec put(String path) {
		return this.client.put().uri(path).exchange();
	}

	private Flux<JsonNode> states() {
		return this.client.get()
			.uri("/api/emulator")
			.accept(MediaType.TEXT_EVENT_STREAM)
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult(JsonNode.class)
			.getResponseBody();
	}

	private JsonNode state() {
		return states().blockFirst(Duration.ofSeconds(30));
	}

	@ParameterizedTest
	@EnumSource
	void switchesAFaultOnAndOff(FaultKind kind) {
		put("/api/emulator/faults/" + kind).expectStatus().isNoContent();
		assertThat(state().path("faults")).extracting(JsonNode::asString).containsExactly(kind.name());

		this.client.delete().uri("/api/emulator/faults/" + kind).exchange().expectStatus().isNoContent();
		assertThat(state().path("faults")).isEmpty();
		assertThat(this.emulator.faults().remaining("*")).isZero();
	}

	@Test
	void expiresTheToken() {
		this.client.get().uri("/api/rooms").exchange().expectStatus().isOk();
		long fetched = this.emulator.requestCount("token");

		this.client.post().uri("/api/emulator/expired-tokens").exchange().expectStatus().isNoContent();

		this.client.get().uri("/api/rooms").exchange().expectStatus().isOk();
		assertThat(this.emulator.requestCount("token")).isEqualTo(fetched + 1);
	}

	@Test
	void sendsTrafficAndShowsWhatIsDelivered() {
		put("/api/emulator/traffic/50").expectStatus().isNoContent();

		JsonNode state = states().filter((one) -> one.path("delivered").asInt() > 20)
			.blockFirst(Duration.ofSeconds(30));
		assertThat(state.path("trafficPerSecond").asInt()).isEqualTo(50);
		assertThat(state.at("/deliveries/0/to").asString()).startsWith("viewer-");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/emulator/traffic/-1", "/api/emulator/traffic/151", "/api/emulator/traffic/many",
			"/api/emulator/faults/FLOOD" })
	void refusesWhatIsNoSwitch(String path) {
		put(path).expectStatus().isBadRequest();
	}

}
