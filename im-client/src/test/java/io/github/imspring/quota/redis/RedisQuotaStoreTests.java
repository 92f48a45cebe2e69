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

package io.github.imspring.quota.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.imspring.quota.store.QuotaStore;
import io.github.imspring.quota.store.RoundTrips;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;

import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * How Redis shares a quota out, by what each instance claims.
 */
class RedisQuotaStoreTests {

	@RegisterExtension
	private static final RedisOfTests redis = new RedisOfTests();

	@Test
	void whatIsNeededIsGiven() {
		assertThat(redis.claimant(1).needs(70).exchange().most()).isEqualTo(70);
	}

	@Test
	void noMoreThanTheQuotaIsGiven() {
		assertThat(redis.claimant(1).needs(101).exchange().most()).isEqualTo(100);
	}

	@Test
	void stockIsGivenWhileNobodyLacksAnything() {
		Claimant claimant = redis.claimant(1).needs(20);
		claimant.idle = 30;
		assertThat(claimant.exchange().most()).isEqualTo(30);
		Claimant other = redis.claimant(1).needs(90);
		assertThat(other.exchange().most()).isEqualTo(70);
		assertThat(claimant.exchange().fair()).isEqualTo(20);
	}

	@Test
	void everybodyHasAllItsStockAsLongAsThatIsEnoughForAll() {
		List<Claimant> claimants = List.of(redis.claimant(3).needs(5), redis.claimant(3).needs(20),
				redis.claimant(3).needs(30));
		claimants.forEach((claimant) -> {
			claimant.idle = 33;
			claimant.bulkMost = 98;
		});
		for (int i = 0; i < 2; i++) {
			claimants.forEach(Claimant::exchange);
		}
		assertThat(claimants).extracting((claimant) -> claimant.claimed).containsExactly(33, 33, 33);
		claimants.get(2).needs(34).exchange();
		assertThat(claimants.get(2).claimed).isEqualTo(34);
		claimants.get(2).needs(35);
		for (int i = 0; i < 6; i++) {
			claimants.forEach(Claimant::exchange);
		}
		// Some are left for whoever needs them next.
		assertThat(claimants.stream().mapToInt((claimant) -> claimant.claimed).sum()).isBetween(80, 90);
		assertThat(claimants.get(2).claimed).isEqualTo(35);
	}

	@Test
	void scarceSlotsAreLevelled() {
		Claimant little = redis.claimant(1).needs(11);
		Claimant much = redis.claimant(1).needs(1000);
		Claimant more = redis.claimant(1).needs(5000);
		for (int i = 0; i < 3; i++) {
			List.of(little, much, more).forEach(Claimant::exchange);
		}
		assertThat(little.claimed).isEqualTo(11);
		assertThat(much.claimed + more.claimed).isEqualTo(89);
		assertThat(much.claimed).isBetween(44, 45);
	}

	@Test
	void everyInstanceGetsItsFallbackShareHoweverMuchTheOthersNeed() {
		List<Claimant> greedy = List.of(redis.claimant(4).needs(100), redis.claimant(4).needs(100),
				redis.claimant(4).needs(100));
		greedy.forEach(Claimant::exchange);
		Claimant one = redis.claimant(4).needs(25);
		for (int i = 0; i < 3; i++) {
			greedy.forEach(Claimant::exchange);
			one.exchange();
		}
		assertThat(one.claimed).isEqualTo(25);
	}

	@Test
	void parkedInstanceKeepsWhatItClaimsAndNoMore() {
		Claimant parked = redis.claimant(2).needs(60);
		assertThat(parked.exchange().most()).isEqualTo(50);
		Claimant other = redis.claimant(2).needs(100);
		other.exchange();
		assertThat(other.exchange().most()).isEqualTo(50);
		parked.claimed = 1;
		parked.needs(1).exchange(Duration.ofMinutes(1), Duration.ofSeconds(10));
		for (int i = 0; i < 15; i++) {
			other.exchange();
			elapse(100);
		}
		assertThat(other.claimed).isEqualTo(99);
		parked.needs(50).exchange();
		other.exchange();
		other.exchange();
		assertThat(parked.exchange().most()).isEqualTo(50);
	}

