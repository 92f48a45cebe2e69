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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Quota;
import io.github.imspring.operation.Quota.Unit;
import io.github.imspring.quota.Grant;
import io.github.imspring.quota.Lane;
import io.github.imspring.quota.QuotaRequest;
import io.github.imspring.quota.QuotaStoreState;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Several instances on one real Redis, each with a limiter and a connection of its own.
 */
class SharedQuotasTests {

	private static final Operation PROBE = new Operation("probe", true, List.of(new Quota("probe", Unit.CALLS, 60)));

	private static final Operation MAIL = new Operation("mail", true,
			List.of(new Quota("mail", Unit.CALLS, 60), new Quota("mail", Unit.MESSAGES, 300)));

	private static final QuotaRequest TEN = new QuotaRequest(MAIL, 10, Lane.SINGLE);

	private final RealRedis redis = new RealRedis();

	private final Service service = new Service();

	private final List<Instance> instances = new ArrayList<>();

	@AfterEach
	void stop() {
		this.instances.forEach(Instance::close);
		this.redis.close();
	}

	private Instance instance(int of) {
		Instance instance = new Instance(this.redis, of, this.service);
		this.instances.add(instance);
		return instance;
	}

	private List<Instance> instances(int count) {
		for (int i = 0; i < count; i++) {
			instance(count);
		}
		return this.instances;
	}

	@Test
	void threeInstancesUseAllOfTheQuotaAndNoMore() {
		this.redis.start();
		instances(3).forEach((instance) -> instance.saturate(PROBE));
		elapse(2000);
		int[] before = this.instances.stream().mapToInt(Instance::arrived).toArray();
		int all = this.service.arrivals();
		elapse(3000);
		int used = this.service.arrivals() - all;
		assertThat(this.service.mostIn(1000)).isLessThanOrEqualTo(60);
		// 12 ms of each window are lost as long as the fastest round trip is not known.
		assertThat(used).isGreaterThan((int) (3 * 60 * 0.9));
		for (int i = 0; i < 3; i++) {
			assertThat(this.instances.get(i).arrived() - before[i]).isGreaterThan(used / 6);
		}
		assertNothingFailed();
	}

	@Test
	void redisStoppedAndBackCostsNoCallAndExceedsNothing() {
		this.redis.start();
		instances(3).forEach((instance) -> instance.saturate(PROBE));
		elapse(1500);
		this.redis.stop();
		await().atMost(Duration.ofMillis(1000))
			.until(() -> this.instances.stream()
				.allMatch((instance) -> instance.limiter().storeState() == QuotaStoreState.DEGRADED));
		int[] before = this.instances.stream().mapToInt(Instance::arrived).toArray();
		long begin = System.nanoTime();
		elapse(3000);
		int[] after = this.instances.stream().mapToInt(Instance::arrived).toArray();
		double seconds = (System.nanoTime() - begin) / 1e9;
		for (int i = 0; i < 3; i++) {
			assertThat(after[i] - before[i]).isBetween(40, 5 + (int) Math.ceil(20 * seconds));
		}
		this.redis.start();
		await().atMost(Duration.ofSeconds(10))
			.until(() -> this.instances.stream()
				.allMatch((instance) -> instance.limiter().storeState() == QuotaStoreState.SHARED));
		elapse(2000);
		assertThat(this.service.mostIn(1000)).isLessThanOrEqualTo(60);
		assertThat(this.instances).allSatisfy((instance) -> assertThat(instance.states())
			.containsExactly(QuotaStoreState.DEGRADED, QuotaStoreState.SHARED));
		assertNothingFailed();
	}

	@Test
	void oneInstanceUsesAllOfTheQuotaAtOnceWhileTheOthersRest() {
		this.redis.start();
		Instance one = instance(1);
		one.calls(60, PROBE);
		await().atMost(Duration.ofSeconds(2)).until(() -> this.service.arrivals() == 60);
		assertThat(this.service.mostIn(500)).isEqualTo(60);
		Instance other = instance(1);
		other.calls(60, PROBE);
		await().atMost(Duration.ofSeconds(4)).until(() -> this.service.arrivals() == 120);
		assertThat(this.service.mostIn(1000)).isLessThanOrEqualTo(60);
	}

	@Test
	void instanceThatJoinsLateGetsItsShare() {
		this.redis.start();
		Instance first = instance(1);
		first.saturate(PROBE);
		elapse(1500);
		Instance second = instance(1);
		second.saturate(PROBE);
		elapse(1500);
		int firstBefore = first.arrived();
		int secondBefore = second.arrived();
		elapse(3000);
		assertThat(second.arrived() - secondBefore).isCloseTo(first.arrived() - firstBefore,
				Percentage.withPercentage(15));
		assertThat(this.service.mostIn(1000)).isLessThanOrEqualTo(60);
	}

	@Test
	void heavyCallsOfSeveralQuotasAreGrantedInOneStep() {
		this.redis.start();
		instances(2).forEach((instance) -> instance.saturate(new QuotaRequest(MAIL, 70, Lane.SINGLE), 4));
		await().atMost(Duration.ofSeconds(4)).until(() -> this.service.arrivals() == 4);
		elapse(700);
		assertThat(this.service.mostIn(60_000)).isEqualTo(280);
	}

