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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What a Redis shares out that is back without data, or with old ones.
 */
class LostRedisDataTests {

	/**
	 * Two leases and the window of the quota.
	 */
	private static final long HIDDEN = 2000;

	@RegisterExtension
	private static final RedisOfTests redis = new RedisOfTests();

	/**
	 * An instance that Redis has answered, and that has so much.
	 */
	private static Claimant known(int instances, int claimed) {
		Claimant claimant = redis.claimant(instances).needs(claimed);
		claimant.claimed = claimed;
		claimant.exchange();
		assertThat(claimant.claimed).isEqualTo(claimed);
		return claimant.needs(100);
	}

	private static boolean isFoundLost() {
		return redis.content().hash("instances").containsKey("emptied");
	}

	@Test
	void nobodyGetsMoreUntilAllHaveSaidWhatTheyHaveOnceRedisHasLostItsData() {
		Claimant one = redis.claimant(2).needs(10);
		Claimant other = redis.claimant(2).needs(90);
		one.exchange();
		other.exchange();
		one.exchange();
		assertThat(one.claimed + other.claimed).isEqualTo(100);
		redis.content().clear();
		long begin = System.nanoTime();
		one.needs(100);
		while (System.nanoTime() - begin < Duration.ofMillis(400).toNanos()) {
			assertThat(one.exchange().most()).isEqualTo(10);
			elapse(50);
		}
		other.exchange();
		while (System.nanoTime() - begin < Duration.ofMillis(1000).toNanos()) {
			one.exchange();
			other.exchange();
			assertThat(one.claimed + other.claimed).isLessThanOrEqualTo(100);
			elapse(20);
		}
		assertThat(one.claimed).isEqualTo(50);
	}

	@Test
	void allGoOnAsSoonAsTheLastWhoWasThereIsBack() {
		Claimant one = known(3, 20);
		Claimant two = known(3, 10);
		Claimant last = known(3, 60);
		redis.content().clear();
		one.exchange();
		two.exchange();
		redis.content().foundLost(1000);
		assertThat(one.exchange().most()).isEqualTo(20);
		assertThat(two.exchange().most()).isEqualTo(10);
		assertThat(last.exchange().most()).isEqualTo(60);
		assertThat(two.exchange().most()).isEqualTo(20);
	}

	@Test
	void whoDoesNotComeBackMayHoldWhatItHadForAWindow() {
		Claimant one = known(2, 10);
		known(2, 90);
		redis.content().clear();
		one.exchange();
		redis.content().foundLost(HIDDEN - 100);
		assertThat(one.exchange().most()).isEqualTo(10);
		redis.content().foundLost(HIDDEN + 1);
		// The fallback share of the other is left to it.
		assertThat(one.exchange().most()).isEqualTo(50);
		assertThat(one.exchange().most()).isEqualTo(50);
	}

	@Test
	void fallbackShareIsLeftToWhoDoesNotComeBackForAMinuteFromTheLossOn() {
		Claimant one = known(2, 10);
		redis.content().clear();
		one.exchange();
		redis.content().hash("instances", "since", String.valueOf(redis.content().now() - 3_700_000));
		redis.content().foundLost(61_900);
		assertThat(one.exchange().most()).isEqualTo(50);
		redis.content().foundLost(62_100);
		assertThat(one.exchange().most()).isEqualTo(100);
	}

	@Test
	void everybodyKeepsWhatItHasOfItsFallbackShareMeanwhile() {
		Claimant one = known(2, 40);
		Claimant other = known(2, 60);
		redis.content().clear();
		one.needs(1);
		assertThat(one.exchange().fair()).isEqualTo(40);
		assertThat(one.exchange().fair()).isEqualTo(40);
		other.needs(1);
		assertThat(other.exchange().fair()).isEqualTo(50);
	}

	@Test
	void whoHasMoreThanItsFallbackShareGivesItUpToWhoMayTakeIt() {
		known(2, 10);
		Claimant other = known(2, 90);
		redis.content().clear();
		assertThat(other.exchange().fair()).isEqualTo(50);
	}

	@Test
	void newcomerDoesNotStandForWhoIsMissing() {
		Claimant one = known(2, 10);
		known(2, 90);
		redis.content().clear();
		one.exchange();
		Claimant newcomer = redis.claimant(2).needs(100);
		assertThat(newcomer.exchange().most()).isZero();
		redis.content().foundLost(HIDDEN - 100);
		assertThat(one.exchange().most()).isEqualTo(10);
		assertThat(newcomer.exchange().most()).isZero();
		redis.content().foundLost(HIDDEN + 1);
		assertThat(newcomer.exchange().most()).isEqualTo(50);
		assertThat(one.exchange().most()).isEqualTo(50);
	}

	@Test
	void newcomerThatFindsTheEmptyRedisFirstDoesNotStandForWhoIsMissingEither() {
		Claimant one = known(2, 10);
		known(2, 90);
		redis.content().clear();
		Claimant newcomer = redis.claimant(2).needs(1);
		newcomer.exchange();
		one.exchange();
		redis.content().foundLost(HIDDEN - 100);
		newcomer.needs(100);
		assertThat(newcomer.exchange().most()).isEqualTo(1);
		assertThat(one.exchange().most()).isEqualTo(10);
	}

