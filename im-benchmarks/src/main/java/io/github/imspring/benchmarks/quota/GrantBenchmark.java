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

import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.imspring.operation.Operations;
import io.github.imspring.quota.Grant;
import io.github.imspring.quota.Lane;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.quota.QuotaLimiterBuilder;
import io.github.imspring.quota.QuotaRequest;
import io.github.imspring.quota.QuotaSettings;
import io.github.imspring.quota.QuotaSettings.Limits;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/**
 * What one grant costs the caller: asked for, sent, answered. The quota is so large that
 * nothing waits, and its log is full of a window's calls.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class GrantBenchmark {

	private static final int ENDLESS = 1_000_000_000;

	private static final QuotaRequest REQUEST = new QuotaRequest(Operations.SEND_MESSAGE, 1, Lane.SINGLE);

	private final QuotaLimiter limiter = new QuotaLimiterBuilder()
		.settings(QuotaSettings.defaults().withLimits(Map.of("send-message", new Limits(ENDLESS, ENDLESS))))
		.build();

	private final RateLimiter stock = RateLimiter.of("stock",
			RateLimiterConfig.custom().limitForPeriod(ENDLESS).build());

	/**
	 * A call through both quotas of sending, by one thread.
	 */
	@Benchmark
	public void grant() {
		this.limiter.acquire(REQUEST).subscribe(new Call());
	}

	/**
	 * The same by four threads at once.
	 */
	@Benchmark
	@Threads(4)
	public void contendedGrant() {
		this.limiter.acquire(REQUEST).subscribe(new Call());
	}

	/**
	 * Two permissions of Resilience4j as it comes, by one thread.
	 * @return the wait
	 */
	@Benchmark
	public long stock() {
		return this.stock.reservePermission(1) + this.stock.reservePermission(1);
	}

	private static final class Call extends BaseSubscriber<Grant> {

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			subscription.request(1);
		}

		@Override
		protected void hookOnNext(Grant grant) {
			grant.sent();
			grant.answered();
		}

	}

}
