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

import io.github.imspring.operation.Quota;
import io.github.imspring.quota.RateLimiters.Permits;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;

/**
 * A quota as Resilience4j sees it.
 */
final class QuotaRateLimiter implements RateLimiter {

	private final String name;

	private final Permits permits;

	private final QuotaEvents events;

	private final Map<String, String> tags;

	private volatile RateLimiterConfig config;

	QuotaRateLimiter(String name, Quota quota, Permits permits, QuotaEvents events, Map<String, String> tags) {
		this.name = name;
		this.permits = permits;
		this.events = events;
		this.tags = Map.copyOf(tags);
		this.config = RateLimiterConfig.custom()
			.limitForPeriod(quota.limit())
			.limitRefreshPeriod(quota.window())
			.build();
	}

	@Override
	public synchronized void changeTimeoutDuration(Duration timeoutDuration) {
		this.config = RateLimiterConfig.from(this.config).timeoutDuration(timeoutDuration).build();
	}

	@Override
	public synchronized void changeLimitForPeriod(int limitForPeriod) {
		this.config = RateLimiterConfig.from(this.config).limitForPeriod(limitForPeriod).build();
		this.permits.limit(limitForPeriod);
	}

	/**
	 * Waits in the lane of single calls, blocking the calling thread as the interface
	 * demands.
	 */
	@Override
	public boolean acquirePermission(int permits) {
		return this.permits.acquire(permits, this.config.getTimeoutDuration());
	}

	@Override
	public long reservePermission(int permits) {
		long wait = this.permits.reserve(permits, this.config.getTimeoutDuration());
		if (wait >= 0) {
			this.events.granted(permits);
		}
		else {
			this.events.notPermitted(permits);
		}
		return wait;
	}

	@Override
	public void drainPermissions() {
		this.events.drained(this.permits.drain());
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
				return QuotaRateLimiter.this.permits.waiting();
			}

			@Override
			public int getAvailablePermissions() {
				return QuotaRateLimiter.this.permits.available();
			}

		};
	}

	@Override
	public EventPublisher getEventPublisher() {
		return this.events;
	}

	@Override
	public String toString() {
		return "QuotaRateLimiter{name='%s', rateLimiterConfig=%s}".formatted(this.name, this.config);
	}

}
