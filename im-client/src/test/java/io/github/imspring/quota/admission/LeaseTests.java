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

import io.github.imspring.operation.Quota;
import io.github.imspring.operation.Quota.Unit;
import io.github.imspring.quota.admission.Lease.Demand;
import io.github.imspring.quota.store.QuotaClaim;
import io.github.imspring.quota.store.QuotaShare;
import io.github.imspring.quota.store.RoundTrips;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What one of four instances claims of a quota of 2,000, and what it makes of the answer.
 */
class LeaseTests {

	private static final Quota QUOTA = new Quota("probe", Unit.CALLS, 2000);

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final SlidingWindowLog log = new SlidingWindowLog(QUOTA.limit(), QUOTA.window());

	private final Lease lease = new Lease(this.log, 4);

	@Test
	void nothingMayBeHeldBeforeTheStoreHasAnswered() {
		assertThat(this.log.limit()).isZero();
		assertThat(this.lease.lacksStore(1)).isTrue();
		assertThat(this.lease.worthAsking(QUOTA)).isTrue();
		accept(1, 1, 1);
		assertThat(this.lease.lacksStore(1)).isFalse();
		assertThat(this.lease.lacksStore(2)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "2000, 4, 500", "2003, 4, 500", "3, 4, 1", "7, 1, 7" })
	void fallbackShareIsAPartOfTheQuotaAndNeverNothing(int limit, int instances, int share) {
		Lease lease = new Lease(this.log, instances);
		assertThat(lease.fallbackShare(QUOTA.withLimit(limit))).isEqualTo(share);
	}

	@Test
	void claimHoldsWhatWaitsAndWhatIsHeld() {
		accept(100, 100, 100);
		this.log.take(30);
		QuotaClaim claim = claim(new Demand(50, 20, 1900), false);
		assertThat(claim.claimed()).isEqualTo(100);
		assertThat(claim.needed()).isEqualTo(80);
		assertThat(claim.neededBySingles()).isEqualTo(50);
		assertThat(claim.bulkMost()).isEqualTo(1900);
		assertThat(claim.pause()).isZero();
		assertThat(claim.trips()).isEqualTo(RoundTrips.NONE);
		this.log.take(90);
		assertThat(claim(new Demand(0, 0, 1900), false).claimed()).isEqualTo(120);
	}

	@Test
	void claimIsNoLessThanTheStandbyAndNoMoreThanTheQuota() {
		QuotaClaim idle = claim(new Demand(0, 0, 1900), false);
		assertThat(idle.needed()).isEqualTo(10);
		assertThat(idle.neededBySingles()).isEqualTo(10);
		QuotaClaim busy = claim(new Demand(Integer.MAX_VALUE + 5L, Integer.MAX_VALUE + 5L, 1900), false);
		assertThat(busy.needed()).isEqualTo(2000);
		assertThat(busy.neededBySingles()).isEqualTo(2000);
	}

	@Test
	void stockIsATenthOfTheShareWhereSlotsAreSoonFreeAgainAndElseTheShareAtLeast() {
		assertThat(claim(new Demand(0, 0, 1900), false).idle()).isEqualTo(60);
		assertThat(claim(new Demand(100, 0, 1900), false).idle()).isEqualTo(150);
		assertThat(claim(new Demand(460, 0, 1900), false).idle()).isEqualTo(500);
		assertThat(idle(Duration.ofSeconds(10), 0)).isEqualTo(60);
		assertThat(idle(Duration.ofSeconds(11), 0)).isEqualTo(500);
		assertThat(idle(Duration.ofSeconds(11), 600)).isEqualTo(650);
		assertThat(idle(Duration.ofSeconds(11), 1960)).isEqualTo(2000);
		assertThat(claim(new Demand(100, 0, 1900), true).idle()).isEqualTo(100);
	}

	private int idle(Duration window, int waiting) {
		Quota quota = new Quota("probe", Unit.CALLS, 2000, window);
		return this.lease.claim(quota, new Demand(waiting, 0, 1900), false, 0).idle();
	}

	@Test
	void claimsNoMoreThanItHasOnceTheStoreIsLost() {
		accept(100, 100, 100);
		this.lease.degrade(QUOTA, 0);
		assertThat(claim(new Demand(0, 0, 1900), false).claimed()).isEqualTo(100);
		this.log.take(600);
		assertThat(claim(new Demand(0, 0, 1900), false).claimed()).isEqualTo(600);
	}

	@Test
	void keepsToWhatIsFair() {
		accept(300, 200, 1900);
		assertThat(this.log.limit()).isEqualTo(200);
		accept(200, 300, 1900);
		assertThat(this.log.limit()).isEqualTo(200);
	}

	@Test
	void storeThatGaveLessThanWasNeededIsNotAskedAtOnce() {
		claim(new Demand(100, 100, 1900), false);
		accept(99, 99, 1900);
		assertThat(this.lease.worthAsking(QUOTA)).isFalse();
		claim(new Demand(100, 100, 1900), false);
		accept(100, 100, 0);
		assertThat(this.lease.worthAsking(QUOTA)).isTrue();
		accept(2000, 2000, 1900);
		assertThat(this.lease.worthAsking(QUOTA)).isFalse();
	}

