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

package io.github.imspring.quota;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import io.github.imspring.error.ImCancelledException;
import io.github.imspring.error.ImQuotaExceededException;
import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Operations;
import io.github.imspring.operation.Quota;
import io.github.imspring.operation.Quota.Unit;
import io.github.imspring.quota.QuotaSettings.Limits;
import io.github.imspring.quota.VirtualTime.Call;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static io.github.imspring.quota.VirtualTime.SEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What a {@link QuotaLimiter} promises, on virtual time.
 */
class QuotaLimiterTests {

	private static final String CALLS = "send-message-calls";

	private static final String MESSAGES = "send-message-messages";

	private final VirtualTime time = new VirtualTime(QuotaSettings.defaults());

	@Test
	void allOfTheQuotaIsUsableAtOnceAndNoMore() {
		assertThat(this.time.calls(100, SEND)).allMatch(Call::granted);
		assertThat(this.time.call(SEND).granted()).isFalse();
		assertThat(this.time.available(CALLS)).isZero();
		assertThat(this.time.available(MESSAGES)).isEqualTo(5900);
		assertThat(this.time.waiting(CALLS)).isOne();
	}

	@Test
	void slotComesFreeOneWindowAfterTheAnswer() {
		List<Call> first = this.time.calls(100, SEND);
		first.forEach(Call::sent);
		this.time.advance(80);
		first.forEach(Call::answered);
		Call next = this.time.call(SEND);
		this.time.advance(999);
		assertThat(next.granted()).isFalse();
		this.time.advance(1);
		assertThat(next.granted()).isTrue();
		assertThat(next.at()).isEqualTo(1080);
	}

	@Test
	void slotComesFreeLessTheFastestRoundTripOnceThatIsKnown() {
		for (int i = 0; i < 1000; i++) {
			Call call = this.time.call(SEND).sent();
			this.time.advance(30);
			call.answered();
		}
		this.time.advance(60_000);
		List<Call> calls = this.time.calls(100, SEND);
		calls.forEach(Call::sent);
		this.time.advance(50);
		calls.forEach(Call::answered);
		long answered = this.time.now();
		Call next = this.time.call(SEND);
		this.time.advance(2000);
		assertThat(next.at()).isEqualTo(answered + 1000 - 30 + 2);
	}

	@Test
	void fastestRoundTripIsNotTrustedBeforeAThousand() {
		for (int i = 0; i < 899; i++) {
			Call call = this.time.call(SEND).sent();
			this.time.advance(30);
			call.answered();
		}
		this.time.advance(60_000);
		List<Call> calls = this.time.calls(100, SEND);
		calls.forEach(Call::sent);
		this.time.advance(50);
		calls.forEach(Call::answered);
		long answered = this.time.now();
		Call next = this.time.call(SEND);
		this.time.advance(2000);
		assertThat(next.at()).isEqualTo(answered + 1000);
	}

	@Test
	void unansweredCallFreesItsSlotOneWindowAfterItsEnd() {
		List<Call> calls = this.time.calls(100, SEND);
		calls.forEach(Call::sent);
		Call next = this.time.call(SEND);
		this.time.advance(5000);
		assertThat(next.granted()).isFalse();
		calls.forEach((call) -> call.grant().unanswered());
		this.time.advance(999);
		assertThat(next.granted()).isFalse();
		this.time.advance(1);
		assertThat(next.granted()).isTrue();
	}

	@Test
	void releasedCallFreesItsSlotAtOnce() {
		List<Call> calls = this.time.calls(100, SEND);
		Call next = this.time.call(SEND);
		calls.get(0).grant().release();
		assertThat(next.granted()).isTrue();
		assertThat(this.time.available(CALLS)).isZero();
		calls.get(1).grant().release();
		assertThat(this.time.available(CALLS)).isOne();
	}

	@Test
	void releaseAfterSendingHoldsTheSlot() {
		Call call = this.time.call(SEND).sent();
		call.grant().release();
		assertThat(this.time.available(CALLS)).isEqualTo(99);
		this.time.advance(1099);
		assertThat(this.time.available(CALLS)).isEqualTo(99);
		this.time.advance(1);
		assertThat(this.time.available(CALLS)).isEqualTo(100);
	}

