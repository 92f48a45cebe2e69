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

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.imspring.emulator.Wire.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FaultTests {

	private ImEmulator emulator;

	private Wire wire;

	@BeforeEach
	void start() {
		this.emulator = ImEmulator.start();
		this.wire = Wire.orgApp(this.emulator);
	}

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@Test
	void statusWithAnyBodyForTheNextCallsOfAnOperation() {
		this.emulator.faults().fail("send-message", Fault.status(503).html("<h1>Sorry</h1>").header("X-Own", "1"), 2);
		this.wire.get("/users/a").ok();
		for (int i = 0; i < 2; i++) {
			Response response = this.wire.message("a");
			assertThat(response.status()).isEqualTo(503);
			assertThat(response.text()).isEqualTo("<h1>Sorry</h1>");
			assertThat(response.header("Content-Type")).isEqualTo("text/html");
			assertThat(response.header("X-Own")).isEqualTo("1");
		}
		this.wire.message("a").ok();
		assertThat(this.emulator.deliveredMessages()).isEqualTo(1);
		assertThat(this.emulator.requests("send-message")).extracting(RecordedRequest::status)
			.containsExactly(503, 503, 200);
	}

	@Test
	void faultsOfAnOperationComeInTheirOrder() {
		this.emulator.faults().fail("send-message", Fault.status(500));
		this.emulator.faults().fail("*", Fault.status(502));
		this.emulator.faults().fail("send-message", Fault.status(504).json("{}"));
		assertThat(this.emulator.faults().remaining("send-message")).isEqualTo(2);
		assertThat(this.wire.message("a").status()).isEqualTo(500);
		assertThat(this.wire.message("a").status()).isEqualTo(502);
		assertThat(this.wire.message("a").status()).isEqualTo(504);
		this.wire.message("a").ok();
		assertThat(this.emulator.faults().remaining("send-message")).isZero();
	}

	@Test
	void operationThatDoesNotExistIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.emulator.faults().fail("send-mesage", Fault.status(503)))
			.withMessage("There is no operation 'send-mesage'. Did you mean 'send-message'? An operation that the "
					+ "emulator does not know is named by its method and path, such as 'POST /messages/broadcast'");
		this.wire.post("/emulator/faults", "{'operation':'send-mesage','kind':'reach-limit'}")
			.isError(400, "illegal_argument",
					"There is no operation 'send-mesage'. Did you mean 'send-message'? An operation that the "
							+ "emulator does not know is named by its method and path, such as "
							+ "'POST /messages/broadcast'");
		this.wire.message("a").ok();
	}

	@Test
	void operationOfTheApplicationsOwnIsNamedByMethodAndPath() {
		this.emulator.faults().fail("POST /messages/broadcast", Fault.status(200).json("{}"));
		this.emulator.faults().fail("GET /users/{username}/offline_msg_count", Fault.status(503));
		assertThat(this.wire.get("/messages/broadcast").status()).isEqualTo(404);
		assertThat(this.wire.post("/messages/broadcast", "{}").ok().text()).isEqualTo("{}");
		assertThat(this.wire.post("/messages/broadcast", "{}").status()).isEqualTo(404);
		assertThat(this.wire.get("/users/a%2Fb/offline_msg_count").status()).isEqualTo(503);
		assertThat(this.emulator.requestCount("unknown")).isEqualTo(4);
		this.emulator.faults().fail("GET /users/{username}", Fault.status(504));
		assertThat(this.wire.get("/users/a").status()).isEqualTo(504);
	}

	@Test
	void documentedRejections() {
		this.emulator.faults().fail("*", Fault.reachLimit().retryAfter(Duration.ofSeconds(3)));
		this.emulator.faults().fail("*", Fault.reachLimit());
		this.emulator.faults().fail("*", Fault.messageReachLimit());
		this.emulator.faults().fail("*", Fault.resourceLimited());
		this.emulator.faults().fail("*", Fault.expiredToken());
		this.emulator.faults().fail("*", Fault.error(409, null, "somebody else was faster"));
		Response first = this.wire.message("a");
		first.isError(429, "reach_limit", "This request has reached api limit");
		assertThat(first.header("Retry-After")).isEqualTo("3");
		assertThat(this.wire.message("a").header("Retry-After")).isNull();
		this.wire.message("a").isError(403, "message_send_error", "message send reach limit");
		Response limited = this.wire.message("a");
		assertThat(limited.status()).isEqualTo(429);
		assertThat(limited.json().path("error").stringValue()).isEqualTo("resource_limited");
		this.wire.message("a").isError(401, "unauthorized", "Unable to authenticate due to expired access token");
		this.wire.message("a").isError(409, null, "somebody else was faster");
		assertThat(this.emulator.deliveredMessages()).isZero();
	}

	@Test
	void resetBeforeProcessing() {
		this.emulator.faults().fail("send-message", Fault.resetBeforeProcessing());
		assertThatExceptionOfType(IOException.class).isThrownBy(this::send);
		assertThat(this.emulator.deliveredMessages()).isZero();
		assertThat(this.emulator.requests("send-message").get(0).status()).isZero();
	}

	@Test
	void resetAfterProcessing() {
		this.emulator.faults().fail("send-message", Fault.resetAfterProcessing());
		assertThatExceptionOfType(IOException.class).isThrownBy(this::send);
		assertThat(this.emulator.deliveredMessages()).isEqualTo(1);
	}

	@Test
	void truncatedBody() {
		this.emulator.faults().fail("send-message", Fault.truncatedBody());
		assertThatExceptionOfType(IOException.class).isThrownBy(this::send);
		assertThat(this.emulator.deliveredMessages()).isEqualTo(1);
		assertThat(this.emulator.requests("send-message").get(0).status()).isEqualTo(200);
	}

	@Test
	void emptyOk() {
		this.emulator.faults().fail("send-message", Fault.emptyOk());
		Response response = this.wire.message("a").ok();
		assertThat(response.bytes()).isEmpty();
		assertThat(this.emulator.deliveredMessages()).isEqualTo(1);
	}

	@Test
	void statusAfterProcessing() {
		this.emulator.faults().fail("send-message", Fault.status(502).afterProcessing());
		assertThat(this.wire.message("a").status()).isEqualTo(502);
		assertThat(this.emulator.deliveredMessages()).isEqualTo(1);
	}

	@Test
	@Timeout(60)
	void hangNeverAnswersAndHoldsNobodyElseUp() {
		this.emulator.faults().fail("send-message", Fault.hang(), 50);
		var hanging = Stream
			.generate(() -> Wire.sendAsync(this.wire.request("POST", "/messages/users", Wire.messageJson("a"))))
			.limit(50)
			.toList();
		while (this.emulator.requestCount("send-message") < 50) {
			this.wire.get("/users/a").ok();
		}
		this.wire.message("a").ok();
		assertThat(hanging).noneMatch(CompletableFuture::isDone);
		assertThat(this.emulator.deliveredMessages()).isEqualTo(1);
	}

	@Test
	void delayComesAfterProcessing() throws Exception {
		this.emulator.faults().fail("send-message", Fault.delay(Duration.ofMillis(400)));
		long start = System.nanoTime();
		CompletableFuture<Response> answer = Wire
			.sendAsync(this.wire.request("POST", "/messages/users", Wire.messageJson("a")));
		answer.get(60, TimeUnit.SECONDS).ok();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
	}

	@Test
	void latencyBothWays() throws Exception {
		this.emulator.faults().latency(Latency.fixed(Duration.ofMillis(100), Duration.ofMillis(150)));
		long start = System.nanoTime();
		this.wire.message("a").ok();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(250));
		this.emulator.faults().latency(Latency.random(Duration.ZERO, Duration.ofMillis(1)));
		this.wire.message("a").ok();
		this.emulator.faults().clear();
		this.wire.message("a").ok();
	}

	@Test
	void latencyOfAnySupplierIsAnHourAtMost() {
		Latency beyond = Latency.of(() -> Duration.ofSeconds(Long.MAX_VALUE), () -> Duration.ofSeconds(Long.MIN_VALUE));
		assertThat(beyond.inbound()).isEqualTo(Duration.ofHours(1));
		assertThat(beyond.outbound()).isZero();
	}

	@Test
	void delaysAreAnHourAtMost() {
		Duration hour = Duration.ofHours(1);
		Fault.delay(hour).after(hour);
		Latency.fixed(hour, hour);
		Latency.random(Duration.ZERO, hour);
		Duration more = hour.plusNanos(1);
		assertThatIllegalArgumentException().isThrownBy(() -> Fault.delay(more));
		assertThatIllegalArgumentException().isThrownBy(() -> Fault.hang().after(more));
		assertThatIllegalArgumentException().isThrownBy(() -> Latency.fixed(more, hour));
		assertThatIllegalArgumentException().isThrownBy(() -> Latency.fixed(hour, more));
		assertThatIllegalArgumentException().isThrownBy(() -> Latency.random(hour, more));
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 599 })
	void errorsHaveAFinalStatus(int status) {
		this.emulator.faults().fail("*", Fault.error(status, "x", "y"));
		assertThat(this.wire.message("a").status()).isEqualTo(status);
		assertThatIllegalArgumentException().isThrownBy(() -> Fault.error(199, "x", "y"));
		assertThatIllegalArgumentException().isThrownBy(() -> Fault.error(600, "x", "y"));
	}

	@Test
	void headersThatHttpDoesNotHave() {
		Fault fault = Fault.status(500);
		for (String name : new String[] { "", "a b", "a:", "a\r\nb", "ä" }) {
			assertThatIllegalArgumentException().isThrownBy(() -> fault.header(name, "v"));
		}
		for (String value : new String[] { "a\r\nX: y", "a\n", "\u0000", "\u007f" }) {
			assertThatIllegalArgumentException().isThrownBy(() -> fault.header("X-Own", value));
			assertThatIllegalArgumentException().isThrownBy(() -> fault.body(value, "x"));
		}
		this.emulator.faults().fail("*", fault.header("X-Own", "a b, c"));
		assertThat(this.wire.message("a").header("X-Own")).isEqualTo("a b, c");
	}

	@Test
	void faultsAreExactUnderConcurrency() {
		this.emulator.quotas().mode(QuotaMode.OFF);
		this.emulator.faults().fail("send-message", Fault.status(500), 37);
		var calls = Stream
			.generate(() -> Wire.sendAsync(this.wire.request("POST", "/messages/users", Wire.messageJson("a"))))
			.limit(200)
			.toList();
		assertThat(calls.stream().filter((call) -> call.join().status() == 500)).hasSize(37);
		assertThat(this.emulator.deliveredMessages()).isEqualTo(163);
	}

	@Test
	void closedEmulatorAnswersNoMore() {
		this.wire.get("/users/a").ok();
		this.emulator.close();
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> Wire.send(this.wire.request("GET", "/users/a", null)));
	}

	private void send() throws IOException {
		Wire.send(this.wire.request("POST", "/messages/users", Wire.messageJson("a")));
	}

}
