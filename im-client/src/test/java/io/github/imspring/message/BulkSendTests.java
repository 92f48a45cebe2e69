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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.imspring.error.Hint;
import io.github.imspring.error.ImCancelledException;
import io.github.imspring.error.ImDecodingException;
import io.github.imspring.error.ImQuotaExceededException;
import io.github.imspring.error.ImTransportException;
import io.github.imspring.error.ImValidationException;
import io.github.imspring.exchange.ResponseEnvelope;
import io.github.imspring.message.Delivery.Status;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link BulkSend} with calls in the hands of the test.
 */
class BulkSendTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final BulkOptions OPTIONS = new BulkOptions(3, 2, Duration.ofSeconds(1), Duplicates.SEND_AGAIN);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final List<OpenCall> calls = new ArrayList<>();

	private final List<Delivery> discarded = new ArrayList<>();

	@Test
	void cutsIntoCallsAndDeliversEachRecipient() {
		Flux<Delivery> deliveries = BulkSend.of(Destination.USERS, users(7), OPTIONS, BulkSendTests::answerAtOnce,
				this.time);
		StepVerifier.create(deliveries.map(BulkSendTests::describe))
			.expectNext("u1 SENT id-u1", "u2 SENT id-u2", "u3 SENT id-u3")
			.expectNext("u4 SENT id-u4", "u5 SENT id-u5", "u6 SENT id-u6")
			.expectNext("u7 SENT id-u7")
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void completesWithoutRecipientsAndBeforeAnyDemand() {
		StepVerifier.create(bulkSend(Flux.empty(), OPTIONS), 0).expectComplete().verify(TIMEOUT);
		assertThat(this.calls).isEmpty();
	}

	@Test
	void takesNothingBeforeTheFirstDemandAndNoMoreThanItCanHold() {
		AtomicInteger taken = new AtomicInteger();
		Flux<String> source = users(1_000_000).doOnNext((user) -> taken.incrementAndGet());
		StepVerifier.create(BulkSend.of(Destination.USERS, source, OPTIONS, BulkSendTests::answerAtOnce, this.time), 0)
			.then(() -> assertThat(taken).hasValue(0))
			.thenRequest(1)
			.expectNextCount(1)
			.then(() -> assertThat(taken).hasValueBetween(3, 13))
			.thenRequest(999)
			.expectNextCount(999)
			.then(() -> assertThat(taken).hasValueBetween(1000, 1012))
			.thenCancel()
			.verify(TIMEOUT);
		assertThat(taken.get()).isLessThanOrEqualTo(1012);
	}

	@Test
	void keepsTheBoundOfCallsAtATime() {
		StepVerifier.create(bulkSend(users(30), OPTIONS)).then(() -> assertThat(this.calls).hasSize(2)).then(() -> {
			this.calls.get(1).answer();
			assertThat(this.calls).hasSize(3);
		}).expectNextCount(3).thenCancel().verify(TIMEOUT);
	}

	@Test
	void aCallThatFailsFailsItsOwnRecipientsOnly() {
		StepVerifier.create(bulkSend(users(9), OPTIONS).map(BulkSendTests::describe)).then(() -> {
			this.calls.get(0).fail(new ImTransportException("send-message", "no", Hint.of("Wait."), true, null));
			this.calls.get(1).fail(new ImTransportException("send-message", "no", Hint.of("Wait."), false, null));
			this.calls.get(2).answer();
		})
			.expectNext("u1 UNKNOWN ImTransportException", "u2 UNKNOWN ImTransportException",
					"u3 UNKNOWN ImTransportException")
			.expectNext("u4 NOT_SENT ImTransportException", "u5 NOT_SENT ImTransportException",
					"u6 NOT_SENT ImTransportException")
			.expectNext("u7 SENT id-u7", "u8 SENT id-u8", "u9 SENT id-u9")
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void whoHasNoIdInTheAnswerIsUnknown() {
		StepVerifier.create(bulkSend(users(3), OPTIONS))
			.then(() -> this.calls.get(0).answer(Map.of("u1", "1", "u3", "3")))
			.expectNext(Delivery.sent("u1", "1"))
			.assertNext((delivery) -> {
				assertThat(delivery.recipient()).isEqualTo("u2");
				assertThat(delivery.status()).isEqualTo(Status.UNKNOWN);
				assertThat(delivery.messageId()).isNull();
				assertThat(delivery.failure()).isInstanceOf(ImDecodingException.class);
			})
			.expectNext(Delivery.sent("u3", "3"))
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void whatNoImExceptionIsLeavesTheOutcomeOpen() {
		StepVerifier.create(bulkSend(users(1), OPTIONS))
			.then(() -> this.calls.get(0).sink.tryEmitError(new IllegalStateException("broken filter")))
			.assertNext((delivery) -> {
				assertThat(delivery.status()).isEqualTo(Status.UNKNOWN);
				assertThat(delivery.failure()).hasMessageContaining("broken filter");
			})
			.expectComplete()
			.verify(TIMEOUT);
		StepVerifier.create(bulkSend(users(1), OPTIONS))
			.then(() -> this.calls.get(1).sink.tryEmitEmpty())
			.assertNext((delivery) -> assertThat(delivery.status()).isEqualTo(Status.UNKNOWN))
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void callsThatFindTheQueueFullGoWhenOthersHaveEnded() {
		AtomicInteger waiting = new AtomicInteger();
		AtomicInteger refused = new AtomicInteger();
		List<List<String>> sent = new ArrayList<>();
		Flux<Delivery> deliveries = BulkSend.of(Destination.USERS, users(300), OPTIONS.withConcurrency(16),
				(call) -> Mono.defer(() -> {
					if (waiting.get() == 4) {
						refused.incrementAndGet();
						return Mono.error(queueFull(Duration.ofSeconds(3)));
					}
					waiting.incrementAndGet();
					sent.add(call.recipients());
					return Mono.delay(Duration.ofMillis(10), this.time)
						.map((late) -> result(ids(call.recipients())))
						.doOnNext((result) -> waiting.decrementAndGet());
				}), this.time);
		List<Delivery> all = new ArrayList<>();
		deliveries.subscribe(all::add);
		this.time.advanceTimeBy(Duration.ofSeconds(10));
		assertThat(all).hasSize(300).allMatch((delivery) -> delivery.status() == Status.SENT);
		assertThat(sent).hasSize(100);
		assertThat(sent.stream().flatMap(List::stream).limit(12)).containsExactly("u1", "u2", "u3", "u4", "u5", "u6",
				"u7", "u8", "u9", "u10", "u11", "u12");
		assertThat(refused.get()).isLessThan(60);
	}

	@Test
	void callThatFindsTheQueueFullOfOthersFails() {
		StepVerifier.create(bulkSend(users(3), OPTIONS).map(BulkSendTests::describe))
			.then(() -> this.calls.get(0).fail(queueFull(Duration.ofSeconds(3))))
			.expectNextCount(2)
			.expectNext("u3 NOT_SENT ImQuotaExceededException")
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void callThatTheQuotaCanNeverHoldFailsThoughOthersAreUnderWay() {
		StepVerifier.create(bulkSend(users(6), OPTIONS).map(BulkSendTests::describe)).then(() -> {
			this.calls.get(0).fail(queueFull(null));
			this.calls.get(1).answer();
		})
			.expectNext("u1 NOT_SENT ImQuotaExceededException")
			.expectNextCount(2)
			.expectNext("u4 SENT id-u4")
			.expectNextCount(2)
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void whoIsLeftOverWaitsNoLongerThanTheDelay() {
		TestPublisher<String> source = TestPublisher.create();
		bulkSend(source, OPTIONS.withConcurrency(1)).subscribe();
		source.next("u1", "u2", "u3");
		this.time.advanceTimeBy(Duration.ofMillis(100));
		source.next("u4", "u5", "u6", "u7");
		this.time.advanceTimeBy(Duration.ofMillis(500));
		this.calls.get(0).answer();
		assertThat(this.calls).hasSize(2);
		this.calls.get(1).answer();
		this.time.advanceTimeBy(Duration.ofMillis(499));
		assertThat(this.calls).hasSize(2);
		this.time.advanceTimeBy(Duration.ofMillis(1));
		assertThat(this.calls).hasSize(3);
		assertThat(this.calls.get(2).recipients()).containsExactly("u7");
	}

	private static ImQuotaExceededException queueFull(Duration retryAfter) {
		return new ImQuotaExceededException("send-message", "no room", Hint.of("Send fewer."), retryAfter);
	}

	@Test
	void anEmptyUserIdFailsAlone() {
		Flux<Delivery> deliveries = BulkSend.of(Destination.USERS, Flux.just("u1", "", "u2"), OPTIONS,
				BulkSendTests::answerAtOnce, this.time);
		StepVerifier.create(deliveries).assertNext((delivery) -> {
			assertThat(delivery.recipient()).isEmpty();
			assertThat(delivery.status()).isEqualTo(Status.NOT_SENT);
			assertThat(delivery.failure()).isInstanceOf(ImValidationException.class);
		}).expectNextCount(2).expectComplete().verify(TIMEOUT);
	}

	@Test
	void repeatedRecipientsGoInCallsOfTheirOwn() {
		List<Delivery> deliveries = all(Flux.just("a", "a", "b", "a", "b", "c"), OPTIONS);
		assertThat(this.calls).extracting(OpenCall::recipients)
			.containsExactly(List.of("a", "b", "c"), List.of("a", "b"), List.of("a"));
		assertThat(deliveries).extracting(Delivery::recipient).containsExactlyInAnyOrder("a", "a", "a", "b", "b", "c");
	}

	@Test
	void oneUserAThousandTimesIsAThousandCalls() {
		assertThat(all(Flux.range(0, 1000).map((number) -> "a"), OPTIONS)).hasSize(1000);
		assertThat(this.calls).hasSize(1000).allSatisfy((call) -> assertThat(call.recipients()).containsExactly("a"));
	}

	@Test
	void repeatedRecipientsAreLeftOutIfSoWished() {
		List<Delivery> deliveries = all(Flux.just("a", "a", "b", "a", "b", "c", "d", "a"),
				OPTIONS.withDuplicates(Duplicates.SEND_ONCE));
		assertThat(this.calls).extracting(OpenCall::recipients).containsExactly(List.of("a", "b", "c"), List.of("d"));
		assertThat(deliveries).extracting(Delivery::recipient).containsExactly("a", "b", "c", "d");
	}

	@Test
	void aSourceOfNothingButRepetitionsIsReadToItsEnd() {
		assertThat(all(Flux.range(0, 100_000).map((number) -> "u" + number % 5),
				OPTIONS.withDuplicates(Duplicates.SEND_ONCE)))
			.hasSize(5);
	}

	@Test
	void aSlowSourceDoesNotHoldItsRecipientsBack() {
		Sinks.Many<String> source = Sinks.many().unicast().onBackpressureBuffer();
		StepVerifier.create(bulkSend(source.asFlux(), OPTIONS)).then(() -> {
			source.tryEmitNext("u1");
			this.time.advanceTimeBy(Duration.ofMillis(600));
			source.tryEmitNext("u2");
			this.time.advanceTimeBy(Duration.ofMillis(399));
			assertThat(this.calls).isEmpty();
			this.time.advanceTimeBy(Duration.ofMillis(1));
			assertThat(this.calls).extracting(OpenCall::recipients).containsExactly(List.of("u1", "u2"));
			source.tryEmitNext("u3");
			this.time.advanceTimeBy(Duration.ofMillis(999));
			assertThat(this.calls).hasSize(1);
			source.tryEmitNext("u4");
			source.tryEmitNext("u5");
			assertThat(this.calls).hasSize(2);
			source.tryEmitNext("u6");
			this.calls.get(0).answer();
			this.time.advanceTimeBy(Duration.ofMillis(1000));
			assertThat(this.calls).hasSize(3);
			source.tryEmitNext("u7");
			source.tryEmitComplete();
			this.calls.get(1).answer();
			assertThat(this.calls).hasSize(4);
			this.calls.get(2).answer();
			this.calls.get(3).answer();
		}).expectNextCount(7).expectComplete().verify(TIMEOUT);
	}

	@Test
	void withoutDelayWhateverIsThereGoes() {
		Sinks.Many<String> source = Sinks.many().unicast().onBackpressureBuffer();
		StepVerifier.create(bulkSend(source.asFlux(), OPTIONS.withMaxDelay(Duration.ZERO))).then(() -> {
			source.tryEmitNext("u1");
			assertThat(this.calls).hasSize(1);
		}).thenCancel().verify(TIMEOUT);
	}

	@Test
	void whoWasNamedBeforeTheSourceFailedGetsTheMessage() {
		Flux<String> source = users(4).concatWith(Mono.error(new IllegalStateException("the database went away")));
		StepVerifier.create(bulkSend(source, OPTIONS).map(BulkSendTests::describe)).then(() -> {
			assertThat(this.calls).extracting(OpenCall::recipients)
				.containsExactly(List.of("u1", "u2", "u3"), List.of("u4"));
			this.calls.get(1).answer();
			this.calls.get(0).answer();
		})
			.expectNext("u4 SENT id-u4", "u1 SENT id-u1", "u2 SENT id-u2", "u3 SENT id-u3")
			.expectErrorMessage("the database went away")
			.verify(TIMEOUT);
	}

	@Test
	void cancellationAccountsForEverybodyTaken() {
		TestPublisher<String> source = TestPublisher.create();
		StepVerifier.create(bulkSend(source, OPTIONS).doOnDiscard(Delivery.class, this.discarded::add), 1).then(() -> {
			source.next("u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8", "u9", "u10", "");
			this.calls.get(0).answer();
		}).assertNext((delivery) -> assertThat(delivery.recipient()).isEmpty()).then(() -> {
			this.calls.get(1).whenCancelled = true;
			this.calls.get(2).whenCancelled = false;
		}).thenCancel().verify(TIMEOUT);
		source.assertCancelled();
		assertThat(this.discarded).extracting(Delivery::recipient, Delivery::status)
			.containsExactlyInAnyOrder(tuple("u1", Status.SENT), tuple("u2", Status.SENT), tuple("u3", Status.SENT),
					tuple("u4", Status.UNKNOWN), tuple("u5", Status.UNKNOWN), tuple("u6", Status.UNKNOWN),
					tuple("u7", Status.NOT_SENT), tuple("u8", Status.NOT_SENT), tuple("u9", Status.NOT_SENT),
					tuple("u10", Status.NOT_SENT));
		assertThat(this.discarded).filteredOn((delivery) -> delivery.recipient().equals("u10"))
			.singleElement()
			.satisfies((delivery) -> assertThat(delivery.failure()).isInstanceOf(ImCancelledException.class)
				.hasMessageContaining("the bulk send was cancelled, and the message was not sent"));
	}

	@Test
	void whoComesAfterTheCancellationIsAccountedFor() {
		AtomicReference<Subscriber<? super String>> source = new AtomicReference<>();
		StepVerifier.create(bulkSend((subscriber) -> {
			source.set(subscriber);
			subscriber.onSubscribe(Operators.emptySubscription());
		}, OPTIONS).doOnDiscard(Delivery.class, this.discarded::add)).thenCancel().verify(TIMEOUT);
		source.get().onNext("late");
		assertThat(this.discarded).extracting(BulkSendTests::describe)
			.containsExactly("late NOT_SENT ImCancelledException");
	}

	@Test
	void aSubscriberWhoHasEnoughEndsTheBulkSend() {
		StepVerifier
			.create(BulkSend.of(Destination.USERS, users(1000), OPTIONS, BulkSendTests::answerAtOnce, this.time)
				.doOnDiscard(Delivery.class, this.discarded::add)
				.take(2))
			.expectNextCount(2)
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(this.discarded).hasSizeBetween(1, 12).extracting(Delivery::recipient).doesNotHaveDuplicates();
	}

	@Test
	void aClosedClientEndsTheBulkSendAndLeavesTheRestOfTheSourceAlone() {
		AtomicInteger taken = new AtomicInteger();
		ImCancelledException closed = new ImCancelledException("send-message", "the client is closed", false);
		StepVerifier
			.create(bulkSend(users(1_000_000).doOnNext((user) -> taken.incrementAndGet()), OPTIONS)
				.map(BulkSendTests::describe))
			.then(() -> {
				this.calls.get(0).fail(closed);
				this.calls.get(1).answer();
			})
			.expectNext("u1 NOT_SENT ImCancelledException", "u2 NOT_SENT ImCancelledException",
					"u3 NOT_SENT ImCancelledException")
			.expectNextSequence(IntStream.rangeClosed(7, 12)
				.mapToObj((number) -> "u" + number + " NOT_SENT ImCancelledException")
				.toList())
			.expectNext("u4 SENT id-u4", "u5 SENT id-u5", "u6 SENT id-u6")
			.expectErrorSatisfies((ex) -> assertThat(ex).isSameAs(closed))
			.verify(TIMEOUT);
		assertThat(taken).hasValue(12);
		assertThat(this.calls).hasSize(2);
	}

	@Test
	void aMillionRecipientsAreNeverHeldAtOnce() {
		AtomicInteger ahead = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		Flux<String> source = users(1_000_000)
			.doOnNext((user) -> most.accumulateAndGet(ahead.incrementAndGet(), Math::max));
		Long delivered = BulkSend
			.of(Destination.USERS, source, BulkOptions.DEFAULTS, BulkSendTests::answerAtOnce, this.time)
			.doOnNext((delivery) -> ahead.decrementAndGet())
			.filter(Delivery::isSent)
			.count()
			.block(TIMEOUT);
		assertThat(delivered).isEqualTo(1_000_000);
		assertThat(most.get()).isLessThanOrEqualTo(1800);
	}

	@Test
	void whateverHappensOnWhateverThreadEachIsAccountedForOnce() {
		for (int round = 0; round < 50; round++) {
			int enough = (round % 2 == 0) ? ThreadLocalRandom.current().nextInt(1, 400) : 2000;
			Map<String, Integer> taken = new HashMap<>();
			Queue<String> accounted = new ConcurrentLinkedQueue<>();
			AtomicInteger undecided = new AtomicInteger();
			Flux<String> source = users(1000).publishOn(Schedulers.parallel(), 7)
				.doOnNext((user) -> taken.merge(user, 1, Integer::sum));
			BulkSend
				.of(Destination.USERS, source, new BulkOptions(10, 4, Duration.ofMillis(1), Duplicates.SEND_AGAIN),
						BulkSendTests::answerAnytime, Schedulers.parallel())
				.doOnDiscard(Delivery.class, (delivery) -> accounted.add(delivery.recipient()))
				.doOnNext((delivery) -> accounted.add(delivery.recipient()))
				.doOnNext((delivery) -> undecided.addAndGet(delivery.isSent() ? 0 : 1))
				.publishOn(Schedulers.parallel(), 8)
				.take(enough)
				.blockLast(TIMEOUT);
			await().atMost(TIMEOUT).untilAsserted(() -> assertThat(accounted).hasSize(taken.size()));
			assertThat(accounted).doesNotHaveDuplicates();
			assertThat(enough < 1000 || taken.size() == 1000).isTrue();
		}
	}

	private static Mono<SendResult> answerAtOnce(Chunk call) {
		return Mono.just(result(ids(call.recipients())));
	}

	private static Mono<SendResult> answerAnytime(Chunk call) {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		Mono<SendResult> answer = (random.nextInt(10) == 0)
				? Mono
					.error(new ImTransportException("send-message", "no", Hint.of("Wait."), random.nextBoolean(), null))
				: answerAtOnce(call);
		return random.nextBoolean() ? answer : answer.delaySubscription(Duration.ofNanos(random.nextInt(300_000)));
	}

	private static Map<String, String> ids(List<String> recipients) {
		return recipients.stream().collect(Collectors.toMap(Function.identity(), (user) -> "id-" + user));
	}

	private static SendResult result(Map<String, String> ids) {
		return new SendResult(ids, List.of(),
				new ResponseEnvelope(null, null, null, null, null, null, null, null, null));
	}

	private static String describe(Delivery delivery) {
		return delivery.recipient() + " " + delivery.status() + " "
				+ ((delivery.failure() != null) ? delivery.failure().getClass().getSimpleName() : delivery.messageId());
	}

	private static Flux<String> users(int count) {
		return Flux.range(1, count).map((number) -> "u" + number);
	}

	private Flux<Delivery> bulkSend(Publisher<String> source, BulkOptions options) {
		return BulkSend.of(Destination.USERS, source, options, (call) -> {
			OpenCall open = new OpenCall(call);
			this.calls.add(open);
			return open.sink.asMono().doOnCancel(() -> call.cancelled(open.whenCancelled));
		}, this.time);
	}

	private List<Delivery> all(Flux<String> source, BulkOptions options) {
		return BulkSend.of(Destination.USERS, source, options, (call) -> {
			this.calls.add(new OpenCall(call));
			return answerAtOnce(call);
		}, this.time).collectList().block(TIMEOUT);
	}

	private static final class OpenCall {

		private final List<String> recipients;

		private final Sinks.One<SendResult> sink = Sinks.one();

		private boolean whenCancelled;

		OpenCall(Chunk call) {
			this.recipients = call.recipients();
		}

		List<String> recipients() {
			return this.recipients;
		}

		void answer() {
			answer(ids(this.recipients));
		}

		void answer(Map<String, String> ids) {
			this.sink.tryEmitValue(result(ids));
		}

		void fail(Exception failure) {
			this.sink.tryEmitError(failure);
		}

	}

}