	@Test
	void grantEndsOnce() {
		Call call = this.time.call(SEND);
		call.grant().release();
		call.grant().release();
		call.grant().answered();
		call.grant().unanswered();
		call.grant().throttled(Unit.CALLS, null);
		assertThat(this.time.available(CALLS)).isEqualTo(100);
		assertThat(this.time.quota(CALLS).throttled()).isZero();
	}

	@Test
	void callSentAfterItsReleaseIsCounted() {
		Call call = this.time.call(SEND);
		call.grant().release();
		call.grant().sent();
		assertThat(this.time.available(CALLS)).isEqualTo(99);
		call.grant().answered();
		this.time.advance(1099);
		assertThat(this.time.available(CALLS)).isEqualTo(99);
		this.time.advance(1);
		assertThat(this.time.available(CALLS)).isEqualTo(100);
	}

	@Test
	void callsCancelledJustAfterTheyHaveLeftCountFromTheirArrival() {
		this.time.calls(100, SEND).forEach((call) -> call.sent().grant().release());
		this.time.advance(1050);
		// They may have arrived 50 ms after they left.
		assertThat(this.time.call(SEND).granted()).isFalse();
		this.time.advance(50);
		assertThat(this.time.call(SEND).granted()).isTrue();
	}

	@Test
	void callThatEndsLongAfterItHasLeftCountsFromItsEnd() {
		Call call = this.time.call(SEND).sent();
		this.time.advance(99);
		call.grant().unanswered();
		Call slow = this.time.call(SEND).sent();
		this.time.advance(300);
		slow.grant().unanswered();
		this.time.advance(701);
		assertThat(this.time.available(CALLS)).isEqualTo(99);
		this.time.advance(298);
		assertThat(this.time.available(CALLS)).isEqualTo(99);
		this.time.advance(1);
		assertThat(this.time.available(CALLS)).isEqualTo(100);
	}

