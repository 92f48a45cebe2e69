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

package io.github.imspring.quota.admission;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.imspring.operation.Quota;
import io.github.imspring.operation.Quota.Unit;
import io.github.imspring.quota.admission.Refusal.Reason;
import io.github.imspring.quota.store.QuotaClaim;
import io.github.imspring.quota.store.QuotaShare;
import io.github.imspring.quota.store.QuotaStore;
import io.github.imspring.quota.store.RoundTrips;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls of a quota of 10 a second, of which at most 5 wait in each lane for at most 20
 * seconds.
 */
class AdmissionTests {

	private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private static final Quota PROBE = new Quota("probe", Unit.CALLS, 10);

	private static final Quota OTHER = new Quota("other", Unit.MESSAGES, 20);

	private final Admission admission = new Admission(20 * SECOND, 5, 0.5, 0);

	private final QuotaGroup group = this.admission.group(List.of(PROBE));

	/**
	 * An instance among four.
	 */
	private final Admission shared = new Admission(20 * SECOND, 5, 0.5, 4);

	private final QuotaGroup sharedGroup = this.shared.group(List.of(PROBE));

	private static WaitingCall single() {
		return new WaitingCall(1, 1, false, true, () -> {
		});
	}

	private static WaitingCall bulk(int slots) {
		return new WaitingCall(slots, slots, true, false, () -> {
		});
	}

	private WaitingCall enter(WaitingCall call, long now) {
		this.admission.enter(this.group, call, now);
		return call;
	}

	private void answer(int calls, long now) {
		for (int i = 0; i < calls; i++) {
			WaitingCall call = enter(single(), now);
			this.admission.sent(this.group, call, now);
			this.admission.answered(this.group, call, now);
		}
	}

	private void give(QuotaShare share, long now) {
		Claims claims = this.shared.leases().claims(now);
		this.shared.leases().accept(claims, List.of(share), now);
	}

	private static QuotaShare share(int most, int bulkMost, int free, Duration pause) {
		return new QuotaShare(most, most, bulkMost, free, pause, RoundTrips.NONE);
	}

