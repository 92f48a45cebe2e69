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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.github.imspring.quota.GrantSubscription.Ask;
import io.github.imspring.quota.admission.Effects;
import io.github.imspring.quota.admission.QuotaState;
import org.jspecify.annotations.Nullable;

/**
 * One quota as others use it. What they take is taken of the same log as the calls of
 * this library.
 */
final class QuotaPermits implements RateLimiters.Permits {

	private final Dispatcher dispatcher;

	private final QuotaState quota;

	private final Supplier<CountedQuotas> alone;

	/**
	 * Creates the permits of a quota.
	 * @param alone the quota as a group of its own
	 */
	QuotaPermits(Dispatcher dispatcher, QuotaState quota, Supplier<CountedQuotas> alone) {
		this.dispatcher = dispatcher;
		this.quota = quota;
		this.alone = alone;
	}

	@Override
	public boolean acquire(int slots, Duration timeout) {
		Ask ask = new Ask(this.quota.quota().operation(), slots, slots, false, false);
		CompletableFuture<@Nullable Grant> grant = GrantSubscription.mono(this.alone.get(), ask).toFuture();
		Grant granted = await(grant, slots, timeout);
		if (granted != null) {
			granted.sent();
			granted.unanswered();
		}
		return granted != null;
	}

	private @Nullable Grant await(CompletableFuture<@Nullable Grant> grant, int slots, Duration timeout) {
		try {
			return grant.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException ex) {
			return null;
		}
		catch (TimeoutException ex) {
			return withdraw(grant, slots);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return withdraw(grant, slots);
		}
	}

	private @Nullable Grant withdraw(CompletableFuture<@Nullable Grant> grant, int slots) {
		if (grant.cancel(false)) {
			this.alone.get().reports().forEach((report) -> report.withdrawn(slots));
			return null;
		}
		return grant.isCompletedExceptionally() ? null : grant.join();
	}

	@Override
	public long reserve(int slots, Duration timeout) {
		long time = this.dispatcher.use((now) -> {
			long granted = this.quota.reserve(slots, now + Dispatcher.nanos(timeout), now);
			return (granted != Effects.NEVER) ? granted - now : -1;
		});
		if (time < 0 && this.dispatcher.use((now) -> this.quota.worthAsking() ? 1 : 0) > 0) {
			this.dispatcher.store().slotsWanted();
		}
		this.dispatcher.store().used();
		return time;
	}

	@Override
	public int drain() {
		int slots = (int) this.dispatcher.use(this.quota::drain);
		this.dispatcher.store().slotsWanted();
		return slots;
	}

	@Override
	public void limit(int limit) {
		this.dispatcher.reduce((now) -> this.quota.limit(limit));
	}

	@Override
	public int available() {
		return (int) this.dispatcher.use(this.quota::available);
	}

	@Override
	public int waiting() {
		return (int) this.dispatcher.use((now) -> this.quota.waiting());
	}

}