	@Test
	void callTakesTheSlotsOfAllItsQuotasOrOfNone() {
		List<Call> calls = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			calls.add(this.time.call(SEND, 600));
		}
		assertThat(calls).allMatch(Call::granted);
		assertThat(this.time.call(SEND, 600).granted()).isFalse();
		assertThat(this.time.available(CALLS)).isEqualTo(90);
		assertThat(this.time.available(MESSAGES)).isZero();
	}

	@Test
	void waitingCallsGoInOrder() {
		this.time.calls(100, SEND).forEach(Call::answered);
		List<Call> waiting = this.time.calls(250, SEND);
		List<Long> times = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			this.time.advance(1000);
			waiting.stream().filter(Call::granted).forEach(Call::answered);
		}
		waiting.forEach((call) -> times.add(call.at()));
		assertThat(waiting).allMatch(Call::granted);
		assertThat(times).isSorted();
		assertThat(times.get(99)).isEqualTo(1000);
		assertThat(times.get(100)).isEqualTo(2000);
		assertThat(times.get(249)).isEqualTo(3000);
	}

	@Test
	void lightCallDoesNotOvertakeAHeavyOne() {
		VirtualTime time = new VirtualTime(QuotaSettings.defaults().withMaxWait(Duration.ofMinutes(2)));
		for (int i = 0; i < 10; i++) {
			time.call(SEND, 590).answered();
		}
		Call big = time.call(SEND, 600);
		Call small = time.call(SEND, 1);
		assertThat(big.granted()).isFalse();
		assertThat(small.granted()).isFalse();
		assertThat(time.available(MESSAGES)).isEqualTo(100);
		big.cancel();
		assertThat(small.granted()).isTrue();
	}

	@Test
	void quotasOfOtherOperationsAreNotConcerned() {
		this.time.calls(101, SEND);
		assertThat(this.time.call(Operations.LIST_CHATROOMS).granted()).isTrue();
	}

	@Test
	void operationsThatShareAQuotaAreCountedTogether() {
		this.time.calls(60, Operations.UPDATE_CHATROOM);
		assertThat(this.time.calls(40, Operations.TRANSFER_CHATROOM)).allMatch(Call::granted);
		Call update = this.time.call(Operations.UPDATE_CHATROOM);
		Call transfer = this.time.call(Operations.TRANSFER_CHATROOM);
		assertThat(update.granted()).isFalse();
		assertThat(transfer.granted()).isFalse();
		assertThat(this.time.waiting("update-chatroom-calls")).isEqualTo(2);
	}

	@Test
	void groupsThatShareOneQuotaAreServedInOrder() {
		Quota shared = new Quota("shared", Unit.CALLS, 2);
		Operation plain = new Operation("plain", true, List.of(shared));
		Operation both = new Operation("both", true, List.of(shared, new Quota("own", Unit.CALLS, 1)));
		Call first = this.time.call(both);
		this.time.call(plain);
		Call second = this.time.call(both);
		Call third = this.time.call(plain);
		first.grant().release();
		assertThat(second.granted()).isTrue();
		assertThat(third.granted()).isFalse();
	}

	@Test
	void operationWithoutQuotaGoesAtOnce() {
		Operation free = Operation.of("free", true);
		assertThat(this.time.calls(1000, free)).allMatch(Call::granted);
	}

	@Test
	void limitsAreOverriddenByName() {
		VirtualTime time = new VirtualTime(QuotaSettings.defaults()
			.withLimits(Map.of("send-message", new Limits(200, 12_000), "update-chatroom", new Limits(3, null))));
		assertThat(time.calls(200, SEND)).allMatch(Call::granted);
		assertThat(time.call(SEND).granted()).isFalse();
		assertThat(time.quota(MESSAGES).quota().limit()).isEqualTo(12_000);
		assertThat(time.calls(3, Operations.TRANSFER_CHATROOM)).allMatch(Call::granted);
		assertThat(time.call(Operations.UPDATE_CHATROOM).granted()).isFalse();
	}

	@Test
	void operationThatNobodyModelledGetsAQuotaByItsName() {
		VirtualTime time = new VirtualTime(
				QuotaSettings.defaults().withLimits(Map.of("recall-message", new Limits(2, null))));
		Operation recall = Operation.of("recall-message", false);
		assertThat(time.calls(2, recall)).allMatch(Call::granted);
		assertThat(time.call(recall).granted()).isFalse();
	}

	@Test
	void limitOfAnOperationThatSharesAQuotaIsRefused() {
		Map<String, Limits> limits = Map.of("transfer-chatroom", new Limits(10, null));
		assertThatIllegalArgumentException().isThrownBy(() -> QuotaSettings.defaults().withLimits(limits))
			.withMessageContaining("'transfer-chatroom' shares the quota of 'update-chatroom'");
	}

	@Test
	void callThatCannotGoInTimeFailsAtOnceAndSaysWhen() {
		VirtualTime time = new VirtualTime(QuotaSettings.defaults().withMaxWait(Duration.ofSeconds(2)));
		time.calls(100, SEND).forEach(Call::answered);
		List<Call> waiting = time.calls(200, SEND);
		assertThat(waiting).noneMatch((call) -> call.error() != null);
		time.advance(100);
		Call late = time.call(SEND);
		assertThat(late.error()).isInstanceOfSatisfying(ImQuotaExceededException.class, (ex) -> {
			assertThat(ex.retryAfter()).isEqualTo(Duration.ofMillis(2900));
			assertThat(ex.mayHaveBeenProcessed()).isFalse();
			assertThat(ex.status()).isZero();
			assertThat(ex.operation()).isEqualTo("send-message");
			assertThat(ex).hasMessageContaining("'send-message-calls' (100 in 1 s)");
		});
		assertThat(late.at()).isEqualTo(100);
		assertThat(time.waiting(CALLS)).isEqualTo(200);
	}

	@Test
	void callWhoseTimeCannotBeKnownFailsWhenTheLongestWaitIsOver() {
		VirtualTime time = new VirtualTime(QuotaSettings.defaults().withMaxWait(Duration.ofSeconds(2)));
		time.calls(100, SEND).forEach(Call::sent);
		Call late = time.call(SEND);
		time.advance(1999);
		assertThat(late.error()).isNull();
		time.advance(1);
		assertThat(late.error()).isInstanceOf(ImQuotaExceededException.class);
		assertThat(time.waiting(CALLS)).isZero();
	}

	@Test
	void callThatIsNotTheFirstInLineFailsWhenItsOwnTimeIsOver() {
		VirtualTime time = new VirtualTime(QuotaSettings.defaults().withMaxWait(Duration.ofSeconds(2)));
		time.calls(100, SEND).forEach(Call::sent);
		Call bulk = time.bulk(SEND, 1);
		Call first = time.call(SEND);
		time.advance(500);
		Call second = time.call(SEND);
		time.advance(1500);
		assertThat(first.error()).isNotNull();
		assertThat(second.error()).isNull();
		time.advance(500);
		assertThat(second.error()).isNotNull();
		assertThat(bulk.error()).isNull();
	}

	@Test
	void longestWaitOfZeroNeverWaits() {
		VirtualTime time = new VirtualTime(QuotaSettings.defaults().withMaxWait(Duration.ZERO));
		assertThat(time.calls(100, SEND)).allMatch(Call::granted);
		assertThat(time.call(SEND).error()).isInstanceOf(ImQuotaExceededException.class);
	}

	@Test
	void queueIsBounded() {
		VirtualTime time = new VirtualTime(QuotaSettings.defaults().withMaxWaiting(3));
		time.calls(100, SEND).forEach(Call::answered);
		assertThat(time.calls(3, SEND)).noneMatch((call) -> call.error() != null);
		Call tooMany = time.call(SEND);
		assertThat(tooMany.error())
			.isInstanceOfSatisfying(ImQuotaExceededException.class,
					(ex) -> assertThat(ex.retryAfter()).isEqualTo(Duration.ofSeconds(1)))
			.hasMessageContaining("3 calls are waiting");
		assertThat(time.bulk(SEND, 1).error()).isNull();
	}

	@Test
	void callHeavierThanTheQuotaFailsAtOnce() {
		assertThat(this.time.call(SEND, 6000).granted()).isTrue();
		assertThat(this.time.call(SEND, 6001).error()).isInstanceOf(ImQuotaExceededException.class)
			.hasMessageContaining("counts as 6001")
			.hasMessageContaining("6000 in all");
	}

	@Test
	void thousandCancelledCallsLeaveNothingBehind() {
		this.time.calls(100, SEND).forEach(Call::answered);
		List<Call> waiting = this.time.calls(1000, SEND);
		this.time.advance(500);
		waiting.forEach(Call::cancel);
		assertThat(this.time.waiting(CALLS)).isZero();
		this.time.advance(500);
		assertThat(this.time.call(SEND).granted()).isTrue();
		assertThat(waiting).noneMatch((call) -> call.granted() || call.error() != null);
	}

	@Test
	void cancelledBeforeItIsSentGivesTheSlotBack() {
		AtomicReference<Subscription> subscription = new AtomicReference<>();
		this.time.limiter.acquire(QuotaRequest.of(SEND)).subscribe(new BaseSubscriber<Grant>() {

			@Override
			protected void hookOnSubscribe(Subscription upstream) {
				subscription.set(upstream);
				upstream.request(1);
			}

		});
		assertThat(this.time.available(CALLS)).isEqualTo(99);
		subscription.get().cancel();
		assertThat(this.time.available(CALLS)).isEqualTo(100);
	}

	@Test
	void cancellationThatCrossesTheGrantGivesTheSlotBack() {
		Call first = this.time.calls(100, SEND).get(0);
		Call next = this.time.call(SEND);
		// The grant is on its way on the scheduler, which stands still meanwhile.
		this.time.scheduler.schedule(() -> {
			first.grant().release();
			next.cancel();
		});
		assertThat(next.granted()).isFalse();
		assertThat(this.time.available(CALLS)).isOne();
	}

	@Test
	void nothingIsAskedForBeforeItIsRequested() {
		StepVerifier.create(this.time.limiter.acquire(QuotaRequest.of(SEND)), 0)
			.expectSubscription()
			.then(() -> assertThat(this.time.available(CALLS)).isEqualTo(100))
			.thenRequest(1)
			.expectNextCount(1)
			.verifyComplete();
		assertThat(this.time.available(CALLS)).isEqualTo(99);
	}

	@Test
	void clockThatRunsBackwardFreesNothingTooSoon() {
		VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();
		AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
		QuotaLimiter limiter = new QuotaLimiterBuilder().scheduler(scheduler).nanoTime(clock::get).build();
		for (int i = 0; i < 100; i++) {
			Grant grant = limiter.acquire(QuotaRequest.of(SEND)).block();
			grant.sent();
			grant.answered();
		}
		clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(-700));
		assertThat(limiter.snapshots().get(1).available()).isZero();
		clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(1699));
		assertThat(limiter.snapshots().get(1).available()).isZero();
		clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
		assertThat(limiter.snapshots().get(1).available()).isEqualTo(100);
	}

	@Test
	void callThatWaitedIsGrantedOnTheScheduler() {
		Scheduler scheduler = Schedulers.newSingle("quota");
		try {
			Operation operation = VirtualTime.operation("probe", 1);
			QuotaLimiter limiter = new QuotaLimiterBuilder().scheduler(scheduler).build();
			Mono<String> thread = limiter.acquire(QuotaRequest.of(operation)).map((grant) -> {
				grant.sent();
				grant.answered();
				return Thread.currentThread().getName();
			});
			assertThat(thread.block()).isEqualTo(Thread.currentThread().getName());
			assertThat(thread.block()).startsWith("quota");
		}
		finally {
			scheduler.dispose();
		}
	}

	@Test
	void answersThatComeAtOnceDoNotGrowTheStack() {
		AtomicInteger done = new AtomicInteger();
		VirtualTime time = new VirtualTime(
				QuotaSettings.defaults().withMaxWait(Duration.ofDays(1)).withMaxWaiting(100_000));
		Operation operation = VirtualTime.operation("instant", 1);
		Call first = time.call(operation);
		for (int i = 0; i < 50_000; i++) {
			time.limiter.acquire(QuotaRequest.of(operation)).subscribe((grant) -> {
				done.incrementAndGet();
				grant.release();
			});
		}
		assertThat(done).hasValue(0);
		first.grant().release();
		assertThat(done).hasValue(50_000);
	}

	@Test
	void disposedSchedulerFailsWhatWaits() {
		Operation operation = VirtualTime.operation("orphan", 1);
		Scheduler scheduler = Schedulers.newSingle("gone");
		QuotaLimiter limiter = new QuotaLimiterBuilder().scheduler(scheduler).build();
		Grant grant = limiter.acquire(QuotaRequest.of(operation)).block();
		grant.sent();
		grant.answered();
		scheduler.dispose();
		ImCancelledException ex = catchThrowableOfType(ImCancelledException.class,
				() -> limiter.acquire(QuotaRequest.of(operation)).block(Duration.ofSeconds(10)));
		assertThat(ex).hasMessageContaining("not sent");
	}

	@Test
	void unlimitedLimiterGrantsEverything() {
		QuotaLimiter limiter = QuotaLimiter.unlimited();
		for (int i = 0; i < 1000; i++) {
			Grant grant = limiter.acquire(QuotaRequest.of(SEND)).block();
			grant.sent();
			grant.throttled(Unit.CALLS, Duration.ofHours(1));
		}
		assertThat(limiter.snapshots()).isEmpty();
		StepVerifier.create(limiter.close(Duration.ZERO)).verifyComplete();
	}

	@Test
	void boundsOfTheSettingsAreChecked() {
		QuotaSettings defaults = QuotaSettings.defaults();
		assertThat(defaults.withMaxWait(Duration.ZERO).maxWait()).isZero();
		assertThatIllegalArgumentException().isThrownBy(() -> defaults.withMaxWait(Duration.ofNanos(-1)));
		assertThat(defaults.withMaxWaiting(0).maxWaiting()).isZero();
		assertThatIllegalArgumentException().isThrownBy(() -> defaults.withMaxWaiting(-1));
		assertThat(defaults.withBulkShare(1).bulkShare()).isEqualTo(1);
		assertThatIllegalArgumentException().isThrownBy(() -> defaults.withBulkShare(1.01));
		assertThatIllegalArgumentException().isThrownBy(() -> defaults.withBulkShare(0));
		assertThatIllegalArgumentException().isThrownBy(() -> defaults.withBulkShare(Double.NaN));
		assertThat(new Limits(1, 1).callsPerSecond()).isOne();
		assertThatIllegalArgumentException().isThrownBy(() -> new Limits(0, null));
		assertThatIllegalArgumentException().isThrownBy(() -> new Limits(null, 0));
		assertThatIllegalArgumentException().isThrownBy(() -> new QuotaRequest(SEND, 0, Lane.SINGLE));
	}

}
