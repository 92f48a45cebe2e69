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
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.github.imspring.error.ImCancelledException;
import io.github.imspring.error.ImQuotaExceededException;
import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Quota.Unit;
import io.github.imspring.quota.VirtualTime.Call;
import io.github.imspring.quota.store.QuotaClaim;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import static io.github.imspring.quota.VirtualTime.SEND;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an instance makes of what a store lets it have, on virtual time.
 */
class QuotaLeaseTests {

	private static final Operation PROBE = VirtualTime.operation("probe", 100);

	private final StubStore store = new StubStore();

	/**
	 * What happens just before the limiter looks at its clock the next time.
	 */
	private final AtomicReference<Runnable> inBetween = new AtomicReference<>();

	private VirtualTime instanceOf(int instances) {
		return new VirtualTime(new QuotaLimiterBuilder().store(this.store, instances));
	}

	@Test
	void exchangeClaimsWhatTheOneBeforeGave() {
		VirtualTime time = new VirtualTime(new QuotaLimiterBuilder().store(this.store, 1), (clock) -> () -> {
			Runnable first = this.inBetween.getAndSet(null);
			if (first != null) {
				first.run();
			}
			return clock.getAsLong();
		});
		this.store.shares = (claim) -> StubStore.gives(claim, 10);
		time.call(PROBE).sent();
		time.advance(60);
		time.calls(9, PROBE).forEach(Call::sent);
		assertThat(this.store.last("probe-calls").claimed()).isEqualTo(10);
		// The next answer is overtaken by a call that lacks a slot.
		this.store.shares = (claim) -> StubStore.gives(claim, 50);
		int exchanges = this.store.exchanges.size();
		this.store.way = (answer) -> answer.doOnNext((shares) -> {
			this.inBetween.set(() -> time.calls(20, PROBE));
			this.store.find();
		});
		time.advance(100);
		assertThat(this.store.exchanges.get(exchanges).get(0).claimed()).isEqualTo(10);
		assertThat(this.store.exchanges.subList(exchanges + 1, this.store.exchanges.size())).hasSizeGreaterThan(1)
			.allSatisfy((claims) -> assertThat(claims.get(0).claimed()).isEqualTo(50));
	}

	@Test
	void wishDuringAnExchangeIsMetRightAfterIt() {
		VirtualTime time = instanceOf(1);
		time.call(PROBE).sent();
		time.advance(60);
		this.store.shares = (claim) -> StubStore.gives(claim, claim.needed());
		this.store.way = (answer) -> answer.delayElement(Duration.ofMillis(30), time.scheduler);
		time.advance(50);
		List<Call> calls = time.calls(100, PROBE);
		time.advance(65);
		assertThat(calls).filteredOn(Call::granted).hasSize(99);
	}

	@Test
	void saturatedInstanceThatHasAllOfTheQuotaAsksOnlyAtTheHeartbeat() {
		VirtualTime time = instanceOf(1);
		List<Call> calls = time.calls(300, PROBE);
		time.advance(60);
		int exchanges = this.store.exchanges.size();
		assertThat(calls).filteredOn(Call::granted).hasSize(100);
		calls.subList(0, 100).forEach((call) -> {
			call.answered();
			time.call(PROBE);
		});
		assertThat(this.store.exchanges).hasSize(exchanges);
		time.advance(1000);
		assertThat(this.store.exchanges.size() - exchanges).isBetween(18, 22);
		assertThat(calls).filteredOn(Call::granted).hasSize(200);
	}

	@Test
	void leaseRunsFromTheQuestionNotFromTheAnswer() {
		VirtualTime time = instanceOf(2);
		time.call(PROBE).sent();
		time.advance(200);
		this.store.way = (answer) -> answer.delayElement(Duration.ofMillis(400), time.scheduler);
		time.advance(50);
		this.store.lose();
		time.advance(449);
		assertThat(time.limiter.storeState()).isEqualTo(QuotaStoreState.SHARED);
		time.advance(101);
		assertThat(time.limiter.storeState()).isEqualTo(QuotaStoreState.DEGRADED);
	}

	@Test
	void processThatStoodStillKeepsToItsFallbackShareFromTheQuestionOn() {
		long[] ahead = new long[1];
		VirtualTime time = new VirtualTime(new QuotaLimiterBuilder().store(this.store, 2),
				(clock) -> () -> clock.getAsLong() + ahead[0]);
		time.call(PROBE);
		time.advance(200);
		this.store.way = (answer) -> answer.delayElement(Duration.ofMillis(400), time.scheduler);
		time.advance(450);
		this.store.way = (answer) -> Mono.never();
		assertThat(time.available("probe-calls")).isEqualTo(99);
		ahead[0] = TimeUnit.MILLISECONDS.toNanos(800);
		assertThat(time.available("probe-calls")).isEqualTo(49);
	}

