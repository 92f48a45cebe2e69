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

package io.github.imspring;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.emulator.QuotaMode;
import io.github.imspring.error.ImCancelledException;
import io.github.imspring.error.ImException;
import io.github.imspring.error.ImServerException;
import io.github.imspring.exchange.ImEndpoint;
import io.github.imspring.exchange.ImRequest;
import io.github.imspring.exchange.RetrySettings;
import io.github.imspring.message.Delivery;
import io.github.imspring.message.Message;
import io.github.imspring.message.SendResult;
import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Operations;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.quota.QuotaLimiterBuilder;
import io.github.imspring.quota.QuotaSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the end of an {@link ImClient}, and for calls that are given up.
 */
class ImClientShutdownTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final Duration SOON = Duration.ofMillis(300);

	private static final ConnectionProvider CONNECTIONS = ConnectionProvider.create("test", 200);

	private static ImEmulator emulator;

	private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

	private final AtomicInteger sent = new AtomicInteger();

	@BeforeAll
	static void startEmulator() {
		emulator = ImEmulator.builder().quota(QuotaMode.OFF).start();
	}

	@AfterAll
	static void stopEmulator() {
		emulator.close();
		CONNECTIONS.dispose();
	}

	@BeforeEach
	void reset() {
		emulator.reset();
	}

	@Test
	void eachOf500WaitingIsToldWhenTheTimeIsOver() {
		ImClient client = client(100, SOON).build();
		for (int number = 0; number < 600; number++) {
			send(client, "user" + number);
		}
		client.close();
		assertThat(this.sent.get() + this.failures.size()).isEqualTo(600);
		assertThat(this.sent.get()).isBetween(100, 200).isEqualTo((int) emulator.deliveredMessages());
		assertThat(this.failures).allSatisfy((failure) -> assertThat(failure)
			.isInstanceOfSatisfying(ImCancelledException.class, (ex) -> assertThat(ex.mayHaveBeenProcessed()).isFalse())
			.hasMessageContaining(
					"the client was closed or drained before the quota had a slot for the call, which was not sent"));
	}

	@Test
	void waitingCallsGoAsLongAsThereIsTime() {
		ImClient client = client(100, TIMEOUT).build();
		for (int number = 0; number < 150; number++) {
			send(client, "user" + number);
		}
		client.close();
		assertThat(this.failures).isEmpty();
		assertThat(this.sent).hasValue(150);
	}

	@Test
	void callsUnderWayEnd() {
		emulator.faults().fail("send-message", Fault.delay(SOON), 10);
		ImClient client = client(QuotaLimiter.unlimited(), TIMEOUT).build();
		for (int number = 0; number < 10; number++) {
			send(client, "user" + number);
		}
		await().atMost(TIMEOUT).until(() -> emulator.requestCount("send-message") == 10);
		client.close();
		assertThat(this.sent).hasValue(10);
	}

	@Test
	void callsUnderWayHaveAsLongAgainAndNoLonger() {
		emulator.faults().fail("send-message", Fault.hang(), 1);
		ImClient client = client(100, SOON).build();
		send(client, "user1");
		await().atMost(TIMEOUT).until(() -> emulator.requestCount("send-message") == 1);
		Duration took = client.closeGracefully()
			.then(Mono.just(true))
			.elapsed()
			.map((end) -> Duration.ofMillis(end.getT1()))
			.block(TIMEOUT);
		assertThat(took).isBetween(SOON.multipliedBy(2).minusMillis(50), TIMEOUT);
	}

	@Test
	void aPauseBeforeAnotherAttemptEndsWithTheTime() {
		emulator.faults().fail("get-user", Fault.status(503).html("<html/>"), 10);
		ImClient client = client(100, SOON)
			.retry(new RetrySettings(10, Duration.ofMinutes(1), Duration.ofMinutes(1), false))
			.timeout(Duration.ofMinutes(10))
			.build();
		client.rest()
			.exchange(ImRequest.get(Operation.of("get-user", true)).path("users", "user1").build())
			.subscribe((response) -> this.sent.incrementAndGet(), this.failures::add);
		await().atMost(TIMEOUT).until(() -> emulator.requestCount("get-user") == 1);
		client.close();
		assertThat(this.failures).singleElement().isInstanceOf(ImServerException.class);
	}

	@Test
	void newCallsAreRefused() {
		ImClient client = client(QuotaLimiter.unlimited(), TIMEOUT).build();
		client.close();
		send(client, "user1");
		client.rest()
			.download(ImRequest.get(Operations.DOWNLOAD_FILE).path("chatfiles", "1").build())
			.subscribe(DataBufferUtils::release, this.failures::add);
		assertThat(this.failures).hasSize(2).allSatisfy((failure) -> {
			assertThat(failure).isInstanceOf(ImCancelledException.class)
				.hasMessageContaining("the client is closed, and the call was not sent");
			assertThat(((ImException) failure).mayHaveBeenProcessed()).isFalse();
		});
		assertThat(emulator.requests()).isEmpty();
	}

	@Test
	void closingAgainIsTheFirstClosing() {
		ImClient client = client(100, TIMEOUT).build();
		emulator.faults().fail("send-message", Fault.delay(SOON), 1);
		send(client, "user1");
		Mono<Void> closing = client.closeGracefully();
		assertThat(client.closeGracefully()).isSameAs(closing);
		client.close();
		client.close();
		assertThat(this.sent).hasValue(1);
	}

	@Test
	void closingDoesNotBlockAThreadThatMustNotBlock() {
		ImClient client = client(100, TIMEOUT).build();
		emulator.faults().fail("send-message", Fault.delay(SOON), 1);
		send(client, "user1");
		Mono<Boolean> closing = Mono.fromCallable(() -> {
			assertThatIllegalStateException().isThrownBy(client::close);
			return true;
		}).subscribeOn(Schedulers.parallel());
		assertThat(closing.block(TIMEOUT)).isEqualTo(true);
		client.close();
		assertThat(this.sent).hasValue(1);
	}

	@Test
	void aDrainedClientHasEndedItsCallsAndTakesNewOnes() {
		ImClient client = client(100, SOON).build();
		for (int number = 0; number < 250; number++) {
			send(client, "user" + number);
		}
		client.drain().block(TIMEOUT);
		assertThat(this.sent.get() + this.failures.size()).isEqualTo(250);
		assertThat(this.sent.get()).isBetween(100, 200).isEqualTo((int) emulator.deliveredMessages());
		assertThat(this.failures).isNotEmpty().allMatch(ImCancelledException.class::isInstance);
		this.failures.clear();

		emulator.faults().fail("send-message", Fault.reachLimit(), 1);
		int before = this.sent.get();
		for (int number = 0; number < 101; number++) {
			send(client, "user" + number);
		}
		await().atMost(TIMEOUT).until(() -> this.sent.get() + this.failures.size() == before + 101);
		assertThat(this.failures).isEmpty();
		client.drain().block(TIMEOUT);
		client.close();
		send(client, "user1");
		assertThat(this.failures).singleElement().isInstanceOf(ImCancelledException.class);
	}

	@Test
	void closingDoesNotWaitAgainForACallThatADrainHasWaitedForInVain() {
		emulator.faults().fail("send-message", Fault.hang(), 1);
		ImClient client = client(100, SOON).build();
		send(client, "user1");
		await().atMost(TIMEOUT).until(() -> emulator.requestCount("send-message") == 1);
		client.drain().block(TIMEOUT);
		Duration took = client.closeGracefully()
			.then(Mono.just(true))
			.elapsed()
			.map((end) -> Duration.ofMillis(end.getT1()))
			.block(TIMEOUT);
		assertThat(took).isLessThan(SOON);
	}

	@Test
	void drainingEndsAPauseBeforeAnotherAttempt() {
		emulator.faults().fail("get-user", Fault.status(503).html("<html/>"), 10);
		ImClient client = client(100, SOON)
			.retry(new RetrySettings(10, Duration.ofMinutes(1), Duration.ofMinutes(1), false))
			.timeout(Duration.ofMinutes(10))
			.build();
		client.rest()
			.exchange(ImRequest.get(Operation.of("get-user", true)).path("users", "user1").build())
			.subscribe((response) -> this.sent.incrementAndGet(), this.failures::add);
		await().atMost(TIMEOUT).until(() -> emulator.requestCount("get-user") == 1);
		client.drain().block(TIMEOUT);
		assertThat(this.failures).singleElement().isInstanceOf(ImServerException.class);
		client.close();
	}

	@Test
	void aBulkSendEndsAndTellsEachWhomItTook() {
		AtomicInteger taken = new AtomicInteger();
		AtomicInteger emitted = new AtomicInteger();
		ImClient client = client(5, SOON).build();
		Flux<Delivery> bulkSend = client.messages()
			.sendToAll(Message.text("hi").build(),
					Flux.range(0, 1_000_000)
						.map((number) -> "user" + number)
						.doOnNext((user) -> taken.incrementAndGet()),
					(bulk) -> bulk.withChunkSize(10).withConcurrency(4))
			.doOnNext((delivery) -> emitted.incrementAndGet())
			.doOnNext((delivery) -> this.sent.addAndGet(delivery.isSent() ? 1 : 0));
		StepVerifier.create(bulkSend)
			.expectNextCount(10)
			.then(() -> client.closeGracefully().subscribe())
			.thenConsumeWhile((delivery) -> true)
			.expectError(ImCancelledException.class)
			.verify(TIMEOUT);
		assertThat(emitted.get()).isEqualTo(taken.get()).isLessThan(200);
		assertThat(this.sent).hasValue((int) emulator.deliveredMessages());
	}

	@Test
	void afterAThousandWaitingAreCancelledTheNextGoesAtOnce() {
		ImClient client = client(10, TIMEOUT).build();
		Disposable.Composite waiting = Disposables.composite();
		for (int number = 0; number < 1010; number++) {
			waiting.add(client.messages()
				.send(Message.text("hi").to("user" + number).build())
				.subscribe((result) -> this.sent.incrementAndGet(), this.failures::add));
		}
		await().atMost(TIMEOUT).until(() -> this.sent.get() >= 10);
		waiting.dispose();
		await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
		long before = emulator.deliveredMessages();
		assertThat(before).isLessThan(1000);
		Duration took = client.messages()
			.send(Message.text("hi").to("next").build())
			.elapsed()
			.map((end) -> Duration.ofMillis(end.getT1()))
			.block(TIMEOUT);
		assertThat(took).isLessThan(Duration.ofSeconds(1));
		assertThat(this.failures).isEmpty();
		assertThat(emulator.deliveredMessages()).isEqualTo(before + 1);
		client.close();
	}

	private void send(ImClient client, String user) {
		client.messages().send(Message.text("hi").to(user).build()).subscribe(this::sent, this.failures::add);
	}

	private void sent(SendResult result) {
		this.sent.addAndGet(result.messageIds().size());
	}

	private static ImClientBuilder client(int callsPerSecond, Duration shutdownTimeout) {
		return client(new QuotaLimiterBuilder()
			.settings(QuotaSettings.defaults()
				.withMaxWait(Duration.ofMinutes(10))
				.withLimits(Map.of("send-message", new QuotaSettings.Limits(callsPerSecond, null))))
			.build(), shutdownTimeout).timeout(Duration.ofMinutes(10));
	}

	private static ImClientBuilder client(QuotaLimiter quotas, Duration shutdownTimeout) {
		return ImClient
			.builder(ImEndpoint.ofOrgApp(URI.create(emulator.baseUrl()), emulator.orgName(), emulator.appName()))
			.token(emulator.tokens().issue())
			.webClient(WebClient.builder()
				.clientConnector(new ReactorClientHttpConnector(HttpClient.create(CONNECTIONS).disableRetry(true))))
			.quotas(quotas)
			.shutdownTimeout(shutdownTimeout);
	}

}
