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

import io.github.imspring.quota.RateLimiters.PermitListener;
import io.github.resilience4j.core.EventConsumer;
import io.github.resilience4j.core.EventProcessor;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.event.RateLimiterEvent;
import io.github.resilience4j.ratelimiter.event.RateLimiterOnDrainedEvent;
import io.github.resilience4j.ratelimiter.event.RateLimiterOnFailureEvent;
import io.github.resilience4j.ratelimiter.event.RateLimiterOnSuccessEvent;

/**
 * Publishes what happens at one quota as Resilience4j's events.
 */
final class QuotaEvents extends EventProcessor<RateLimiterEvent> implements RateLimiter.EventPublisher, PermitListener {

	private final String name;

	QuotaEvents(String name) {
		this.name = name;
	}

	@Override
	public void granted(int permits) {
		if (hasConsumers()) {
			processEvent(new RateLimiterOnSuccessEvent(this.name, permits));
		}
	}

	@Override
	public void notPermitted(int permits) {
		if (hasConsumers()) {
			processEvent(new RateLimiterOnFailureEvent(this.name, permits));
		}
	}

	void drained(int permits) {
		if (hasConsumers()) {
			processEvent(new RateLimiterOnDrainedEvent(this.name, permits));
		}
	}

	@Override
	public RateLimiter.EventPublisher onSuccess(EventConsumer<RateLimiterOnSuccessEvent> eventConsumer) {
		registerConsumer(RateLimiterOnSuccessEvent.class.getName(), eventConsumer);
		return this;
	}

	@Override
	public RateLimiter.EventPublisher onFailure(EventConsumer<RateLimiterOnFailureEvent> eventConsumer) {
		registerConsumer(RateLimiterOnFailureEvent.class.getName(), eventConsumer);
		return this;
	}

}