	@Test
	void bulkCallDoesNotGoBeforeThisInstanceHasItsFallbackShare() {
		VirtualTime time = instanceOf(3);
		time.advance(200);
		this.store.lose();
		time.advance(1000);
		assertThat(time.limiter.storeState()).isEqualTo(QuotaStoreState.DEGRADED);
		Call bulk = time.bulk(SEND, 600);
		assertThat(bulk.granted()).isFalse();
		time.advance(61_000);
		assertThat(bulk.granted()).isTrue();
	}

	@Test
	void storeKnowsWhatIsHeldWhenTheInstanceLeaves() {
		VirtualTime time = instanceOf(2);
		time.calls(7, PROBE);
		time.advance(60);
		Call last = time.call(PROBE);
		time.advance(50);
		this.store.left = Mono.delay(Duration.ofMillis(20), time.scheduler).then();
		AtomicReference<Long> closed = new AtomicReference<>();
		time.limiter.close(Duration.ofSeconds(10)).subscribe(null, null, () -> closed.set(time.now()));
		time.advance(100);
		assertThat(this.store.leaves).isEmpty();
		last.grant().release();
		assertThat(this.store.leaves).isEmpty();
		time.advance(20_000);
		assertThat(this.store.leaves).hasSize(1);
		assertThat(this.store.leaves.get(0)).extracting(QuotaClaim::claimed).containsExactly(7);
		assertThat(closed.get()).isEqualTo(10_130);
		int exchanges = this.store.exchanges.size();
		time.advance(1000);
		assertThat(this.store.exchanges).hasSize(exchanges);
	}

	@Test
	void drainedInstanceHasLeftAndKeepsToItsFallbackShare() {
		VirtualTime time = instanceOf(4);
		time.call(PROBE).answered();
		time.advance(60);
		AtomicReference<Long> drained = new AtomicReference<>();
		time.limiter.drain().subscribe(null, null, () -> drained.set(time.now()));
		assertThat(this.store.leaves).hasSize(1);
		assertThat(drained.get()).isEqualTo(60);
		int exchanges = this.store.exchanges.size();
		time.advance(5_000);
		assertThat(time.calls(100, PROBE)).filteredOn(Call::granted).hasSize(25);
		assertThat(this.store.exchanges).hasSize(exchanges);
		AtomicReference<Long> closed = new AtomicReference<>();
		time.limiter.close(Duration.ofSeconds(1)).subscribe(null, null, () -> closed.set(time.now()));
		time.advance(2_000);
		assertThat(closed.get()).isEqualTo(6_060);
		assertThat(this.store.leaves).hasSize(1);
	}

	@Test
	void instanceDrainedDuringAnExchangeThatFailsKeepsToItsFallbackShareWhileTheStoreIsLost() {
		VirtualTime time = instanceOf(4);
		time.call(PROBE).answered();
		time.advance(60);
		this.store.lose();
		time.advance(70_000);
		assertThat(time.limiter.storeState()).isEqualTo(QuotaStoreState.DEGRADED);
		this.store.way = (answer) -> Mono.delay(Duration.ofMillis(30), time.scheduler)
			.then(Mono.error(new IllegalStateException("lost")));
		time.advance(60);
		drainHalfway(time);
		assertThat(this.store.leaves).isEmpty();
		assertGoesOnAlone(time);
	}

	@Test
	void instanceDrainedBeforeTheStoreIsReachedKeepsToItsFallbackShare() {
		this.store.way = (answer) -> Mono.never();
		VirtualTime time = instanceOf(4);
		Call waiting = time.call(PROBE);
		time.advance(480);
		drainHalfway(time);
		assertThat(waiting.error()).isInstanceOf(ImCancelledException.class);
		assertThat(this.store.leaves).isEmpty();
		assertGoesOnAlone(time);
	}

	@Test
	void exchangeThatFindsTheStoreAgainIsFollowedByTheLeave() {
		VirtualTime time = instanceOf(4);
		time.call(PROBE).answered();
		time.advance(60);
		this.store.lose();
		time.advance(1000);
		this.store.way = (answer) -> answer.delayElement(Duration.ofMillis(30), time.scheduler);
		time.advance(60);
		drainHalfway(time);
		assertThat(this.store.leaves).hasSize(1);
		assertGoesOnAlone(time);
	}

