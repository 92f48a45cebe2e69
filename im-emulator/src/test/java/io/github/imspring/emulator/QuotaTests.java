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

package io.github.imspring.emulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.github.imspring.emulator.Wire.Response;
import io.github.imspring.emulator.quota.QuotaWindow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class QuotaTests {

	private static final String REACHED = "This request has reached api limit";

	private ImEmulator emulator;

	private Wire wire;

	@BeforeEach
	void start() {
		this.emulator = ImEmulator.start();
		this.wire = Wire.orgApp(this.emulator);
		this.emulator.clock().freeze();
		this.emulator.clock().set(Instant.parse("2026-01-01T00:00:00Z"));
		this.wire = Wire.orgApp(this.emulator);
	}

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@Test
	void hundredCallsInAnyOneSecond() {
		for (int i = 0; i < 50; i++) {
			this.wire.message("user2").ok();
		}
		advance(500);
		for (int i = 0; i < 50; i++) {
			this.wire.message("user2").ok();
		}
		advance(499);
		this.wire.message("user2").isError(429, "reach_limit", REACHED);
		advance(1);
		for (int i = 0; i < 50; i++) {
			this.wire.message("user2").ok();
		}
		this.wire.message("user2").isError(429, "reach_limit", REACHED);
		assertThat(this.emulator.quotas().rejections("send-message", 429)).isEqualTo(2);
		assertThat(this.emulator.quotas().peakCalls("send-message")).isEqualTo(100);
		assertThat(this.emulator.deliveredMessages()).isEqualTo(150);
	}

	@Test
	void sixThousandMessagesInAnyOneMinute() {
		for (int i = 0; i < 9; i++) {
			this.wire.message(users(600)).ok();
			advance(100);
		}
		this.wire.message(users(599)).ok();
		this.wire.message("a", "b").isError(403, "message_send_error", "message send reach limit");
		this.wire.message("a").ok();
		this.wire.message("a").isError(403, "message_send_error", "message send reach limit");
		advance(60_000 - 900 - 1);
		this.wire.message("a").isError(403, "message_send_error", "message send reach limit");
		advance(1);
		this.wire.message(users(600)).ok();
		this.wire.message("a").isError(403, "message_send_error", "message send reach limit");
		assertThat(this.emulator.quotas().rejections("send-message", 403)).isEqualTo(4);
		assertThat(this.emulator.quotas().peakMessages()).isEqualTo(6000);
	}

	@Test
	void rejectedRequestsCountInNothing() {
		this.emulator.quotas().messagesPerMinute(10);
		this.wire.message(users(10)).ok();
		for (int i = 0; i < 150; i++) {
			this.wire.message("a").isError(403, "message_send_error", "message send reach limit");
		}
		this.emulator.quotas().messagesPerMinute(1000);
		for (int i = 0; i < 99; i++) {
			this.wire.message("a").ok();
		}
		this.wire.message("a").isError(429, "reach_limit", REACHED);
	}

	@Test
	void wrongRequestsCountAsCallsAndUnauthorizedOnesDoNot() {
		this.wire.withoutToken().message("a");
		for (int i = 0; i < 100; i++) {
			assertThat(this.wire.post("/messages/users", "{}").status()).isEqualTo(400);
		}
		this.wire.message("a").isError(429, "reach_limit", REACHED);
		assertThat(this.emulator.quotas().peakMessages()).isZero();
	}

	@Test
	void fixedWindowsBeginAtTheirAlignment() {
		this.emulator.quotas().mode(QuotaMode.FIXED);
		this.emulator.quotas().alignment(Duration.ofMillis(300));
		this.emulator.quotas().callsPerSecond("send-message", 2);
		advance(1299);
		this.wire.message("a").ok();
		this.wire.message("a").ok();
		this.wire.message("a").isError(429, "reach_limit", REACHED);
		advance(1);
		this.wire.message("a").ok();
		this.wire.message("a").ok();
		advance(999);
		this.wire.message("a").isError(429, "reach_limit", REACHED);
		advance(1);
		this.wire.message("a").ok();
	}

	@Test
	void offLimitsNothing() {
		this.emulator.quotas().mode(QuotaMode.OFF);
		for (int i = 0; i < 120; i++) {
			this.wire.message("a").ok();
		}
	}

	@Test
	void limitsAreSetByTheBuilderAndAtRunTime() {
		try (ImEmulator other = ImEmulator.builder()
			.callsPerSecond("send-message", 3)
			.messagesPerMinute(4)
			.callsPerSecond("get-user", 1)
			.start()) {
			other.clock().freeze();
			Wire wire = Wire.orgApp(other);
			wire.message("a", "b").ok();
			wire.message("a", "b").ok();
			wire.message("a").isError(403, "message_send_error", "message send reach limit");
			wire.get("/users/a").ok();
			wire.get("/users/a").isError(429, "reach_limit", REACHED);
			other.quotas().messagesPerMinute(12_000);
			wire.message("a").ok();
			wire.message("a").isError(429, "reach_limit", REACHED);
			other.quotas().callsPerSecond("send-message", 200);
			for (int i = 0; i < 197; i++) {
				wire.message("a").ok();
			}
			wire.message("a").isError(429, "reach_limit", REACHED);
			other.quotas().reset();
			assertThat(other.quotas().callsPerSecond("send-message")).isEqualTo(3);
			assertThat(other.quotas().messagesPerMinute()).isEqualTo(4);
			wire.message("a").ok();
		}
	}

	@Test
	void clockSetFarBackFreesTheQuota() {
		this.emulator.quotas().callsPerSecond("send-message", 1);
		this.wire.message("a").ok();
		this.emulator.clock().advance(Duration.ofMinutes(-5));
		this.wire.message("a").ok();
		this.wire.message("a").isError(429, "reach_limit", REACHED);
	}

	@Test
	void clockSetALittleBackFreesTheQuotaToo() {
		for (QuotaMode mode : new QuotaMode[] { QuotaMode.SLIDING, QuotaMode.FIXED }) {
			this.emulator.quotas().mode(mode);
			this.emulator.quotas().callsPerSecond("send-message", 2);
			this.emulator.quotas().messagesPerMinute(2);
			this.emulator.clock().set(Instant.parse("2026-01-01T00:00:30Z"));
			this.wire.message("a").ok();
			this.wire.message("a").ok();
			this.wire.message("a").isError(429, "reach_limit", REACHED);
			advance(-40_000);
			this.wire.message("a").ok();
			this.wire.message("a").ok();
			this.wire.message("a").isError(429, "reach_limit", REACHED);
			advance(1000);
			this.wire.message("a").isError(403, "message_send_error", "message send reach limit");
			advance(59_000);
			this.wire.message("a").ok();
			assertThat(this.emulator.quotas().peakCalls("send-message")).isEqualTo(2);
			assertThat(this.emulator.quotas().peakMessages()).isEqualTo(2);
		}
	}

	@Test
	void downloadsCountOnceTheirTokenIsGood() {
		this.emulator.quotas().callsPerSecond("download-file", 1);
		for (int i = 0; i < 3; i++) {
			this.wire.withoutToken()
				.get("/chatfiles/nowhere")
				.isError(401, "unauthorized", "Unable to authenticate due to expired access token");
		}
		this.wire.get("/chatfiles/nowhere").isError(404, "entity_not_found", "file may not exists");
		this.wire.get("/chatfiles/nowhere").isError(429, "reach_limit", REACHED);
		advance(1000);
		JsonNode entity = this.wire.upload(new byte[1], "text/plain", "restrict-access", "true")
			.ok()
			.json()
			.path("entities")
			.path(0);
		String link = "/chatfiles/" + entity.path("uuid").stringValue() + "?share-secret="
				+ entity.path("share-secret").stringValue();
		this.wire.withoutToken().get(link).ok();
		this.wire.withoutToken().get(link).isError(429, "reach_limit", REACHED);
		assertThat(this.emulator.quotas().rejections("download-file", 429)).isEqualTo(2);
	}

	@Test
	void exactUnderConcurrency() {
		List<CompletableFuture<Response>> calls = IntStream.range(0, 400)
			.mapToObj((i) -> Wire.sendAsync(this.wire.request("POST", "/messages/users", Wire.messageJson("a"))))
			.toList();
		List<Integer> statuses = calls.stream().map((call) -> call.join().status()).toList();
		assertThat(statuses.stream().filter((status) -> status == 200)).hasSize(100);
		assertThat(statuses.stream().filter((status) -> status == 429)).hasSize(300);
		assertThat(this.emulator.quotas().rejections("send-message")).isEqualTo(300);
		assertThat(this.emulator.deliveredMessages()).isEqualTo(100);
	}

	/** Against a slow but plain count over all arrivals. */
	@Test
	void slidingWindowAgreesWithACountOverAllArrivals() {
		Random random = new Random(7);
		QuotaWindow window = new QuotaWindow.Sliding(50, 1000);
		ArrayList<long[]> accepted = new ArrayList<>();
		long now = 0;
		for (int i = 0; i < 20_000; i++) {
			now += random.nextInt(40);
			int weight = 1 + random.nextInt(5);
			int used = 0;
			for (int j = accepted.size() - 1; j >= 0 && accepted.get(j)[0] > now - 1000; j--) {
				used += (int) accepted.get(j)[1];
			}
			assertThat(window.fits(now, weight)).isEqualTo(used + weight <= 50);
			if (used + weight <= 50) {
				window.add(now, weight);
				accepted.add(new long[] { now, weight });
			}
		}
		assertThat(window.peak()).isEqualTo(50);
	}

	private void advance(long millis) {
		this.emulator.clock().advance(Duration.ofMillis(millis));
	}

	private static String[] users(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "user" + i).toArray(String[]::new);
	}

}
