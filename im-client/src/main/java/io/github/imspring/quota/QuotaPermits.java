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

	private final NotPermitted wording;

	/**
	 * Creates the permits of a quota.
	 * @param alone the quota as a group of its own
	 */
	QuotaPermits(Dispatcher dispatcher, QuotaState quota, Supplier<CountedQuotas> alone, NotPermitted wording) {
		this.dispatcher = dispatcher;
		this.quota = quota;
		this.alone = alone;
		this.wording = wording;
	}

	@Override
	public boolean acquire(int slots, Duration timeout) {
		Ask ask = new Ask(this.quota.quota().operation(), slots, slots, false, false);
		CompletableFuture<@Nullable Grant> grant = GrantSubscription
			.mono(this.dispatcher, this.alone.get(), ask, this.wording)
			.toFuture();
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
		return this.dispatcher.reserve(this.quota, slots, timeout);
	}

	@Override
	public int drain() {
		return this.dispatcher.drain(this.quota);
	}

	@Override
	public void limit(int limit) {
		this.dispatcher.limit(this.quota, limit);
	}

	@Override
	public int available() {
		return this.dispatcher.available(this.quota);
	}

	@Override
	public int waiting() {
		return this.dispatcher.waiting(this.quota);
	}

}