	@Test
	void drainThatNobodyWaitsForAnyLongerGoesOn() {
		VirtualTime time = instanceOf(4);
		time.call(PROBE).answered();
		time.advance(60);
		this.store.left = Mono.delay(Duration.ofMillis(100), time.scheduler).then();
		Disposable draining = time.limiter.drain().subscribe();
		assertThat(this.store.leaves).hasSize(1);
		draining.dispose();
		assertGoesOnAlone(time);
	}

	@Test
	void quotaThatBecomesKnownAfterTheDrainHasItsFallbackShare() {
		VirtualTime time = instanceOf(4);
		time.advance(60);
		time.limiter.drain().subscribe();
		assertGoesOnAlone(time);
	}

	/**
	 * Drains while an exchange is under way.
	 */
	private void drainHalfway(VirtualTime time) {
		int exchanges = this.store.exchanges.size();
		AtomicReference<Long> drained = new AtomicReference<>();
		time.limiter.drain().subscribe(null, null, () -> drained.set(time.now()));
		assertThat(drained.get()).isNull();
		time.advance(30);
		assertThat(drained.get()).isNotNull();
		assertThat(this.store.exchanges).hasSize(exchanges);
	}

	private static void assertGoesOnAlone(VirtualTime time) {
		time.advance(5000);
		List<Call> singles = time.calls(30, PROBE);
		assertThat(singles).filteredOn(Call::granted).hasSize(25);
		singles.forEach((call) -> {
			if (call.granted()) {
				call.answered();
			}
		});
		time.advance(2000);
		assertThat(singles).allMatch(Call::granted);
		singles.subList(25, 30).forEach(Call::answered);
		time.advance(2000);
		Call bulk = time.bulk(PROBE, 1);
		time.advance(1000);
		assertThat(bulk.granted()).isTrue();
	}

	@Test
	void leaveFollowsTheExchangeThatIsUnderWay() {
		VirtualTime time = instanceOf(2);
		time.advance(60);
		this.store.way = (answer) -> answer.delayElement(Duration.ofMillis(30), time.scheduler);
		time.advance(50);
		AtomicReference<Long> closed = new AtomicReference<>();
		time.limiter.close(Duration.ZERO).subscribe(null, null, () -> closed.set(time.now()));
		time.advance(10);
		assertThat(this.store.leaves).isEmpty();
		time.advance(100);
		assertThat(this.store.leaves).hasSize(1);
		assertThat(closed.get()).isEqualTo(130);
	}

	@Test
	void storeThatDoesNotAnswerHoldsTheClosingForASecondAtMost() {
		VirtualTime time = instanceOf(2);
		time.advance(60);
		this.store.left = Mono.never();
		AtomicReference<Long> closed = new AtomicReference<>();
		time.limiter.close(Duration.ZERO).subscribe(null, null, () -> closed.set(time.now()));
		time.advance(2000);
		assertThat(closed.get()).isEqualTo(560);
	}

	@Test
	void storeThatIsLostIsNotAsked() {
		VirtualTime time = instanceOf(2);
		time.advance(60);
		this.store.lose();
		time.advance(1000);
		AtomicReference<Long> closed = new AtomicReference<>();
		time.limiter.close(Duration.ZERO).subscribe(null, null, () -> closed.set(time.now()));
		assertThat(closed.get()).isEqualTo(1060);
		assertThat(this.store.leaves).isEmpty();
	}

	@Test
	void storeThatIsClosedForGoodDoesNotHoldTheClosing() {
		VirtualTime time = instanceOf(2);
		time.advance(60);
		this.store.way = (answer) -> Mono.empty();
		time.advance(60);
		AtomicReference<Long> closed = new AtomicReference<>();
		time.limiter.close(Duration.ZERO).subscribe(null, null, () -> closed.set(time.now()));
		time.advance(10);
		assertThat(closed.get()).isEqualTo(120);
	}

	@Test
	void pauseIsClaimedForWhatIsLeftOfIt() {
		VirtualTime time = instanceOf(3);
		time.call(PROBE).answered();
		time.advance(2000);
		this.store.lose();
		time.advance(1000);
		Call refused = time.call(PROBE).sent();
		refused.grant().throttled(Unit.CALLS, Duration.ofSeconds(30));
		time.advance(10_000);
		this.store.find();
		time.advance(50);
		assertThat(this.store.last("probe-calls").pause()).isEqualTo(Duration.ofMillis(19_950));
		this.store.lose();
		time.advance(40_000);
		time.call(PROBE).sent().grant().throttled(Unit.CALLS, Duration.ofSeconds(30));
		time.advance(600_000);
		this.store.find();
		time.advance(50);
		assertThat(this.store.last("probe-calls").pause()).isZero();
	}