	@Test
	void newcomerThatHasLeftDoesNotStandForWhoIsMissingEither() {
		Claimant one = known(2, 10);
		known(2, 90);
		redis.content().clear();
		one.exchange();
		Claimant newcomer = redis.claimant(2).needs(100);
		newcomer.exchange();
		newcomer.leave();
		redis.content().foundLost(HIDDEN - 100);
		assertThat(one.exchange().most()).isEqualTo(10);
	}

	@Test
	void secondLossIsFoundToo() {
		Claimant one = known(2, 10);
		Claimant other = known(2, 50);
		redis.content().clear();
		one.exchange();
		other.exchange();
		redis.content().foundLost(1000);
		assertThat(one.exchange().most()).isEqualTo(50);
		assertThat(one.needs(10).exchange().fair()).isEqualTo(10);
		redis.content().clear();
		one.needs(100).exchange();
		redis.content().foundLost(1000);
		assertThat(one.exchange().most()).isEqualTo(10);
	}

	@Test
	void oldDataAreLostOnesToo() {
		Claimant one = known(2, 10);
		known(2, 90);
		long now = redis.content().now();
		for (Map.Entry<String, String> entry : redis.content().hash("instances").entrySet()) {
			redis.content()
				.hash("instances", entry.getKey(),
						(now - 40_000) + (entry.getKey().equals("since") ? "" : " 500 " + (now - 40_000)));
		}
		assertThat(one.exchange().most()).isEqualTo(10);
		redis.content().foundLost(HIDDEN - 100);
		assertThat(one.exchange().most()).isEqualTo(10);
		redis.content().foundLost(HIDDEN + 1);
		assertThat(one.exchange().most()).isEqualTo(50);
	}

	@Test
	void whoWasKnownToTheOldDataIsBackToo() {
		Claimant one = known(2, 10);
		Claimant other = known(2, 45);
		long now = redis.content().now();
		for (String instance : List.copyOf(redis.content().hash("instances").keySet())) {
			if (!instance.equals("since")) {
				redis.content().hash("instances", instance, (now - 40_000) + " 500 " + (now - 50_000));
			}
		}
		one.exchange();
		other.exchange();
		redis.content().foundLost(1000);
		other.exchange();
		assertThat(one.exchange().most()).isEqualTo(50);
	}

	@Test
	void redisThatKnowsItsLastAnswerHasLostNothing() {
		Claimant one = known(2, 10);
		known(2, 50);
		elapse(700);
		one.exchange();
		assertThat(isFoundLost()).isFalse();
	}

	@Test
	void whoFindsNobodyInARedisThatWasNotThereWaitsForAllOrAWindow() {
		try (RealRedis late = new RealRedis(); Late first = new Late(late, 2); Late second = new Late(late, 2)) {
			first.failsOnce();
			second.failsOnce();
			late.start();
			assertThat(first.claimant.exchange().most()).isZero();
			first.content.foundLost(HIDDEN - 100);
			assertThat(first.claimant.exchange().most()).isZero();
			first.content.foundLost(HIDDEN + 1);
			assertThat(first.claimant.exchange().most()).isEqualTo(50);
			first.content.foundLost(1000);
			first.claimant.needs(60);
			assertThat(first.claimant.exchange().most()).isEqualTo(50);
			// As many as there are to be, and nobody was there before.
			second.claimant.needs(1).exchange();
			assertThat(second.claimant.exchange().most()).isOne();
			assertThat(first.claimant.exchange().most()).isEqualTo(60);
		}
	}

	@Test
	void whoFindsOthersInARedisThatItDidNotReachHoldsNobodyUp() {
		try (RealRedis late = new RealRedis(); Late first = new Late(late, 2); Late second = new Late(late, 2)) {
			second.failsOnce();
			late.start();
			first.claimant.needs(10).exchange();
			assertThat(second.claimant.exchange().most()).isEqualTo(90);
			assertThat(first.content.hash("instances")).doesNotContainKey("emptied");
		}
	}

	@Test
	void onlyInstanceThatWasThereBeforeRedisWaitsForNobody() {
		try (RealRedis late = new RealRedis(); Late only = new Late(late, 1)) {
			only.failsOnce();
			late.start();
			only.claimant.exchange();
			only.content.foundLost(501);
			assertThat(only.claimant.exchange().most()).isEqualTo(100);
		}
	}

	private static void elapse(long millis) {
		CompletableFuture<Boolean> passed = new CompletableFuture<>();
		passed.completeOnTimeout(true, millis, TimeUnit.MILLISECONDS).join();
	}

	/**
	 * An instance that may ask before Redis is there.
	 */
	private static final class Late implements AutoCloseable {

		private final LettuceConnectionFactory connectionFactory;

		private final Claimant claimant;

		private final RedisContent content;

		private Late(RealRedis redis, int instances) {
			this.connectionFactory = redis.connect();
			this.claimant = new Claimant(this.connectionFactory, instances).needs(100);
			this.content = new RedisContent(this.connectionFactory);
		}

		void failsOnce() {
			assertThatException().isThrownBy(this.claimant::exchange);
		}

		@Override
		public void close() {
			this.connectionFactory.destroy();
		}

	}

}