	@Test
	void wholeWindowsOfOthersAheadAreWaitedFor() {
		answer(5, 0);
		answer(5, 500 * MILLI);
		List<Long> waits = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			waits.add(this.group.obstacle(single(), false, 600 * MILLI).nanos() / MILLI);
			enter(single(), 600 * MILLI);
		}
		assertThat(waits).containsExactly(400L, 400L, 400L, 400L, 400L);
		waits.clear();
		for (int i = 0; i < 5; i++) {
			enter(bulk(1), 600 * MILLI);
			waits.add(this.group.obstacle(bulk(1), false, 600 * MILLI).nanos() / MILLI);
		}
		assertThat(waits).containsExactly(900L, 900L, 900L, 900L, 1400L);
	}

	@Test
	void singleCallDoesNotWaitForBulkAhead() {
		answer(10, 0);
		for (int i = 0; i < 5; i++) {
			enter(bulk(10), 100 * MILLI);
		}
		assertThat(this.group.obstacle(single(), false, 100 * MILLI).nanos()).isEqualTo(900 * MILLI);
		assertThat(this.group.obstacle(bulk(10), false, 100 * MILLI).nanos()).isEqualTo(900 * MILLI + 5 * SECOND);
	}

	@Test
	void callThatFindsTheQueueFullIsToldWhenItMayHaveAPlace() {
		answer(10, 0);
		for (int i = 0; i < 5; i++) {
			assertThat(enter(single(), SECOND - MILLI).refusal()).isNull();
		}
		Refusal refusal = enter(single(), SECOND - MILLI).refusal();
		assertThat(refusal.reason()).isEqualTo(Reason.QUEUE_FULL);
		assertThat(refusal.most()).isEqualTo(5);
		assertThat(refusal.nanos()).isEqualTo(10 * MILLI);
	}

	@Test
	void longestWaitMayBeUsedUp() {
		Admission admission = new Admission(SECOND, 5, 0.5, 0);
		QuotaGroup group = admission.group(List.of(PROBE));
		List<WaitingCall> calls = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			calls.add(single());
			admission.enter(group, calls.get(i), 0);
			admission.sent(group, calls.get(i), 0);
		}
		calls.forEach((call) -> admission.answered(group, call, 0));
		WaitingCall inTime = single();
		assertThat(admission.enter(group, inTime, 0).wakeAt()).isEqualTo(SECOND);
		assertThat(inTime.refusal()).isNull();
		assertThat(admission.review(0).decided()).isEmpty();
		assertThat(admission.dispatch(SECOND - 1).decided()).isEmpty();
	}

	@Test
	void quotaIsKnownByItsNameAndKeepsItsFirstLimit() {
		assertThat(this.admission.group(List.of(PROBE.withLimit(99)))).isSameAs(this.group);
		QuotaGroup other = this.admission.group(List.of(PROBE, OTHER));
		assertThat(other).isNotSameAs(this.group).isSameAs(this.admission.group(List.of(PROBE, OTHER)));
		assertThat(this.admission.quotas()).extracting((quota) -> quota.quota().limit()).containsExactly(10, 20);
	}

	@Test
	void longestObstacleIsTheOneThatCounts() {
		QuotaGroup both = this.admission.group(List.of(PROBE, OTHER));
		WaitingCall heavy = new WaitingCall(1, 20, false, true, () -> {
		});
		this.admission.enter(both, heavy, 0);
		this.admission.sent(both, heavy, 0);
		this.admission.answered(both, heavy, 0);
		Refusal messages = both.obstacle(single(), true, 0);
		assertThat(messages.quota()).isEqualTo(OTHER);
		assertThat(messages.nanos()).isEqualTo(60 * SECOND);
		answer(9, 59_500 * MILLI);
		answer(1, 59_500 * MILLI);
		Refusal calls = both.obstacle(single(), true, 59_500 * MILLI);
		assertThat(calls.quota()).isEqualTo(PROBE);
		assertThat(calls.nanos()).isEqualTo(SECOND);
	}

	@Test
	void callsOfSeveralGroupsGoInTheOrderInWhichTheyJoinedAndBulkLast() {
		QuotaGroup both = this.admission.group(List.of(PROBE, OTHER));
		answer(10, 0);
		WaitingCall bulk = enter(bulk(1), 0);
		WaitingCall first = single();
		this.admission.enter(both, first, 0);
		WaitingCall second = enter(single(), 0);
		WaitingCall third = single();
		this.admission.enter(both, third, 0);
		assertThat(this.admission.dispatch(SECOND).decided()).containsExactly(first, second, third, bulk);
	}

	@Test
	void nobodyTakesASlotThatACallBeforeWaitsFor() {
		QuotaGroup both = this.admission.group(List.of(PROBE, OTHER));
		WaitingCall all = new WaitingCall(1, 20, false, true, () -> {
		});
		this.admission.enter(both, all, 0);
		this.admission.sent(both, all, 0);
		this.admission.answered(both, all, 0);
		WaitingCall waiting = single();
		this.admission.enter(both, waiting, 50 * SECOND);
		WaitingCall behind = enter(single(), 50 * SECOND);
		assertThat(this.admission.quotas().get(0).available(50 * SECOND)).isEqualTo(10);
		assertThat(this.admission.dispatch(60 * SECOND - 1).decided()).isEmpty();
		assertThat(this.admission.dispatch(60 * SECOND).decided()).containsExactly(waiting, behind);
	}

	@Test
	void oneOfSixteenPartsOfWhatSinglesTakeGoesToBulkThatWaits() {
		Admission admission = new Admission(20 * SECOND, 100, 0.5, 0);
		QuotaGroup group = admission.group(List.of(PROBE));
		List<WaitingCall> order = new ArrayList<>();
		WaitingCall bulk = bulk(1);
		for (int i = 0; i < 40; i++) {
			WaitingCall single = single();
			Effects effects = admission.enter(group, single, 0);
			if (effects.immediate() != null) {
				admission.answered(group, single, 0);
			}
			if (i == 9) {
				admission.enter(group, bulk, 0);
			}
		}
		for (int second = 1; second < 4; second++) {
			for (WaitingCall call : admission.dispatch(second * SECOND).decided()) {
				order.add(call);
				admission.answered(group, call, second * SECOND);
			}
		}
		assertThat(order.indexOf(bulk)).isEqualTo(16);
	}

	@Test
	void processThatStoodStillKeepsToItsFallbackShare() {
		QuotaState quota = this.shared.quotas().get(0);
		quota.reserve(1, 0, 0);
		give(share(10, 10, 0, Duration.ZERO), 10 * SECOND);
		long over = 10 * SECOND + QuotaStore.LEASE.multipliedBy(2).toNanos();
		this.shared.leases().advance(over);
		assertThat(quota.available(over)).isEqualTo(10);
		this.shared.leases().advance(over + 1);
		assertThat(quota.available(over + 1)).isEqualTo(2);
	}

	@Test
	void claimOfAQuotaLeavesRoomForTheBulkCallThatWaitsForIt() {
		this.shared.group(List.of(OTHER));
		this.shared.quotas().get(1).reserve(1, 0, 0);
		this.shared.enter(this.sharedGroup, bulk(4), 0);
		assertThat(this.shared.leases().claims(0).claims()).extracting(QuotaClaim::bulkMost).containsExactly(7, 10);
	}

	@Test
	void callThatIsCancelledBeforeItIsAskedForTakesNothing() {
		WaitingCall call = single();
		this.admission.cancel(this.group, call, 0);
		Effects effects = this.admission.enter(this.group, call, 0);
		assertThat(effects).isNotNull();
		assertThat(effects.immediate()).isNull();
		assertThat(this.admission.quotas().get(0).available(0)).isEqualTo(10);
	}

	@Test
	void singleCallThatGoesBeforeBulkIsDecidedAtOnce() {
		enter(bulk(5), 0);
		enter(bulk(5), 0);
		assertThat(this.admission.quotas().get(0).waiting()).isOne();
		WaitingCall single = single();
		Effects effects = this.admission.enter(this.group, single, 0);
		assertThat(effects.immediate()).isSameAs(single);
		assertThat(effects.decided()).isEmpty();
	}

	@Test
	void callThatWaitsIsNotDecided() {
		answer(10, 0);
		Effects effects = this.admission.enter(this.group, single(), 0);
		assertThat(effects.immediate()).isNull();
		assertThat(effects.decided()).isEmpty();
	}

	@Test
	void callThatIsCancelledTwiceLeavesOnce() {
		answer(10, 0);
		WaitingCall cancelled = enter(bulk(10), 0);
		enter(bulk(10), 0);
		this.admission.cancel(this.group, cancelled, 0);
		this.admission.cancel(this.group, cancelled, 0);
		assertThat(this.admission.quotas().get(0).waiting()).isOne();
		assertThat(this.group.obstacle(bulk(10), false, 0).nanos()).isEqualTo(2 * SECOND);
	}

	@Test
	void slotOfACancelledGrantGoesToWhoeverWaits() {
		WaitingCall granted = enter(single(), 0);
		for (int i = 0; i < 9; i++) {
			enter(single(), 0);
		}
		WaitingCall waiting = enter(single(), 0);
		assertThat(this.admission.cancel(this.group, granted, 0).decided()).containsExactly(waiting);
	}

	@Test
	void callEndsOnce() {
		WaitingCall call = enter(single(), 0);
		this.admission.sent(this.group, call, 0);
		this.admission.unanswered(this.group, call, false, SECOND);
		this.admission.unanswered(this.group, call, false, SECOND);
		this.admission.answered(this.group, call, SECOND);
		QuotaState quota = this.admission.quotas().get(0);
		assertThat(quota.available(2 * SECOND - 1)).isEqualTo(9);
		assertThat(quota.available(2 * SECOND)).isEqualTo(10);
		this.admission.close();
		assertThat(this.admission.drained()).isTrue();
	}

	@Test
	void callThatLeavesAlthoughItWasCancelledCountsOnce() {
		WaitingCall call = enter(single(), 0);
		this.admission.cancel(this.group, call, 0);
		this.admission.sent(this.group, call, 0);
		this.admission.sent(this.group, call, 0);
		assertThat(this.admission.quotas().get(0).available(0)).isEqualTo(9);
	}

	@Test
	void callThatEndsJustAfterItHasLeftMayStillArrive() {
		QuotaState quota = this.admission.quotas().get(0);
		WaitingCall call = enter(single(), 5 * SECOND);
		this.admission.sent(this.group, call, 5 * SECOND);
		this.admission.unanswered(this.group, call, false, 5 * SECOND + 50 * MILLI);
		assertThat(quota.available(6 * SECOND + 100 * MILLI - 1)).isEqualTo(9);
		assertThat(quota.available(6 * SECOND + 100 * MILLI)).isEqualTo(10);
	}

	@Test
	void throttleOfACallThatNobodySaidWasSentCounts() {
		WaitingCall call = enter(single(), 0);
		QuotaState quota = this.admission.quotas().get(0);
		assertThat(this.admission.throttled(this.group, call, this.group.quotas(), Duration.ofSeconds(3), 0))
			.isNotNull();
		assertThat(quota.pausedFor(0)).isEqualTo(3 * SECOND);
		assertThat(this.admission.throttled(this.group, call, this.group.quotas(), Duration.ofSeconds(9), 0)).isNull();
		assertThat(quota.pausedFor(0)).isEqualTo(3 * SECOND);
	}

	@Test
	void reviewLetsGoWhatCan() {
		answer(10, 0);
		WaitingCall waiting = enter(single(), 0);
		assertThat(this.admission.review(SECOND - 1).decided()).isEmpty();
		assertThat(this.admission.review(SECOND).decided()).containsExactly(waiting);
		assertThat(waiting.waited()).isEqualTo(SECOND);
	}

	@Test
	void cancelledCallIsNoLongerUnderWay() {
		WaitingCall call = enter(single(), 0);
		this.admission.close();
		assertThat(this.admission.drained()).isFalse();
		this.admission.cancel(this.group, call, 0);
		assertThat(this.admission.drained()).isTrue();
	}

	@Test
	void slotsThatNobodyHasTakenFromTheStoreAreAvailable() {
		QuotaState quota = this.shared.quotas().get(0);
		assertThat(quota.available(0)).isEqualTo(10);
		this.shared.enter(this.sharedGroup, single(), 0);
		assertThat(quota.available(0)).isZero();
		give(share(3, 3, 6, Duration.ZERO), 0);
		assertThat(quota.available(0)).isEqualTo(9);
		this.shared.dispatch(0);
		assertThat(quota.available(0)).isEqualTo(8);
	}

	@Test
	void callThatNobodyIsToGoBeforeDoesNotWaitForThoseWhoWait() {
		answer(5, 0);
		answer(5, 500 * MILLI);
		for (int i = 0; i < 5; i++) {
			enter(single(), 600 * MILLI);
		}
		assertThat(this.group.obstacle(single(), false, 600 * MILLI).nanos()).isEqualTo(900 * MILLI);
		assertThat(this.admission.obstacle(this.group, 600 * MILLI).nanos()).isEqualTo(400 * MILLI);
	}

	@Test
	void callsThatAreUnderWayComeFreeAWindowFromNowAtTheSoonest() {
		for (int i = 0; i < 10; i++) {
			enter(single(), 0);
		}
		assertThat(this.admission.obstacle(this.group, 500 * MILLI).nanos()).isEqualTo(SECOND);
	}

	@Test
	void everyFreeSlotIsTakenAtOnce() {
		enter(single(), 0);
		QuotaState quota = this.admission.quotas().get(0);
		assertThat(quota.drain(0)).isEqualTo(9);
		assertThat(quota.available(0)).isZero();
		assertThat(quota.available(SECOND)).isEqualTo(9);
	}

	@Test
	void instanceIsNotIdleBeforeWhatItHasReservedIsUsed() {
		QuotaState quota = this.shared.quotas().get(0);
		assertThat(quota.reserve(1, SECOND, 0)).isEqualTo(Effects.NEVER);
		give(share(1, 1, 0, Duration.ZERO), 0);
		assertThat(quota.drain(0)).isOne();
		assertThat(quota.reserve(1, SECOND, 0)).isEqualTo(SECOND);
		assertThat(this.shared.leases().claims(6 * SECOND - 1).parked()).isFalse();
		assertThat(this.shared.leases().claims(6 * SECOND).parked()).isTrue();
	}

	@Test
	void bulkFillsNoMoreOfAShareThanTheStoreSays() {
		WaitingCall heavy = bulk(3);
		this.shared.enter(this.sharedGroup, heavy, 0);
		give(share(5, 2, 0, Duration.ZERO), 0);
		assertThat(this.shared.dispatch(0).decided()).isEmpty();
		give(share(5, 3, 0, Duration.ZERO), 0);
		assertThat(this.shared.dispatch(0).decided()).containsExactly(heavy);
	}

	@Test
	void bulkFillsWhatThereIsOfAShareThatIsLessThanTheStoreSays() {
		WaitingCall heavy = bulk(3);
		this.shared.enter(this.sharedGroup, heavy, 0);
		give(share(2, 5, 0, Duration.ZERO), 0);
		assertThat(this.shared.dispatch(0).decided()).isEmpty();
	}

	@Test
	void storeIsAskedForSlotsThatAreLackingAndNotForTheEndOfAPause() {
		WaitingCall waiting = single();
		assertThat(this.shared.enter(this.sharedGroup, waiting, 0).slotsWanted()).isTrue();
		give(share(1, 1, 0, Duration.ofSeconds(3)), 0);
		Effects effects = this.shared.dispatch(0);
		assertThat(effects.decided()).isEmpty();
		assertThat(effects.wakeAt()).isEqualTo(3 * SECOND);
		assertThat(effects.slotsWanted()).isFalse();
		assertThat(this.shared.dispatch(3 * SECOND).decided()).containsExactly(waiting);
	}

	@Test
	void instanceThatIsIdleIsParkedAndOneThatSendsIsNot() {
		WaitingCall call = single();
		this.shared.enter(this.sharedGroup, call, 0);
		give(share(10, 10, 0, Duration.ZERO), 0);
		this.shared.dispatch(0);
		this.shared.answered(this.sharedGroup, call, 0);
		WaitingCall later = single();
		this.shared.enter(this.sharedGroup, later, SECOND);
		this.shared.sent(this.sharedGroup, later, SECOND);
		assertThat(this.shared.leases().claims(7 * SECOND).parked()).isFalse();
		this.shared.answered(this.sharedGroup, later, 5 * SECOND);
		assertThat(this.shared.leases().claims(6 * SECOND - 1).parked()).isFalse();
		Claims claims = this.shared.leases().claims(6 * SECOND);
		assertThat(claims.parked()).isTrue();
		assertThat(claims.claims()).extracting(QuotaClaim::claimed).containsExactly(1);
	}

}
