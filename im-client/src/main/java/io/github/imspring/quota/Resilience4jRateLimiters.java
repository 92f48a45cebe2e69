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

import io.github.imspring.operation.Quota;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Registers each quota as a rate limiter of Resilience4j, in place of one of its name.
 */
final class Resilience4jRateLimiters implements RateLimiters {

	private static final Log logger = LogFactory.getLog(Resilience4jRateLimiters.class);

	private final RateLimiterRegistry registry;

	private final String prefix;

	Resilience4jRateLimiters(RateLimiterRegistry registry, String prefix) {
		this.registry = registry;
		this.prefix = prefix;
	}

	@Override
	public PermitListener show(Quota quota, Permits permits) {
		String name = this.prefix + quota.name();
		QuotaEvents events = new QuotaEvents(name);
		QuotaRateLimiter limiter = new QuotaRateLimiter(name, quota, permits, events, this.registry.getTags());
		if (this.registry.find(name).filter((other) -> !(other instanceof QuotaRateLimiter)).isPresent()) {
			logger.warn(("The rate limiter '%s' of the application is replaced and its configuration has no effect: "
					+ "the limit is that of the quota '%s'")
				.formatted(name, quota.name()));
		}
		this.registry.rateLimiter(name, limiter.getRateLimiterConfig());
		this.registry.replace(name, limiter);
		return events;
	}

}
