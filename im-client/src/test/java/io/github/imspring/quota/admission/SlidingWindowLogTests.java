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
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.github.imspring.quota.store.RoundTrips;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The log against a plain list of the same slots.
 */
class SlidingWindowLogTests {

	private static final long WINDOW = TimeUnit.SECONDS.toNanos(1);

	private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

	private static final long GRAIN = WINDOW / 10_000;

	private static final int LIMIT = 300;

	private record Slots(int count, long until) {
	}

	@Test
	void agreesWithAPlainList() {
		Random random = new Random(7);
		SlidingWindowLog log = new SlidingWindowLog(LIMIT, Duration.ofNanos(WINDOW));
		List<Slots> ended = new ArrayList<>();
		int open = 0;
		long now = 0;
		for (int i = 0; i < 100_000; i++) {
			now += 20L * random.nextInt(4) * GRAIN;
			long time = now;
			ended.removeIf((slots) -> slots.until() <= time);
			int count = 1 + random.nextInt(10);
			switch (random.nextInt(4)) {
				case 0 -> {
					log.take(count);
					open += count;
				}
				case 1 -> {
					if (open >= count) {
						log.giveBack(count);
						open -= count;
					}
				}
				case 2 -> {
					if (open >= count) {
						log.unanswered(count, now, now);
						open -= count;
						ended.add(new Slots(count, now + WINDOW));
					}
				}
				default -> {
					long from = now + random.nextInt(200) * GRAIN;
					if (ended.size() < 200) {
						log.hold(count, from, now);
						ended.add(new Slots(count, from + WINDOW));
					}
				}
			}
			int held = open + ended.stream().mapToInt(Slots::count).sum();
			int wanted = random.nextInt(LIMIT);
			assertThat(log.whenFreed(wanted, now)).isEqualTo(whenAtMost(ended, wanted, now));
			assertThat(log.held(now)).isEqualTo(held);
			int most = random.nextInt(LIMIT);
			assertThat(log.whenAtMost(most, now)).isEqualTo(whenAtMost(ended, held - most, now));
		}
	}

	private static long whenAtMost(List<Slots> ended, long toFree, long now) {
		long left = toFree;
		for (Slots slots : ended.stream().sorted((a, b) -> Long.compare(a.until(), b.until())).toList()) {
			if (left <= 0) {
				break;
			}
			left -= slots.count();
			now = slots.until();
		}
		return (left <= 0) ? now : SlidingWindowLog.UNKNOWN;
	}

	@Test
	void slotComesFreeAtMostAGrainLate() {
		SlidingWindowLog log = new SlidingWindowLog(LIMIT, Duration.ofNanos(WINDOW));
		log.hold(1, 1, 0);
		assertThat(log.held(WINDOW)).isOne();
		assertThat(log.held(WINDOW + GRAIN - 1)).isOne();
		assertThat(log.held(WINDOW + GRAIN)).isZero();
	}

	@Test
	void reservationsNeverHoldMoreThanTheLimitAtAnyTime() {
		Random random = new Random(11);
		SlidingWindowLog log = new SlidingWindowLog(LIMIT, Duration.ofNanos(WINDOW));
		List<Slots> uses = new ArrayList<>();
		long now = 0;
		for (int i = 0; i < 20_000; i++) {
			now += 10L * random.nextInt(3) * GRAIN;
			int count = 1 + random.nextInt(20);
			if (random.nextBoolean()) {
				long time = log.reserve(count, random.nextInt(5), now, now + WINDOW, GRAIN, now);
				if (time != SlidingWindowLog.UNKNOWN) {
					uses.add(new Slots(count, time));
				}
			}
			else if (log.held(now) + count <= LIMIT) {
				log.hold(count, now, now);
				uses.add(new Slots(count, now));
			}
			assertThat(log.held(now)).isLessThanOrEqualTo(LIMIT);
		}
		assertThat(uses.size()).isGreaterThan(400);
		uses.sort((a, b) -> Long.compare(a.until(), b.until()));
		int first = 0;
		int sum = 0;
		for (Slots use : uses) {
			sum += use.count();
			while (uses.get(first).until() <= use.until() - WINDOW) {
				sum -= uses.get(first++).count();
			}
			assertThat(sum).isLessThanOrEqualTo(LIMIT);
		}
		assertThat(log.held(now + 3 * WINDOW)).isZero();
	}

	@Test
	void memoryIsBoundedHoweverLargeTheQuotaAndEvenIfNobodyAsks() {
		SlidingWindowLog log = new SlidingWindowLog(1_000_000_000, Duration.ofNanos(WINDOW));
		for (long now = 0; now < 3 * WINDOW; now += WINDOW / 100_000) {
			log.hold(1, now, now);
		}
		assertThat(log.entries()).isBetween(10_000, 10_001);
		assertThat(log.held(3 * WINDOW - 1)).isBetween(100_000L, 100_010L);
	}

	@Test
	void fastestRoundTripIsCreditedOnceAThousandAreKnown() {
		SlidingWindowLog log = new SlidingWindowLog(LIMIT, Duration.ofNanos(WINDOW));
		long now = 5 * WINDOW;
		assertThat(log.credit().observed()).isEqualTo(RoundTrips.NONE);
		for (int i = 0; i < 999; i++) {
			answer(log, now, 30);
		}
		assertThat(log.soonestEnd(now)).isEqualTo(now + WINDOW);
		answer(log, now, 40);
		assertThat(log.soonestEnd(now)).isEqualTo(now + WINDOW - 28 * MILLI);
		answer(log, now, 1);
		assertThat(log.soonestEnd(now)).isEqualTo(now + WINDOW);
		assertThat(log.credit().observed()).isEqualTo(new RoundTrips(1000, Duration.ofMillis(1)));
	}

	@Test
	void roundTripsOfOtherInstancesCountToo() {
		SlidingWindowLog log = new SlidingWindowLog(LIMIT, Duration.ofNanos(WINDOW));
		long now = 5 * WINDOW;
		for (int i = 0; i < 400; i++) {
			answer(log, now, 30);
		}
		log.credit().observeOthers(new RoundTrips(599, Duration.ofMillis(40)));
		assertThat(log.soonestEnd(now)).isEqualTo(now + WINDOW);
		log.credit().observeOthers(new RoundTrips(600, Duration.ofMillis(40)));
		assertThat(log.soonestEnd(now)).isEqualTo(now + WINDOW - 28 * MILLI);
		log.credit().observeOthers(new RoundTrips(600, Duration.ofMillis(10)));
		assertThat(log.soonestEnd(now)).isEqualTo(now + WINDOW - 8 * MILLI);
		log.credit().observeOthers(RoundTrips.NONE);
		for (int i = 0; i < 600; i++) {
			answer(log, now, 30);
		}
		assertThat(log.soonestEnd(now)).isEqualTo(now + WINDOW - 28 * MILLI);
	}

	private static void answer(SlidingWindowLog log, long now, long millis) {
		log.take(1);
		log.answered(1, now - millis * MILLI, now);
	}

}
