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

import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.github.imspring.operation.Operations;
import io.github.imspring.quota.store.QuotaStore;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.util.Assert;

/**
 * Makes a {@link QuotaLimiter}. Without more ado it keeps the service's default limits
 * within this process.
 *
 * @since 0.1.0
 */
public final class QuotaLimiterBuilder {

	private QuotaSettings settings = QuotaSettings.defaults();

	private QuotaListener listener = QuotaListener.NONE;

	private String namePrefix = "im-";

	private LongSupplier nanoTime = System::nanoTime;

	private @Nullable RateLimiterRegistry registry;

	private @Nullable Scheduler scheduler;

	private @Nullable QuotaStore store;

	private int instances;

	/**
	 * Creates a builder with the defaults.
	 */
	public QuotaLimiterBuilder() {
	}

	/**
	 * Sets how the limiter behaves.
	 * @param settings the settings
	 * @return this builder
	 */
	public QuotaLimiterBuilder settings(QuotaSettings settings) {
		Assert.notNull(settings, "'settings' must not be null");
		this.settings = settings;
		return this;
	}

	/**
	 * Sets who hears what happens at the quotas.
	 * @param listener the listener
	 * @return this builder
	 */
	public QuotaLimiterBuilder listener(QuotaListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		this.listener = listener;
		return this;
	}

	/**
	 * Sets where each quota is registered as a rate limiter. By default a registry of its
	 * own.
	 * @param registry the registry; limiters of the same names are replaced
	 * @return this builder
	 */
	public QuotaLimiterBuilder registry(RateLimiterRegistry registry) {
		Assert.notNull(registry, "'registry' must not be null");
		this.registry = registry;
		return this;
	}

	/**
	 * Sets what comes before the name of a quota in the name of its rate limiter. By
	 * default {@code im-}.
	 * @param namePrefix the prefix; each limiter on one registry needs its own
	 * @return this builder
	 */
	public QuotaLimiterBuilder namePrefix(String namePrefix) {
		Assert.notNull(namePrefix, "'namePrefix' must not be null");
		this.namePrefix = namePrefix;
		return this;
	}

	/**
	 * Sets the scheduler that wakes the limiter and on which calls that waited go on. By
	 * default {@link Schedulers#parallel()}.
	 * @param scheduler the scheduler; the limiter does not dispose of it
	 * @return this builder
	 */
	public QuotaLimiterBuilder scheduler(Scheduler scheduler) {
		Assert.notNull(scheduler, "'scheduler' must not be null");
		this.scheduler = scheduler;
		return this;
	}

	/**
	 * Sets the clock. By default {@link System#nanoTime()}.
	 * @param nanoTime nanoseconds since any moment; should never run backward, and is
	 * taken to stand still while it does
	 * @return this builder
	 */
	public QuotaLimiterBuilder nanoTime(LongSupplier nanoTime) {
		Assert.notNull(nanoTime, "'nanoTime' must not be null");
		this.nanoTime = nanoTime;
		return this;
	}

	/**
	 * Sets what shares the quotas out among several instances of the application. Without
	 * one the limiter takes all of each quota for itself. The limiter uses it from the
	 * time it is made until it is closed.
	 * @param store the store
	 * @param instances how many instances there are, at least 1: when the store does not
	 * answer, each keeps to that share of the quotas
	 * @return this builder
	 * @throws IllegalArgumentException if there are fewer than 1
	 */
	public QuotaLimiterBuilder store(QuotaStore store, int instances) {
		Assert.notNull(store, "'store' must not be null");
		if (instances < 1) {
			throw new IllegalArgumentException("There must be at least 1 instance but there are " + instances);
		}
		this.store = store;
		this.instances = instances;
		return this;
	}

	/**
	 * Makes the limiter and registers the quotas of all {@linkplain Operations#all()
	 * operations}; those of others follow with their first call. Without a registry, in
	 * which they are to be seen at once, and without a store, all of that is done with
	 * the first call.
	 * @return the limiter
	 */
	public QuotaLimiter build() {
		QuotaSettings settings = this.settings;
		Scheduler scheduler = (this.scheduler != null) ? this.scheduler : Schedulers.parallel();
		LongSupplier nanoTime = this.nanoTime;
		QuotaListener listener = this.listener;
		String namePrefix = this.namePrefix;
		RateLimiterRegistry registry = this.registry;
		QuotaStore store = this.store;
		int instances = this.instances;
		Supplier<QuotaLimiter> limiter = () -> {
			DefaultQuotaLimiter made = new DefaultQuotaLimiter(settings, scheduler, nanoTime, listener,
					new Resilience4jRateLimiters((registry != null) ? registry : RateLimiterRegistry.ofDefaults(),
							namePrefix),
					store, instances);
			Operations.all().forEach(made::register);
			made.start();
			return made;
		};
		return (registry == null && store == null) ? new LazyQuotaLimiter(limiter) : limiter.get();
	}

}