	@Test
	void fallbackShareOfAParkedInstanceThatIsNotHeardFromIsLeftToIt() {
		Claimant first = redis.claimant(2).needs(100);
		first.exchange();
		long now = redis.content().now();
		redis.content().hash("instances", "since", String.valueOf(now - 3_700_000));
		redis.content().hash("instances", "parked", (now - 59_000) + " 60000");
		redis.content().hash("probe-calls", "parked", "1 1 0 0");
		assertThat(first.exchange().most()).isEqualTo(99);
		redis.content().hash("instances", "parked", (now - 61_000) + " 60000");
		assertThat(first.exchange().fair()).isEqualTo(50);
	}

	@Test
	void slotsAreGivenOnlyOnceTheirHolderHasGivenThemUp() {
		Claimant holder = redis.claimant(1).needs(100);
		holder.exchange();
		holder.held = 100;
		Claimant other = redis.claimant(1).needs(100);
		assertThat(other.exchange().most()).isZero();
		assertThat(holder.exchange().fair()).isEqualTo(50);
		assertThat(other.exchange().most()).isZero();
		holder.held = 70;
		holder.exchange();
		assertThat(other.exchange().most()).isZero();
		holder.exchange();
		assertThat(other.exchange().most()).isEqualTo(30);
	}

	@Test
	void bulkLeavesSlotsOfTheWholeQuotaAlone() {
		Claimant bulk = redis.claimant(1).needs(100);
		bulk.singles = 1;
		bulk.bulkMost = 98;
		assertThat(bulk.exchange().most()).isEqualTo(98);
		assertThat(redis.claimant(1).needs(2).exchange().most()).isEqualTo(2);
	}

	@Test
	void fallbackSharesOfMissingInstancesAreLeftToThem() {
		Claimant first = redis.claimant(3).needs(100);
		assertThat(first.exchange().most()).isEqualTo(34);
		Claimant second = redis.claimant(3).needs(100);
		assertThat(second.exchange().most()).isEqualTo(33);
		Claimant third = redis.claimant(3).needs(1);
		assertThat(third.exchange().most()).isEqualTo(1);
		first.exchange();
		assertThat(first.claimed).isGreaterThan(34);
	}

	@Test
	void silentInstanceIsTakenToRunOnItsFallbackShare() {
		Claimant silent = redis.claimant(2).needs(1);
		silent.exchange();
		Claimant other = redis.claimant(2).needs(100);
		assertThat(other.exchange().most()).isEqualTo(99);
		for (int i = 0; i < 8; i++) {
			elapse(100);
			other.exchange();
		}
		assertThat(other.claimed).isEqualTo(50);
		silent.exchange();
		other.exchange();
		assertThat(other.claimed).isEqualTo(99);
	}

	@Test
	void claimOfASilentInstanceStandsForTwoLeasesAndAWindow() {
		Claimant silent = redis.claimant(1).needs(90);
		long begin = System.nanoTime();
		silent.exchange();
		Claimant other = redis.claimant(1).needs(100);
		int before = 0;
		int after = 0;
		while (after < 100 && System.nanoTime() - begin < Duration.ofSeconds(10).toNanos()) {
			before = after;
			after = other.exchange().most();
			if (System.nanoTime() - begin < Duration.ofMillis(2000).toNanos()) {
				assertThat(after).isEqualTo(10);
			}
			elapse(50);
		}
		assertThat(before).isEqualTo(10);
		assertThat(after).isEqualTo(100);
	}

	@Test
	void fallbackShareOfASilentInstanceIsLeftToItForAnHour() {
		Claimant first = redis.claimant(2).needs(100);
		first.exchange();
		long now = redis.content().now();
		redis.content().hash("instances", "since", String.valueOf(now - 3_700_000));
		redis.content().hash("instances", "cut-off", (now - 3_500_000) + " 500");
		assertThat(first.exchange().fair()).isEqualTo(50);
		redis.content().hash("instances", "cut-off", (now - 3_600_001) + " 500");
		assertThat(first.exchange().most()).isEqualTo(100);
		assertThat(redis.content().hash("instances")).doesNotContainKey("cut-off");
	}

