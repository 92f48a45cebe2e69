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

import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Quota.Unit;
import io.github.imspring.quota.VirtualTime.Call;
import io.github.imspring.quota.store.QuotaClaim;
import io.github.imspring.quota.store.QuotaStore;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static io.github.imspring.quota.VirtualTime.SEND;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * An instance that sends nothing, on virtual time.
 */
class QuotaParkingTests {

	private static final Operation PROBE = VirtualTime.operation("probe", 100);

	private static final Duration PARKED = Duration.ofMinutes(1);

	private final StubStore store = new StubStore();

	private VirtualTime instanceOf(int instances) {
		this.store.shares = (claim) -> StubStore.gives(claim, Math.max(claim.needed(), claim.idle()));
		return new VirtualTime(new QuotaLimiterBuilder().store(this.store, instances));
	}

	private VirtualTime parked(int instances) {
		VirtualTime time = instanceOf(instances);
		time.call(SEND).answered();
		time.call(PROBE).answered();
		time.advance(6000);
		assertThat(lastLease()).isEqualTo(PARKED);
		return time;
	}

	private Duration lastLease() {
		return this.store.leases.get(this.store.leases.size() - 1);
	}

	private int exchangesDuring(VirtualTime time, long millis) {
		int before = this.store.exchanges.size();
		time.advance(millis);
		return this.store.exchanges.size() - before;
	}

	@Test
	void instanceThatSendsNothingForFiveSecondsHandsItsLeasesBack() {
		VirtualTime time = instanceOf(3);
		time.call(SEND).answered();
		time.advance(4999);
		assertThat(lastLease()).isEqualTo(QuotaStore.LEASE);
		assertThat(this.store.last("send-message-messages").idle()).isEqualTo(2000);
		time.advance(51);
		assertThat(lastLease()).isEqualTo(PARKED);
		QuotaClaim messages = this.store.last("send-message-messages");
		assertThat(messages.claimed()).isEqualTo(40);
		assertThat(messages.needed()).isEqualTo(40);
		assertThat(messages.idle()).isEqualTo(40);
		assertThat(this.store.last("send-message-calls").claimed()).isOne();
	}

	@Test
	void parkedInstanceMakesAtMostTwoExchangesAMinute() {
		VirtualTime time = parked(3);
		for (int minute = 0; minute < 10; minute++) {
			assertThat(exchangesDuring(time, 60_000)).isBetween(1, 2);
		}
	}

	@Test
	void instanceThatNeverSentIsParkedToo() {
		VirtualTime time = instanceOf(3);
		time.advance(6000);
		assertThat(exchangesDuring(time, 60_000)).isLessThanOrEqualTo(2);
		Call first = time.call(SEND);
		assertThat(first.granted()).isTrue();
	}

	@Test
	void firstCallGoesAtOnceWhateverTheStoreDoesAndBringsTheInstanceBack() {
		VirtualTime time = parked(3);
		this.store.way = (answer) -> answer.delayElement(Duration.ofMillis(30), time.scheduler);
		int exchanges = this.store.exchanges.size();
		Call first = time.call(PROBE);
		assertThat(first.granted()).isTrue();
		assertThat(this.store.exchanges).hasSize(exchanges + 1);
		assertThat(lastLease()).isEqualTo(QuotaStore.LEASE);
		List<Call> burst = time.calls(99, PROBE);
		assertThat(burst).noneMatch(Call::granted);
		time.advance(61);
		assertThat(burst).allMatch(Call::granted);
		assertThat(exchangesDuring(time, 1000)).isBetween(10, 30);
	}

	@Test
	void callThatIsMadeWhileTheInstanceIsParkingUsesOnlyWhatItKeeps() {
		VirtualTime time = instanceOf(3);
		time.call(PROBE).answered();
		time.advance(4990);
		this.store.way = (answer) -> answer.delayElement(Duration.ofMillis(30), time.scheduler);
		time.advance(70);
		assertThat(lastLease()).isEqualTo(PARKED);
		List<Call> calls = time.calls(10, PROBE);
		assertThat(calls).filteredOn(Call::granted).hasSize(1);
		time.advance(100);
		assertThat(calls).allMatch(Call::granted);
		assertThat(lastLease()).isEqualTo(QuotaStore.LEASE);
	}

