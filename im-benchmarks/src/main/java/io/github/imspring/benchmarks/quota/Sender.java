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

package io.github.imspring.benchmarks.quota;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.github.imspring.operation.Operations;
import io.github.imspring.quota.Lane;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.quota.QuotaLimiterBuilder;
import io.github.imspring.quota.QuotaRequest;
import io.github.imspring.quota.QuotaSettings;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
import reactor.core.scheduler.Scheduler;

/**
 * A limiter in front of the service.
 */
interface Sender {

	/**
	 * Sends a call as soon as the limiter lets it go.
	 * @param messages what the call counts as
	 * @param lane where it waits
	 * @param departure what to do when it goes
	 */
	void send(int messages, Lane lane, Departure departure);

	/**
	 * The limiter of this library.
	 */
	static Sender ours(Scheduler scheduler, LongSupplier nanoTime, QuotaSettings settings) {
		QuotaLimiter limiter = new QuotaLimiterBuilder().settings(settings)
			.scheduler(scheduler)
			.nanoTime(nanoTime)
			.build();
		return (messages, lane, departure) -> limiter.acquire(new QuotaRequest(Operations.SEND_MESSAGE, messages, lane))
			.subscribe((grant) -> {
				grant.sent();
				departure.leave(grant::answered);
			});
	}

	/**
	 * Resilience4j as it comes: a limiter of calls, then one of messages.
	 */
	static Sender stock(Scheduler scheduler, LongSupplier nanoTime) {
		RateLimiter calls = stock("calls", 100, Duration.ofSeconds(1), nanoTime);
		RateLimiter messages = stock("messages", 6000, Duration.ofMinutes(1), nanoTime);
		return (weight, lane, departure) -> after(scheduler, calls.reservePermission(1),
				() -> after(scheduler, messages.reservePermission(weight), () -> departure.leave(() -> {
				})));
	}

	private static RateLimiter stock(String name, int limit, Duration period, LongSupplier nanoTime) {
		RateLimiterConfig config = RateLimiterConfig.custom()
			.limitForPeriod(limit)
			.limitRefreshPeriod(period)
			.timeoutDuration(Duration.ofHours(1))
			.build();
		return new AtomicRateLimiter(name, config, nanoTime::getAsLong);
	}

	private static void after(Scheduler scheduler, long nanos, Runnable task) {
		if (nanos > 0) {
			scheduler.schedule(task, nanos, TimeUnit.NANOSECONDS);
		}
		else {
			task.run();
		}
	}

	/**
	 * A call that goes.
	 */
	interface Departure {

		/**
		 * The call leaves.
		 * @param answered runs when its answer comes
		 */
		void leave(Runnable answered);

	}

}
