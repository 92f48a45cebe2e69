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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import org.jspecify.annotations.Nullable;

/**
 * A quota as Resilience4j sees it. Whoever takes permissions here takes them of the same
 * log as the calls of this library, but tells nobody how the call ends: it is taken to
 * reach the service within 100 ms of its time.
 */
final class QuotaRateLimiter implements RateLimiter {

	private final QuotaDispatcher dispatcher;

	private final QuotaState state;

	private final String name;

	private final Map<String, String> tags;

	private volatile RateLimiterConfig config;

	QuotaRateLimiter(QuotaDispatcher dispatcher, QuotaState state, String name, Map<String, String> tags) {
		this.dispatcher = dispatcher;
		this.state = state;
		this.name = name;
		this.tags = Map.copyOf(tags);
		this.config = RateLimiterConfig.custom()
			.limitForPeriod(state.quota().limit())
			.limitRefreshPeriod(state.quota().window())
			.build();
	}

	@Override
	public synchronized void changeTimeoutDuration(Duration timeoutDuration) {
		this.config = RateLimiterConfig.from(this.config).timeoutDuration(timeoutDuration).build();
	}

	@Override
	public synchronized void changeLimitForPeriod(int limitForPeriod) {
		this.config = RateLimiterConfig.from(this.config).limitForPeriod(limitForPeriod).build();
		this.dispatcher.limit(this.state, limitForPeriod);
	}

	/**
	 * Waits in the lane of single calls, blocking the calling thread as the interface
	 * demands.
	 */
	@Override
	public boolean acquirePermission(int permits) {
		CompletableFuture<@Nullable Grant> grant = this.dispatcher.acquire(this.state, permits).toFuture();
		Duration timeout = this.config.getTimeoutDuration();
		Grant granted = await(grant, permits, timeout);
		if (granted != null) {
			granted.sent();
			granted.unanswered();
		}
		return granted != null;
	}

	private @Nullable Grant await(CompletableFuture<@Nullable Grant> grant, int permits, Duration timeout) {
		try {
			return grant.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException ex) {
			return null;
		}
		catch (TimeoutException ex) {
			return withdraw(grant, permits);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return withdraw(grant, permits);
		}
	}

	private @Nullable Grant withdraw(CompletableFuture<@Nullable Grant> grant, int permits) {
		if (grant.cancel(false)) {
			this.state.events().refused(permits);
			return null;
		}
		return grant.isCompletedExceptionally() ? null : grant.join();
	}

	@Override
	public long reservePermission(int permits) {
		long wait = this.dispatcher.reserve(this.state, permits, this.config.getTimeoutDuration());
		if (wait >= 0) {
			this.state.events().granted(permits);
		}
		else {
			this.state.events().refused(permits);
		}
		return wait;
	}

	@Override
	public void drainPermissions() {
		this.state.events().drained(this.dispatcher.drain(this.state));
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public RateLimiterConfig getRateLimiterConfig() {
		return this.config;
	}

	@Override
	public Map<String, String> getTags() {
		return this.tags;
	}

	@Override
	public Metrics getMetrics() {
		return new Metrics() {

			@Override
			public int getNumberOfWaitingThreads() {
				return QuotaRateLimiter.this.dispatcher.waiting(QuotaRateLimiter.this.state);
			}

			@Override
			public int getAvailablePermissions() {
				return QuotaRateLimiter.this.dispatcher.available(QuotaRateLimiter.this.state);
			}

		};
	}

	@Override
	public EventPublisher getEventPublisher() {
		return this.state.events();
	}

	@Override
	public String toString() {
		return "QuotaRateLimiter{name='%s', rateLimiterConfig=%s}".formatted(this.name, this.config);
	}

}
