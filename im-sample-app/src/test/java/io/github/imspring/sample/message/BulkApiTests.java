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

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.emulator.Latency;
import io.github.imspring.sample.ApiTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@ApiTest
class BulkApiTests {

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
			.uri("/api/bulk-sends")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(json)
			.exchange();
	}

	private String start(List<String> recipients) {
		byte[] answer = post("{\"message\":{\"type\":\"txt\",\"body\":{\"msg\":\"hi\"}},\"recipients\":%s}"
			.formatted(JsonMapper.shared().writeValueAsString(recipients))).expectStatus()
			.isAccepted()
			.expectBody()
			.jsonPath("$.total")
			.isNotEmpty()
			.returnResult()
			.getResponseBody();
		return JsonMapper.shared().readTree(answer).path("id").asString();
	}

	private BulkProgress watchToTheEnd(String id) {
		return this.client.get()
			.uri("/api/bulk-sends/{id}/progress", id)
			.accept(MediaType.TEXT_EVENT_STREAM)
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult(BulkProgress.class)
			.getResponseBody()
			.blockLast(Duration.ofSeconds(30));
	}

	private List<String> outcomes(String id) {
		return this.client.get()
			.uri("/api/bulk-sends/{id}/outcomes", id)
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentType("text/csv;charset=UTF-8")
			.expectBody(String.class)
			.returnResult()
			.getResponseBody()
			.lines()
			.toList();
	}

	@Test
	void sendsToEachOnce() {
		String id = start(List.of("ben", "cleo", "ben"));

		assertThat(watchToTheEnd(id))
			.isEqualTo(new BulkProgress(id, BulkProgress.State.DONE, 2, 2, 0, 0, 0, null, null));
		assertThat(this.emulator.deliveriesTo("ben")).hasSize(1);
		assertThat(outcomes(id)).containsExactlyInAnyOrder("recipient,outcome,message_id,problem",
				"\"ben\",sent,\"%s\",\"\"".formatted(this.emulator.deliveriesTo("ben").get(0).messageId()),
				"\"cleo\",sent,\"%s\",\"\"".formatted(this.emulator.deliveriesTo("cleo").get(0).messageId()));
	}

	@Test
	void saysWhoPerhapsGotIt() {
		watchToTheEnd(start(List.of("anna")));
		this.emulator.faults().fail("send-message", Fault.resetAfterProcessing());
		String id = start(List.of("ben", "cleo"));

		BulkProgress end = watchToTheEnd(id);
		assertThat(end.unknown()).isEqualTo(2);
		assertThat(outcomes(id)).filteredOn((line) -> line.contains(",unknown,")).hasSize(2);
	}

	@Test
	void stopsWhenCancelledAndAccountsForEverybody() {
		this.emulator.faults().latency(Latency.fixed(Duration.ofMinutes(1), Duration.ZERO));
		List<String> recipients = IntStream.range(0, 3000).mapToObj((number) -> "user" + number).toList();
		String id = start(recipients);

		this.client.delete().uri("/api/bulk-sends/{id}", id).exchange().expectStatus().isNoContent();

		BulkProgress end = watchToTheEnd(id);
		assertThat(end.state()).isEqualTo(BulkProgress.State.CANCELLED);
		assertThat(end.sent() + end.notSent() + end.unknown()).isEqualTo(3000);
		assertThat(outcomes(id)).hasSize(3001);
		this.emulator.reset();
	}

	@ParameterizedTest
	@CsvSource({ "=1+1, '\"''=1+1\"'", "+1, '\"''+1\"'", "@a, '\"''@a\"'", "-1+1, '\"''-1+1\"'", "-ben-, '\"-ben-\"'",
			"'a\"b', '\"a\"\"b\"'", "'a,b', '\"a,b\"'" })
	void writesNoFormula(String recipient, String cell) {
		assertThat(BulkOutcome.cancelled(recipient).csv()).startsWith(cell + ",not_sent,");
	}

	@Test
	void refusesWhatIsNoBulkSend() {
		String message = "{\"type\":\"txt\",\"body\":{\"msg\":\"hi\"}}";
		post("{\"recipients\":[\"ben\"]}").expectStatus().isBadRequest();
		post("{\"message\":%s,\"recipients\":[]}".formatted(message)).expectStatus().isBadRequest();
		post("{\"message\":%s,\"recipients\":[null]}".formatted(message)).expectStatus().isBadRequest();
		post("{\"message\":{\"type\":\"txt\",\"body\":{\"msg\":\"\"}},\"recipients\":[\"ben\"]}").expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.field")
			.isEqualTo("body.msg");
		String tooMany = JsonMapper.shared().writeValueAsString(Collections.nCopies(50_001, "ben"));
		post("{\"message\":%s,\"recipients\":%s}".formatted(message, tooMany)).expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("'recipients' must have 1 to 50000 user IDs");

		this.client.get().uri("/api/bulk-sends/1/progress").exchange().expectStatus().isNotFound();
		assertThat(this.emulator.requestCount("send-message")).isZero();
	}

}
