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

package io.github.imspring.message;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.emulator.QuotaMode;
import io.github.imspring.error.ImForbiddenException;
import io.github.imspring.error.ImServerException;
import io.github.imspring.error.ImValidationException;
import io.github.imspring.exchange.RecordingLimiter;
import io.github.imspring.exchange.TestClients;
import io.github.imspring.message.Delivery.Status;
import io.github.imspring.operation.Operations;
import io.github.imspring.quota.Lane;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.quota.QuotaLimiterBuilder;
import io.github.imspring.quota.QuotaRequest;
import io.github.imspring.quota.QuotaSettings;
import io.github.imspring.quota.store.QuotaShare;
import io.github.imspring.quota.store.QuotaStore;
import io.github.imspring.quota.store.RoundTrips;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link MessageOperations#sendToAll} against the emulator.
 */
class SendToAllTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final Message TEMPLATE = Message.text("hi").from("system").build();

	private static ImEmulator emulator;

	private final RecordingLimiter limiter = new RecordingLimiter();

	private final MessageOperations messages = MessageOperations.create(TestClients.orgApp(emulator, this.limiter));

	@BeforeAll
	static void startEmulator() {
		emulator = ImEmulator.builder().quota(QuotaMode.OFF).start();
	}

	@AfterAll
	static void stopEmulator() {
		emulator.close();
	}

	@BeforeEach
	void reset() {
		emulator.reset();
	}

	@Test
	void everyRecipientGetsTheMessageOnceAndItsIdIsReturned() {
		List<Delivery> deliveries = all(this.messages.sendToAll(TEMPLATE, users(2050)));
		assertThat(deliveries).hasSize(2050).allMatch(Delivery::isSent);
		Map<String, String> delivered = emulator.deliveries()
			.stream()
			.collect(Collectors.toMap((delivery) -> delivery.to(), (delivery) -> delivery.messageId()));
		assertThat(deliveries.stream().collect(Collectors.toMap(Delivery::recipient, Delivery::messageId)))
			.hasSize(2050)
			.isEqualTo(delivered);
		assertThat(emulator.requestCount("send-message")).isEqualTo(21);
		assertThat(this.limiter.requests).hasSize(21)
			.contains(new QuotaRequest(Operations.SEND_MESSAGE, 100, Lane.BULK),
					new QuotaRequest(Operations.SEND_MESSAGE, 50, Lane.BULK));
	}

	@Test
	void callsAreCutAsTheOptionsSay() {
		all(this.messages.sendToAll(TEMPLATE, users(1201), (bulk) -> bulk.withChunkSize(600)));
		assertThat(this.limiter.requests).extracting(QuotaRequest::messages).containsExactly(600, 600, 1);
		assertThatIllegalArgumentException().isThrownBy(() -> BulkOptions.DEFAULTS.withChunkSize(601))
			.withMessage("A call has 1 to 600 recipients but was to have 601");
		assertThatIllegalArgumentException().isThrownBy(() -> BulkOptions.DEFAULTS.withChunkSize(0));
		assertThatIllegalArgumentException().isThrownBy(() -> BulkOptions.DEFAULTS.withConcurrency(0));
		assertThatIllegalArgumentException().isThrownBy(() -> BulkOptions.DEFAULTS.withMaxDelay(Duration.ofMillis(-1)));
	}

	@Test
	void aTemplateOutOfItsBoundsIsRefusedBeforeTheSourceIsRead() {
		Message tooLarge = Message.text("x".repeat(5120)).build();
		Flux<String> source = Flux.error(() -> new AssertionError("was read"));
		StepVerifier.create(this.messages.sendToAll(tooLarge, source))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(ImValidationException.class)
				.hasMessageContaining("'body' and 'ext' must take at most 5120 bytes of JSON together but take"))
			.verify(TIMEOUT);
		assertThat(this.limiter.requests).isEmpty();
	}

	@Test
	void recipientsOfTheTemplateDoNotCount() {
		all(this.messages.sendToAll(TEMPLATE.withRecipients("other"), users(1)));
		assertThat(emulator.deliveries()).extracting((delivery) -> delivery.to()).containsExactly("user1");
	}

	@Test
	void aCallThatFailsFailsItsOwnRecipients() {
		emulator.faults().fail("send-message", Fault.status(503).html("<html/>"), 1);
		emulator.faults().fail("send-message", Fault.error(403, "forbidden_op", "no"), 1);
		List<Delivery> deliveries = all(
				this.messages.sendToAll(TEMPLATE, users(50), (bulk) -> bulk.withChunkSize(10).withConcurrency(1)));
		assertThat(deliveries).hasSize(50);
		assertThat(deliveries.subList(0, 10)).allSatisfy((delivery) -> {
			assertThat(delivery.status()).isEqualTo(Status.UNKNOWN);
			assertThat(delivery.failure()).isInstanceOf(ImServerException.class);
		});
		assertThat(deliveries.subList(10, 20)).allSatisfy((delivery) -> {
			assertThat(delivery.status()).isEqualTo(Status.NOT_SENT);
			assertThat(delivery.failure()).isInstanceOf(ImForbiddenException.class);
		});
		assertThat(deliveries.subList(20, 50)).allMatch(Delivery::isSent);
		assertThat(emulator.deliveredMessages()).isEqualTo(30);
	}

	@Test
	void whoPerhapsGotItIsUnknownAndWasNotSentToAgain() {
		emulator.faults().fail("send-message", Fault.resetAfterProcessing(), 1);
		List<Delivery> deliveries = all(this.messages.sendToAll(TEMPLATE, users(10)));
		assertThat(deliveries).hasSize(10).allMatch((delivery) -> delivery.status() == Status.UNKNOWN);
		assertThat(emulator.deliveredMessages()).isEqualTo(10);
	}

	@Test
	void cancellationTellsWhoWasSentToWhoPerhapsAndWhoNot() {
		QuotaLimiter slow = new QuotaLimiterBuilder()
			.settings(QuotaSettings.defaults().withLimits(Map.of("send-message", new QuotaSettings.Limits(4, null))))
			.build();
		MessageOperations limited = MessageOperations.create(TestClients.orgApp(emulator, slow));
		emulator.faults().fail("send-message", Fault.hang(), 5);
		ConcurrentLinkedQueue<Delivery> discarded = new ConcurrentLinkedQueue<>();
		Disposable bulkSend = limited
			.sendToAll(TEMPLATE, users(1000), (bulk) -> bulk.withChunkSize(10).withConcurrency(5))
			.doOnDiscard(Delivery.class, discarded::add)
			.subscribe();
		await().atMost(TIMEOUT).until(() -> emulator.requestCount("send-message") >= 2);
		bulkSend.dispose();
		assertThat(discarded).hasSize(70).extracting(Delivery::recipient).doesNotHaveDuplicates();
		assertThat(discarded).noneMatch(Delivery::isSent);
		List<String> unknown = discarded.stream()
			.filter((delivery) -> delivery.status() == Status.UNKNOWN)
			.map(Delivery::recipient)
			.toList();
		assertThat(unknown).hasSizeBetween(20, 50);
		List<String> received = emulator.requests("send-message")
			.stream()
			.flatMap((request) -> request.json().path("to").values().stream())
			.map(JsonNode::asString)
			.toList();
		assertThat(received).hasSizeGreaterThanOrEqualTo(20).isSubsetOf(unknown);
	}

	@Test
	void callsAreCutToTheShareOfTheQuotaThatAnInstanceSurelyGets() {
		QuotaStore store = (claims, lease,
				validFor) -> Mono.just(claims.stream()
					.map((claim) -> new QuotaShare(claim.quota().limit(), claim.quota().limit(), claim.bulkMost(), 0,
							Duration.ZERO, RoundTrips.NONE))
					.toList());
		QuotaLimiter shared = new QuotaLimiterBuilder()
			.settings(
					QuotaSettings.defaults().withLimits(Map.of("send-message", new QuotaSettings.Limits(null, 2_000))))
			.store(store, 200)
			.build();
		MessageOperations limited = MessageOperations.create(TestClients.orgApp(emulator, shared));
		assertThat(all(limited.sendToAll(TEMPLATE, users(95)))).hasSize(95).allMatch(Delivery::isSent);
		assertThat(emulator.requests("send-message")).hasSize(10)
			.allSatisfy((request) -> assertThat(request.json().path("to").size()).isBetween(5, 10));
		shared.close(Duration.ZERO).block();
	}

	@Test
	void theTimeOfACallStandsStillWhileItWaitsForItsQuota() {
		QuotaLimiter slow = new QuotaLimiterBuilder()
			.settings(QuotaSettings.defaults()
				.withMaxWait(Duration.ofMillis(100))
				.withLimits(Map.of("send-message", new QuotaSettings.Limits(2, null))))
			.build();
		MessageOperations limited = MessageOperations
			.create(TestClients.orgApp(emulator, slow, Duration.ofMillis(900)));
		List<Delivery> deliveries = all(limited.sendToAll(TEMPLATE, users(3), (bulk) -> bulk.withChunkSize(1)));
		assertThat(deliveries).hasSize(3).allMatch(Delivery::isSent);
	}

	@Test
	void theTimeOfACallStandsStillInThePauseThatTheServiceAsksFor() {
		emulator.faults().fail("send-message", Fault.reachLimit().retryAfter(Duration.ofSeconds(1)), 1);
		MessageOperations limited = MessageOperations
			.create(TestClients.orgApp(emulator, this.limiter, Duration.ofMillis(900)));
		assertThat(all(limited.sendToAll(TEMPLATE, users(3)))).hasSize(3).allMatch(Delivery::isSent);
		assertThat(emulator.requestCount("send-message")).isEqualTo(2);
	}

	@Test
	void theTimeOfACallRunsOnceItIsGranted() {
		emulator.faults().fail("send-message", Fault.hang(), 1);
		MessageOperations limited = MessageOperations
			.create(TestClients.orgApp(emulator, this.limiter, Duration.ofMillis(300)));
		assertThat(all(limited.sendToAll(TEMPLATE, users(1)))).singleElement().satisfies((delivery) -> {
			assertThat(delivery.status()).isEqualTo(Status.UNKNOWN);
			assertThat(delivery.failure()).hasMessageContaining("not done after 300 ms, while waiting for the answer");
		});
	}

	private static Flux<String> users(int count) {
		return Flux.range(1, count).map((number) -> "user" + number);
	}

	private static List<Delivery> all(Flux<Delivery> deliveries) {
		return deliveries.collectList().block(TIMEOUT);
	}

}