	@Test
	void callHeavierThanTheFallbackShareIsRefusedWhileTheStoreIsLost() {
		VirtualTime time = instanceOf(20);
		time.call(SEND, 300).answered();
		time.advance(60);
		time.call(SEND, 301).answered();
		this.store.lose();
		time.advance(70_000);
		assertThat(time.call(SEND, 301).error()).isInstanceOf(ImQuotaExceededException.class)
			.hasMessageContaining(
					"counts as 301 but 300 of the quota 'send-message-messages' are this instance's fallback share while the stub does not answer");
		Call heaviest = time.call(SEND, 300);
		time.advance(120_000);
		assertThat(heaviest.granted()).isTrue();
	}

	@Test
	void callsThatBecameTooHeavyAreRefusedAndHoldNobodyBack() {
		VirtualTime time = instanceOf(20);
		this.store.shares = (claim) -> StubStore.gives(claim, claim.quota().limit() / 20);
		time.advance(60);
		Call single = time.call(SEND, 600);
		Call bulk = time.bulk(SEND, 601);
		Call lightBulk = time.bulk(SEND, 2);
		time.advance(200);
		assertThat(single.granted()).isFalse();
		this.store.lose();
		time.advance(1000);
		assertThat(single.error()).isInstanceOf(ImQuotaExceededException.class)
			.hasMessageContaining("counts as 600 but 300");
		assertThat(bulk.error()).isInstanceOf(ImQuotaExceededException.class)
			.hasMessageContaining("counts as 601 but 300");
		assertThat(lightBulk.granted()).isTrue();
		assertThat(time.call(SEND).granted()).isTrue();
		assertThat(time.bulk(SEND, 301).error()).isInstanceOf(ImQuotaExceededException.class);
		assertThat(time.waiting("send-message-messages")).isZero();
		this.store.shares = StubStore::all;
		this.store.find();
		time.advance(150);
		assertThat(time.call(SEND, 600).granted()).isTrue();
	}

	@Test
	void callsUpToTheFallbackShareSurelyGo() {
		assertThat(instanceOf(20).limiter.mostMessages(SEND)).isEqualTo(300);
		assertThat(instanceOf(20).limiter.mostMessages(PROBE)).isEqualTo(Integer.MAX_VALUE);
		assertThat(new VirtualTime(QuotaSettings.defaults()).limiter.mostMessages(SEND)).isEqualTo(6000);
		assertThat(QuotaLimiter.unlimited().mostMessages(SEND)).isEqualTo(Integer.MAX_VALUE);
	}

	@Test
	void callsThatWaitForAStoreThatIsLostEndWithTheClosing() {
		VirtualTime time = instanceOf(3);
		time.advance(60);
		this.store.lose();
		time.advance(1000);
		Call bulk = time.bulk(SEND, 600);
		time.limiter.close(Duration.ofSeconds(1)).subscribe();
		time.advance(1000);
		assertThat(bulk.error()).isInstanceOf(ImCancelledException.class).hasMessageContaining("was not sent");
	}

	@Test
	void callThatAStoreLostFromTheStartKeepsBackTooLongFailsAndNamesTheStore() {
		this.store.lose();
		VirtualTime time = instanceOf(4);
		Call early = time.call(SEND);
		assertThat(time.limiter.heldBack(SEND)).hasMessageContaining("the stub does not answer");
		time.advance(4999);
		assertThat(early.error()).isNull();
		time.advance(51);
		assertThat(early.error()).isInstanceOfSatisfying(ImQuotaExceededException.class, (ex) -> {
			assertThat(ex).hasMessageContaining("the stub does not answer")
				.hasMessageContaining("send-message-messages");
			assertThat(ex.retryAfter()).isEqualTo(Duration.ofSeconds(56));
		});
		assertThat(time.call(SEND).error()).hasMessageContaining("the stub does not answer");
		assertThat(time.call(PROBE).granted()).isTrue();
		time.advance(26_000);
		Call inTime = time.call(SEND);
		assertThat(inTime.error()).isNull();
		time.advance(30_000);
		assertThat(inTime.granted()).isTrue();
		assertThat(time.limiter.heldBack(SEND)).isNull();
	}