	@Test
	void instancesThatCrashedCostNothingOnceAsManyRunAsThereAreToBe() {
		Claimant first = redis.claimant(2).needs(50);
		Claimant second = redis.claimant(2).needs(50);
		second.exchange();
		for (int i = 0; i < 5; i++) {
			redis.content().hash("instances", "crashed-" + i, (redis.content().now() - 3000) + " 500");
			redis.content().hash("probe-calls", "crashed-" + i, "50 50 0 0");
		}
		assertThat(first.exchange().most()).isEqualTo(50);
		assertThat(second.exchange().most()).isEqualTo(50);
	}

	@Test
	void everybodyCutOffForMinutesFindsItsFallbackShareAgain() {
		long now = redis.content().now();
		redis.content().hash("instances", "since", String.valueOf(now - 3_700_000));
		redis.content().hash("instances", "other", (now - 600_000) + " 500");
		assertThat(redis.claimant(2).needs(100).exchange().most()).isEqualTo(50);
	}

	@Test
	void instanceThatLeavesKeepsOnlyWhatItHoldsAndOnlyForAWindow() {
		Claimant first = redis.claimant(2).needs(60);
		Claimant second = redis.claimant(2).needs(100);
		first.exchange();
		second.exchange();
		redis.content().hash("instances", "since", String.valueOf(redis.content().now() - 3_700_000));
		first.claimed = 20;
		first.leave();
		assertThat(second.exchange().most()).isEqualTo(80);
		redis.content()
			.hash("instances",
					redis.content()
						.hash("instances")
						.entrySet()
						.stream()
						.filter((entry) -> entry.getValue().endsWith(" -500"))
						.findFirst()
						.orElseThrow()
						.getKey(),
					(redis.content().now() - 2001) + " -500");
		assertThat(second.exchange().most()).isEqualTo(100);
		assertThat(redis.content().hash("instances")).hasSize(3);
	}

	@Test
	void instanceThatHasLeftIsForgottenAfterAWhile() {
		redis.content().hash("instances", "gone", (redis.content().now() - 63_000) + " -500");
		redis.claimant(1).exchange();
		assertThat(redis.content().hash("instances")).doesNotContainKey("gone");
	}

	@Test
	void failureDoesNotMakeTheInstanceKnown() {
		Claimant claimant = redis.claimant(2).needs(10);
		try (var connection = redis.connectionFactory().getConnection()) {
			connection.stringCommands().set("im:quota:{org#app}:probe-calls".getBytes(), "x".getBytes());
		}
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(claimant::exchange)
			.havingRootCause()
			.withMessageContaining("WRONGTYPE");
		assertThat(redis.content().hash("instances")).containsOnlyKeys("since");
	}

	@Test
	void clockThatIsSetBackKeepsNoInstancePresent() {
		long ahead = redis.content().now() + 3_600_000;
		redis.content().hash("instances", "since", String.valueOf(ahead));
		redis.content().hash("instances", "dead", ahead + " 500");
		redis.content().hash("instances", "gone", ahead + " -500");
		redis.claimant(1).exchange();
		assertThat(redis.content().hash("instances").values()).allSatisfy(
				(at) -> assertThat(Long.parseLong(at.split(" ")[0])).isLessThanOrEqualTo(redis.content().now()));
	}

	@Test
	void commandsThatAreGivenUpDoNotPileUp() {
		Claimant claimant = redis.claimant(1).needs(10);
		claimant.exchange();
		long before = scripts();
		try (var connection = redis.connectionFactory().getConnection()) {
			connection.execute("CLIENT", "PAUSE".getBytes(), "1500".getBytes());
		}
		for (int i = 0; i < 10; i++) {
			assertThatException()
				.isThrownBy(() -> claimant.store.exchange(List.of(), QuotaStore.LEASE, Duration.ofMillis(50))
					.timeout(Duration.ofMillis(50))
					.block());
		}
		await().atMost(Duration.ofSeconds(10)).ignoreExceptions().until(() -> claimant.exchange().most() == 10);
		assertThat(scripts() - before).isBetween(2L, 4L);
	}