	@Test
	void storeThatGaveBulkLessThanItNeededIsNotAskedAtOnce() {
		claim(new Demand(100, 50, 1900), false);
		accept(100, 100, 99);
		assertThat(this.lease.worthAsking(QUOTA)).isFalse();
		claim(new Demand(100, 50, 1900), false);
		accept(100, 100, 100);
		assertThat(this.lease.worthAsking(QUOTA)).isTrue();
	}

	@Test
	void slotsThatNobodyHasAreGoneWithTheStore() {
		this.lease.accept(new QuotaShare(100, 100, 100, 700, Duration.ZERO, RoundTrips.NONE));
		assertThat(this.lease.free()).isEqualTo(700);
		this.lease.degrade(QUOTA, 0);
		assertThat(this.lease.free()).isZero();
	}

	@Test
	void roundTripsOfTheOthersAreHeardOf() {
		this.lease.accept(new QuotaShare(1, 1, 1, 0, Duration.ZERO, new RoundTrips(1000, Duration.ofMillis(10))));
		assertThat(this.log.soonestEnd(0)).isEqualTo(Duration.ofMillis(1000 - 8).toNanos());
	}

	@Test
	void pauseIsClaimedUntilItHasBeenHeardOf() {
		this.lease.pauseAll(SECOND.multipliedBy(5).toNanos());
		this.lease.pauseAll(SECOND.multipliedBy(3).toNanos());
		assertThat(pauseAt(SECOND)).isEqualTo(Duration.ofSeconds(4));
		this.lease.pauseAll(SECOND.multipliedBy(7).toNanos());
		accept(1, 1, 1);
		assertThat(pauseAt(SECOND)).isEqualTo(Duration.ofSeconds(6));
		accept(1, 1, 1);
		assertThat(pauseAt(SECOND)).isZero();
	}

	private Duration pauseAt(Duration now) {
		return this.lease.claim(QUOTA, new Demand(0, 0, 1900), false, now.toNanos()).pause();
	}

	@Test
	void degradedInstanceKeepsToTheLesserOfItsShareAndWhatItHadUntilTheShareIsFree() {
		accept(100, 100, 100);
		this.lease.degrade(QUOTA, 1000);
		assertThat(this.log.limit()).isEqualTo(100);
		assertThat(this.lease.used()).isTrue();
		assertThat(this.lease.worthAsking(QUOTA)).isFalse();
		assertThat(this.lease.earliest(100)).isZero();
		assertThat(this.lease.earliest(101)).isEqualTo(1000);
		assertThat(this.lease.lacksStore(100)).isFalse();
		assertThat(this.lease.lacksStore(101)).isTrue();
		this.lease.takeFallbackShare(QUOTA, 999);
		assertThat(this.log.limit()).isEqualTo(100);
		this.lease.takeFallbackShare(QUOTA, 1000);
		assertThat(this.log.limit()).isEqualTo(500);
		accept(100, 100, 100);
		assertThat(this.lease.earliest(101)).isZero();
	}

	@Test
	void degradedInstanceGivesBackWhatIsBeyondItsShare() {
		accept(1000, 1000, 1000);
		assertThat(this.lease.reach(QUOTA)).isEqualTo(2000);
		this.lease.degrade(QUOTA, 1000);
		assertThat(this.log.limit()).isEqualTo(500);
		assertThat(this.lease.reach(QUOTA)).isEqualTo(500);
	}

	@Test
	void instanceThatGoesOnAloneTakesItsShareAtOnce() {
		this.lease.goOnAlone(QUOTA);
		assertThat(this.log.limit()).isEqualTo(500);
		assertThat(this.lease.reach(QUOTA)).isEqualTo(500);
		assertThat(this.lease.earliest(600)).isZero();
	}

	@Test
	void parkedInstanceKeepsAFewSlots() {
		accept(100, 100, 100);
		this.lease.park(QUOTA);
		assertThat(this.log.limit()).isEqualTo(10);
		this.log.limit(3);
		this.lease.park(QUOTA);
		assertThat(this.log.limit()).isEqualTo(3);
		Quota small = QUOTA.withLimit(40);
		this.lease.park(small);
		assertThat(this.log.limit()).isOne();
	}

	@Test
	void moreThanATenthOfTheShareIsMuch() {
		this.log.take(50);
		assertThat(this.lease.draining(QUOTA, 0)).isFalse();
		this.log.take(1);
		assertThat(this.lease.draining(QUOTA, 0)).isTrue();
	}

	@Test
	void isUsedUntilTheLastOfItsSlotsIs() {
		assertThat(this.lease.used()).isFalse();
		this.lease.use(5);
		this.lease.use(3);
		assertThat(this.lease.used()).isTrue();
		assertThat(this.lease.usedAt()).isEqualTo(5);
	}

	private QuotaClaim claim(Demand demand, boolean parked) {
		return this.lease.claim(QUOTA, demand, parked, 0);
	}

	private void accept(int most, int fair, int bulkMost) {
		this.lease.accept(new QuotaShare(most, fair, bulkMost, 0, Duration.ZERO, RoundTrips.NONE));
	}

}