	@Test
	void bulkCallsLeaveSlotsForSingleCallsOfAnyInstance() {
		this.redis.start();
		Operation bulk = new Operation("bulk", true, List.of(new Quota("bulk", Unit.CALLS, 100)));
		instances(2).get(0).saturate(new QuotaRequest(bulk, 1, Lane.BULK), 50);
		elapse(3000);
		assertThat(this.service.mostIn(1000)).isBetween(90L, 98L);
		CompletableFuture<Void> single = this.instances.get(1).call(QuotaRequest.of(bulk)).toFuture();
		assertThat(single).succeedsWithin(Duration.ofMillis(300));
	}

	@Test
	void pauseHoldsEveryInstanceBack() {
		this.redis.start();
		instances(2);
		Instance one = this.instances.get(0);
		Instance other = this.instances.get(1);
		other.call(QuotaRequest.of(PROBE)).block();
		Grant grant = one.limiter().acquire(QuotaRequest.of(PROBE)).block(Duration.ofSeconds(2));
		grant.sent();
		grant.throttled(Unit.CALLS, Duration.ofSeconds(3));
		await().atMost(Duration.ofMillis(500)).until(() -> other.quota("probe-calls").heldBackFor().toMillis() > 2000);
		assertThat(other.quota("probe-calls").heldBackFor()).isLessThanOrEqualTo(Duration.ofMillis(3000));
		long begin = System.nanoTime();
		other.call(QuotaRequest.of(PROBE)).block(Duration.ofSeconds(5));
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(2000));
	}

	@Test
	void slotsOfACrashedInstanceComeFree() {
		this.redis.start();
		Instance one = instance(1);
		for (int i = 0; i < 60; i++) {
			one.limiter().acquire(QuotaRequest.of(PROBE)).block(Duration.ofSeconds(2)).sent();
		}
		one.crash();
		Instance other = instance(1);
		long begin = System.nanoTime();
		other.call(QuotaRequest.of(PROBE)).block(Duration.ofSeconds(5));
		// The lease and one window.
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofMillis(1000),
				Duration.ofMillis(2500));
	}

	@Test
	void instanceThatLeavesGivesItsShareBack() {
		this.redis.start();
		instances(2).forEach((instance) -> instance.calls(20, PROBE));
		await().atMost(Duration.ofSeconds(4)).until(() -> this.service.arrivals() == 40);
		this.instances.get(0).leave();
		Instance other = this.instances.get(1);
		int before = other.arrived();
		long begin = System.nanoTime();
		other.calls(110, PROBE);
		await().atMost(Duration.ofSeconds(10)).until(() -> other.arrived() - before == 110);
		// Its share would let 30 go a second.
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(3500));
		assertThat(this.service.mostIn(1000)).isLessThanOrEqualTo(60);
	}

	@Test
	void instanceThatNeverReachesRedisTakesItsFallbackShare() {
		Instance alone = instance(3);
		alone.calls(20, PROBE);
		await().atMost(Duration.ofSeconds(7)).until(() -> this.service.arrivals() == 20);
		assertThat(alone.limiter().storeState()).isEqualTo(QuotaStoreState.DEGRADED);
		assertThat(alone.failures()).isEmpty();
	}

	@Test
	void slowRedisIsGivenUpAndTakenBack() throws Exception {
		this.redis.start();
		instances(2).forEach((instance) -> instance.saturate(PROBE));
		elapse(1500);
		try (var connectionFactory = new Look(this.redis)) {
			connectionFactory.pause(2000);
			await().atMost(Duration.ofMillis(1000))
				.until(() -> this.instances.stream()
					.allMatch((instance) -> instance.limiter().storeState() == QuotaStoreState.DEGRADED));
			int before = this.service.arrivals();
			await().atMost(Duration.ofSeconds(6))
				.until(() -> this.instances.stream()
					.allMatch((instance) -> instance.limiter().storeState() == QuotaStoreState.SHARED));
			assertThat(this.service.arrivals() - before).isGreaterThan(40);
		}
		elapse(1500);
		assertThat(this.service.mostIn(1000)).isLessThanOrEqualTo(60);
		assertNothingFailed();
	}

	@Test
	void instanceThatComesBackGetsNothingThatAnotherStillHolds() throws Exception {
		this.redis.start();
		instances(2);
		Instance little = this.instances.get(0);
		Instance much = this.instances.get(1);
		send(much, 25);
		send(little, 1);
		try (Look look = new Look(this.redis)) {
			look.pause(1500);
			awaitState(QuotaStoreState.DEGRADED);
			little.saturate(TEN, 10);
			awaitState(QuotaStoreState.SHARED);
		}
		elapse(2000);
		assertThat(this.service.mostIn(60_000)).isEqualTo(300);
	}

	@Test
	void nothingIsExceededIfRedisIsEmptyOneInstanceCrashedAndOneIsNew() {
		this.redis.start();
		instances(3).forEach((instance) -> send(instance, 9));
		this.redis.stop();
		awaitState(QuotaStoreState.DEGRADED);
		this.instances.remove(2).crash();
		Instance newcomer = instance(3);
		newcomer.saturate(TEN, 10);
		elapse(500);
		this.redis.start();
		awaitState(QuotaStoreState.SHARED);
		this.instances.forEach((instance) -> instance.saturate(TEN, 10));
		elapse(4000);
		assertThat(this.service.mostIn(60_000)).isBetween(270L, 300L);
	}

	private static void send(Instance instance, int calls) {
		for (int i = 0; i < calls; i++) {
			instance.call(TEN).block(Duration.ofSeconds(10));
		}
	}

	private void awaitState(QuotaStoreState state) {
		await().atMost(Duration.ofSeconds(30))
			.until(() -> this.instances.stream().allMatch((instance) -> instance.limiter().storeState() == state));
	}

	@Test
	void instanceThatSendsNothingIsSilentAndComesBackWithItsFirstCalls() {
		this.redis.start();
		Instance busy = instance(2);
		Instance sleeper = instance(2);
		sleeper.calls(10, PROBE);
		await().atMost(Duration.ofSeconds(4)).until(() -> sleeper.arrived() == 10);
		busy.saturate(PROBE);
		try (Look look = new Look(this.redis)) {
			await().atMost(Duration.ofSeconds(15)).until(() -> look.parked() == 1);
			int before = busy.arrived();
			long begin = System.nanoTime();
			elapse(2000);
			double seconds = (System.nanoTime() - begin) / 1e9;
			assertThat(busy.arrived() - before).isGreaterThan((int) (60 * 0.8 * (seconds - 1)));
			sleeper.calls(45, PROBE);
			await().atMost(Duration.ofSeconds(10)).until(() -> sleeper.arrived() == 55);
			assertThat(look.parked()).isZero();
		}
		assertThat(this.service.mostIn(1000)).isLessThanOrEqualTo(60);
		assertNothingFailed();
	}

	@Test
	void idlePairSendsNoCommandForSeconds() {
		this.redis.start();
		instances(2).forEach((instance) -> instance.calls(1, PROBE));
		try (Look look = new Look(this.redis)) {
			await().atMost(Duration.ofSeconds(15)).until(() -> look.parked() == 2);
			long before = look.scripts();
			elapse(5000);
			assertThat(look.scripts() - before).isLessThanOrEqualTo(4);
		}
	}

	@Test
	void keysNameTheAppAsHashTagAndExpire() throws Exception {
		this.redis.start();
		instance(1).call(QuotaRequest.of(MAIL)).block(Duration.ofSeconds(2));
		try (var redis = new Look(this.redis)) {
			assertThat(redis.keys()).containsExactlyInAnyOrder("im:quota:{org#app}:instances",
					"im:quota:{org#app}:mail-calls", "im:quota:{org#app}:mail-messages");
			for (String key : redis.keys()) {
				assertThat(redis.timeToLive(key)).isBetween(3500L, 3600L);
			}
		}
	}

	private void assertNothingFailed() {
		assertThat(this.instances).allSatisfy((instance) -> assertThat(instance.failures()).isEmpty());
	}

	private static void elapse(long millis) {
		CompletableFuture<Void> passed = new CompletableFuture<>();
		passed.completeOnTimeout(null, millis, TimeUnit.MILLISECONDS);
		passed.join();
	}

	/**
	 * A look into Redis.
	 */
	private static final class Look implements AutoCloseable {

		private final LettuceConnectionFactory connectionFactory;

		private Look(RealRedis redis) {
			this.connectionFactory = redis.connect();
		}

		void pause(long millis) {
			try (var connection = this.connectionFactory.getConnection()) {
				connection.execute("CLIENT", "PAUSE".getBytes(), String.valueOf(millis).getBytes());
			}
		}

		/**
		 * The instances whose lease is longer than that of one that sends.
		 */
		long parked() {
			try (var connection = this.connectionFactory.getConnection()) {
				return connection.hashCommands()
					.hVals("im:quota:{org#app}:instances".getBytes())
					.stream()
					.filter((value) -> new String(value).contains(" 60000 "))
					.count();
			}
		}

		long scripts() {
			try (var connection = this.connectionFactory.getConnection()) {
				String calls = connection.serverCommands()
					.info("commandstats")
					.getProperty("cmdstat_evalsha", "calls=0,");
				return Long.parseLong(calls.substring("calls=".length(), calls.indexOf(',')));
			}
		}

		List<String> keys() {
			try (var connection = this.connectionFactory.getConnection()) {
				return connection.keyCommands().keys("*".getBytes()).stream().map(String::new).toList();
			}
		}

		Long timeToLive(String key) {
			try (var connection = this.connectionFactory.getConnection()) {
				return connection.keyCommands().ttl(key.getBytes());
			}
		}

		@Override
		public void close() {
			this.connectionFactory.destroy();
		}

	}

}