	@Test
	void instanceThatStillHoldsMuchSaysHowItComesFree() {
		VirtualTime time = instanceOf(1);
		for (int i = 0; i < 10; i++) {
			time.call(SEND, 300).answered();
			time.advance(1000);
		}
		time.advance(5000);
		assertThat(lastLease()).isEqualTo(PARKED);
		assertThat(this.store.last("send-message-messages").claimed()).isEqualTo(3000);
		assertThat(exchangesDuring(time, 40_000)).isEqualTo(8);
		time.advance(10_000);
		assertThat(this.store.last("send-message-messages").claimed()).isLessThanOrEqualTo(1800);
		time.advance(15_000);
		assertThat(this.store.last("send-message-messages").claimed()).isLessThanOrEqualTo(600);
		assertThat(exchangesDuring(time, 60_000)).isLessThanOrEqualTo(2);
		assertThat(this.store.last("send-message-messages").claimed()).isEqualTo(120);
	}

	@Test
	void instanceThatSentLittleBeforeItFellSilentIsSilentAtOnce() {
		VirtualTime time = instanceOf(3);
		time.calls(95, SEND).forEach(Call::answered);
		time.advance(6000);
		assertThat(lastLease()).isEqualTo(PARKED);
		assertThat(this.store.last("send-message-messages").claimed()).isEqualTo(95);
		assertThat(exchangesDuring(time, 60_000)).isLessThanOrEqualTo(2);
		assertThat(exchangesDuring(time, 60_000)).isLessThanOrEqualTo(2);
		assertThat(this.store.last("send-message-messages").claimed()).isEqualTo(40);
	}

	@Test
	void callInFlightAndCallThatWaitsKeepTheInstanceAwake() {
		VirtualTime time = instanceOf(3);
		Call slow = time.call(PROBE).sent();
		time.advance(20_000);
		assertThat(lastLease()).isEqualTo(QuotaStore.LEASE);
		slow.grant().throttled(Unit.CALLS, Duration.ofSeconds(20));
		Call waiting = time.call(PROBE);
		time.advance(19_000);
		assertThat(lastLease()).isEqualTo(QuotaStore.LEASE);
		time.advance(2000);
		waiting.answered();
		time.advance(6000);
		assertThat(lastLease()).isEqualTo(PARKED);
	}

	@Test
	void firstCallWithoutTheStoreGoesAndTheFallbackShareFollows() {
		VirtualTime time = parked(4);
		time.advance(1000);
		this.store.lose();
		Call first = time.call(SEND);
		assertThat(first.granted()).isTrue();
		first.answered();
		time.advance(600);
		assertThat(time.limiter.storeState()).isEqualTo(QuotaStoreState.DEGRADED);
		assertThat(time.available("send-message-messages")).isEqualTo(28);
		assertThat(time.available("probe-calls")).isEqualTo(1);
		// The store takes the instance to run on its share a minute after it last
		// heard of it.
		time.advance(58_000);
		assertThat(time.available("probe-calls")).isEqualTo(1);
		time.advance(3000);
		assertThat(time.available("probe-calls")).isEqualTo(25);
		assertThat(time.available("send-message-messages")).isLessThanOrEqualTo(30);
		time.advance(60_000);
		assertThat(time.available("send-message-messages")).isEqualTo(1500);
	}

	@Test
	void lossOfTheStoreIsNoticedWithinAMinuteAndItsReturnParksTheInstanceAgain() {
		VirtualTime time = parked(4);
		this.store.lose();
		time.advance(46_000);
		assertThat(time.limiter.storeState()).isEqualTo(QuotaStoreState.DEGRADED);
		time.advance(130_000);
		assertThat(time.available("send-message-messages")).isEqualTo(1500);
		this.store.find();
		time.advance(60);
		assertThat(time.limiter.storeState()).isEqualTo(QuotaStoreState.SHARED);
		time.advance(1000);
		assertThat(lastLease()).isEqualTo(PARKED);
		assertThat(this.store.last("send-message-messages").claimed()).isEqualTo(30);
	}

	@Test
	void oneExchangeThatFailsIsNoLoss() {
		VirtualTime time = parked(4);
		this.store.way = (answer) -> Mono.error(new IllegalStateException("once"));
		while (exchangesDuring(time, 10) == 0) {
			assertThat(time.limiter.storeState()).isEqualTo(QuotaStoreState.SHARED);
		}
		this.store.find();
		time.advance(1000);
		assertThat(time.limiter.storeState()).isEqualTo(QuotaStoreState.SHARED);
		assertThat(lastLease()).isEqualTo(PARKED);
	}

	@Test
	void parkedInstanceLeavesToo() {
		VirtualTime time = parked(3);
		time.limiter.close(Duration.ofSeconds(1)).subscribe();
		assertThat(this.store.leaves).hasSize(1);
		assertThat(exchangesDuring(time, 120_000)).isZero();
	}

}
