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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

import io.github.imspring.operation.Operation;
import io.github.imspring.quota.Lane;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.quota.QuotaLimiterBuilder;
import io.github.imspring.quota.QuotaRequest;
import io.github.imspring.quota.QuotaSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages as fast as they go for two minutes of virtual time, against a service that
 * counts in strict sliding windows of a second: nothing is refused, and the quota is
 * used. The bulk lane leaves 2 % of it to single messages, and one of 20 is 5 %.
 */
class DestinationQuotaTests {

	private static final Duration TIME = Duration.ofMinutes(2);

	private static final long WINDOW = Duration.ofSeconds(1).toNanos();

	private static final long WAY = Duration.ofMillis(10).toNanos();

	private static final long LATE = Duration.ofMillis(20).toNanos();

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final SplittableRandom random = new SplittableRandom(1);

	private final Deque<Long> arrivals = new ArrayDeque<>();

	private long refused;

	private long accepted;

	@ParameterizedTest
	@CsvSource({ "CHATROOMS, 100, SINGLE, 0.97", "GROUPS, 20, SINGLE, 0.97", "CHATROOM_MEMBERS, 100, SINGLE, 0.97",
			"GROUP_MEMBERS, 100, SINGLE, 0.97", "CHATROOMS, 100, BULK, 0.95", "GROUPS, 20, BULK, 0.92" })
	void nothingIsRefusedAndTheQuotaIsUsed(Destination destination, int limit, Lane lane, double least) {
		QuotaLimiter limiter = new QuotaLimiterBuilder()
			.settings(QuotaSettings.defaults().withMaxWait(Duration.ofHours(1)))
			.scheduler(this.time)
			.nanoTime(() -> this.time.now(TimeUnit.NANOSECONDS))
			.build();
		for (int waiting = 0; waiting < 2 * limit; waiting++) {
			send(limiter, destination.operation(), lane, limit);
		}
		this.time.advanceTimeBy(TIME);
		assertThat(this.refused).isZero();
		assertThat((double) this.accepted / (limit * TIME.toSeconds())).isGreaterThan(least);
	}

	private void send(QuotaLimiter limiter, Operation operation, Lane lane, int limit) {
		limiter.acquire(new QuotaRequest(operation, 1, lane)).subscribe((grant) -> {
			grant.sent();
			this.time.schedule(() -> {
				arrive(limit);
				this.time.schedule(grant::answered, WAY + this.random.nextLong(LATE), TimeUnit.NANOSECONDS);
			}, WAY + this.random.nextLong(LATE), TimeUnit.NANOSECONDS);
			send(limiter, operation, lane, limit);
		});
	}

	private void arrive(int limit) {
		long now = this.time.now(TimeUnit.NANOSECONDS);
		while (!this.arrivals.isEmpty() && this.arrivals.element() <= now - WINDOW) {
			this.arrivals.remove();
		}
		if (this.arrivals.size() < limit) {
			this.arrivals.add(now);
			this.accepted++;
		}
		else {
			this.refused++;
		}
	}

}