	@Test
	void busyApplicationDoesNotHoldTheExchangeUp() {
		CountDownLatch busy = new CountDownLatch(1);
		Disposable.Composite tasks = Disposables.composite();
		for (int i = 0; i < Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE; i++) {
			tasks.add(Schedulers.boundedElastic().schedule(() -> {
				try {
					busy.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}));
		}
		try {
			assertThat(redis.claimant(1).needs(10).exchange().most()).isEqualTo(10);
		}
		finally {
			busy.countDown();
			tasks.dispose();
		}
	}

	private static long scripts() {
		try (var connection = redis.connectionFactory().getConnection()) {
			String calls = connection.serverCommands().info("commandstats").getProperty("cmdstat_evalsha", "calls=0,");
			return Long.parseLong(calls.substring("calls=".length(), calls.indexOf(',')));
		}
	}

	@Test
	void claimIsTakenAsGiven() {
		Claimant one = redis.claimant(1).needs(100);
		one.claimed = 80;
		Claimant other = redis.claimant(1).needs(100);
		other.claimed = 80;
		assertThat(one.exchange().most()).isEqualTo(100);
		assertThat(other.exchange().most()).isEqualTo(80);
		for (int i = 0; i < 2; i++) {
			one.exchange();
			other.exchange();
		}
		assertThat(one.claimed + other.claimed).isEqualTo(100);
	}

	@Test
	void exchangeThatComesTooLateHasNoEffect() {
		Claimant claimant = redis.claimant(1).needs(10);
		claimant.exchange();
		claimant.needs(60);
		assertThatIllegalStateException().isThrownBy(() -> claimant.exchange(Duration.ofMillis(-100)))
			.withMessageContaining("too late");
		assertThat(redis.claimant(1).needs(90).exchange().most()).isEqualTo(90);
		assertThat(claimant.exchange(Duration.ofSeconds(1)).most()).isEqualTo(10);
	}

	@Test
	void pauseIsForEverybody() {
		Claimant one = redis.claimant(1).needs(1);
		one.pause = Duration.ofSeconds(5);
		assertThat(one.exchange().pause()).isEqualTo(Duration.ofSeconds(5));
		one.pause = Duration.ofSeconds(1);
		one.exchange();
		assertThat(redis.claimant(1).needs(1).exchange().pause()).isBetween(Duration.ofSeconds(3),
				Duration.ofSeconds(5));
	}

	@Test
	void roundTripsOfTheOthersAreShared() {
		Claimant one = redis.claimant(1).needs(1);
		one.trips = new RoundTrips(600, Duration.ofNanos(20_000_999));
		assertThat(one.exchange().trips()).isEqualTo(RoundTrips.NONE);
		Claimant two = redis.claimant(1).needs(1);
		two.trips = new RoundTrips(3, Duration.ofMillis(30));
		assertThat(two.exchange().trips()).isEqualTo(new RoundTrips(600, Duration.ofMillis(20)));
		assertThat(redis.claimant(1).needs(1).exchange().trips()).isEqualTo(new RoundTrips(603, Duration.ofMillis(20)));
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void allSharesTogetherNeverExceedTheQuota(long seed) {
		Random random = new Random(seed);
		List<Claimant> claimants = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			claimants.add(redis.claimant(5));
		}
		for (int i = 0; i < 400; i++) {
			Claimant claimant = claimants.get(random.nextInt(5));
			claimant.held = random.nextInt(claimant.claimed + 1);
			claimant.needs(Math.min(100, claimant.held + random.nextInt(50)));
			claimant.idle = random.nextInt(40);
			claimant.exchange();
			assertThat(claimants.stream().mapToInt((one) -> one.claimed).sum()).isLessThanOrEqualTo(100);
		}
	}

	private static void elapse(long millis) {
		CompletableFuture<Boolean> passed = new CompletableFuture<>();
		passed.completeOnTimeout(true, millis, TimeUnit.MILLISECONDS).join();
	}

}