	@Test
	void startWithoutTheStoreTakesTheFallbackShareOnceNobodyElseCanHoldIt() {
		this.store.lose();
		VirtualTime time = instanceOf(4);
		time.advance(4999);
		Call call = time.call(PROBE);
		time.advance(51);
		assertThat(call.granted()).isTrue();
		assertThat(time.available("probe-calls")).isEqualTo(24);
		assertThat(time.available("send-message-messages")).isZero();
		time.advance(55_850);
		assertThat(time.available("send-message-messages")).isZero();
		time.advance(200);
		assertThat(time.available("send-message-messages")).isEqualTo(1500);
	}

	@Test
	void onlyInstanceThatStartsWithoutTheStoreTakesAllAtOnce() {
		this.store.lose();
		VirtualTime time = instanceOf(1);
		time.advance(4999);
		Call call = time.call(SEND);
		assertThat(call.granted()).isFalse();
		time.advance(51);
		assertThat(call.granted()).isTrue();
		assertThat(time.available("send-message-messages")).isEqualTo(5999);
	}

	@Test
	void quotaThatWasNeverUsedIsAsGoodAsFree() {
		RateLimiterRegistry registry = RateLimiterRegistry.ofDefaults();
		VirtualTime time = new VirtualTime(new QuotaLimiterBuilder().registry(registry).store(this.store, 4));
		RateLimiter messages = registry.rateLimiter("im-send-message-messages");
		RateLimiter calls = registry.rateLimiter("im-send-message-calls");
		time.advance(1000);
		assertThat(messages.getMetrics().getAvailablePermissions()).isEqualTo(6000);
		assertThat(messages.reservePermission(10)).isNegative();
		assertThat(messages.reservePermission(10)).isZero();
		calls.drainPermissions();
		assertThat(calls.getMetrics().getAvailablePermissions()).isZero();
		assertThat(this.store.last("send-message-calls").claimed()).isEqualTo(100);
		this.store.lose();
		time.advance(1000);
		assertThat(time.available("list-chatrooms-calls")).isZero();
	}

	@Test
	void reservationsAskTheStoreOnlyIfTheyLackSlots() {
		RateLimiterRegistry registry = RateLimiterRegistry.ofDefaults();
		VirtualTime time = new VirtualTime(new QuotaLimiterBuilder().registry(registry).store(this.store, 4));
		RateLimiter messages = registry.rateLimiter("im-send-message-messages");
		time.advance(1000);
		messages.reservePermission();
		int exchanges = this.store.exchanges.size();
		for (int i = 0; i < 1000; i++) {
			assertThat(messages.reservePermission()).isZero();
		}
		assertThat(this.store.exchanges).hasSize(exchanges);
	}

	@Test
	void storeThatIsBackHearsOfTheFallbackShareOnlyOnceThisInstanceHasIt() {
		VirtualTime time = instanceOf(4);
		this.store.shares = (claim) -> StubStore.gives(claim, 10);
		time.call(PROBE).answered();
		time.advance(200);
		this.store.lose();
		// Half a second until it is noticed, two leases and the window.
		time.advance(2440);
		this.store.find();
		time.advance(50);
		assertThat(this.store.last("probe-calls").claimed()).isEqualTo(10);
		time.advance(200);
		this.store.lose();
		time.advance(2500);
		this.store.find();
		time.advance(50);
		assertThat(this.store.last("probe-calls").claimed()).isEqualTo(25);
	}

	@Test
	void stockOfALongWindowIsTheFallbackShareAndSomeSlotsAhead() {
		VirtualTime time = instanceOf(3);
		time.call(SEND, 100).sent();
		time.advance(60);
		assertThat(this.store.last("send-message-messages").idle()).isEqualTo(2000);
		assertThat(this.store.last("send-message-calls").idle()).isEqualTo(4);
		time.call(SEND, 1700).sent();
		time.advance(60);
		assertThat(this.store.last("send-message-messages").idle()).isEqualTo(2000);
		time.call(SEND, 50).sent();
		time.advance(60);
		assertThat(this.store.last("send-message-messages").idle()).isEqualTo(2050);
		time.call(SEND, 4150).sent();
		time.advance(60);
		assertThat(this.store.last("send-message-messages").idle()).isEqualTo(6000);
	}

	@Test
	void quotaThatIsFirstUsedWithoutTheStoreServesBothLanes() {
		VirtualTime time = instanceOf(4);
		time.advance(100);
		this.store.lose();
		time.advance(5000);
		Call bulk = time.bulk(PROBE, 1);
		time.advance(50);
		assertThat(bulk.granted()).isTrue();
		assertThat(time.available("probe-calls")).isEqualTo(24);
		this.store.find();
		time.advance(50);
		assertThat(this.store.last("probe-calls").claimed()).isEqualTo(25);
	}

}
