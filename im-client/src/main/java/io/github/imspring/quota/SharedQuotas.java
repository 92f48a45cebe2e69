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

import io.github.imspring.quota.store.QuotaShare;
import io.github.imspring.quota.store.QuotaStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.imspring.quota.QuotaDispatcher.Claims;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.util.Logger;
import reactor.util.Loggers;

import org.springframework.core.NestedExceptionUtils;

/**
 * Keeps the leases of a {@link QuotaDispatcher} up with a {@link QuotaStore}: at every
 * beat, and between beats when a call lacks slots that the store may have. An exchange
 * begins only once the shares of the one before are in force, so that it claims all that
 * this instance may use. When the store does not answer, this instance keeps to its part
 * of the quotas until it does.
 */
final class SharedQuotas {

	private static final Logger logger = Loggers.getLogger(SharedQuotas.class);

	private static final Duration BEAT = Duration.ofMillis(50);

	/**
	 * How long an exchange may take, and how long the store may be silent before it is
	 * given up.
	 */
	static final Duration PATIENCE = Duration.ofMillis(500);

	/**
	 * How long the store may be silent at first, when there is no connection yet.
	 */
	private static final Duration FIRST_PATIENCE = Duration.ofSeconds(5);

	/**
	 * How long after the store is given up it surely takes this instance to be gone, and
	 * every other has heard of it.
	 */
	private static final Duration SETTLING = QuotaStore.LEASE.plus(PATIENCE);

	private final QuotaStore store;

	private final int instances;

	private final QuotaDispatcher dispatcher;

	private final Scheduler scheduler;

	private final QuotaListener listener;

	/**
	 * 0 while no exchange is under way, above 1 if another is wanted after it.
	 */
	private final AtomicInteger turns = new AtomicInteger();

	private final Disposable.Swap beat = Disposables.swap();

	// Written by one exchange at a time, in the turn of which it is.

	private volatile QuotaStoreState state = QuotaStoreState.SHARED;

	private volatile boolean reached;

	private long reachedAt;

	private volatile boolean stopped;

	private final AtomicBoolean leaving = new AtomicBoolean();

	private final Sinks.Empty<Void> left = Sinks.empty();

	SharedQuotas(QuotaStore store, int instances, QuotaDispatcher dispatcher, Scheduler scheduler,
			QuotaListener listener) {
		this.store = store;
		this.instances = instances;
		this.dispatcher = dispatcher;
		this.scheduler = scheduler;
		this.listener = listener;
	}

	void start() {
		this.reachedAt = now();
		this.beat.update(this.scheduler.schedulePeriodically(this::beat, 0, BEAT.toNanos(), TimeUnit.NANOSECONDS));
	}

	/**
	 * Makes no exchange any more, and tells the store that this instance leaves, so that
	 * it keeps no part for it. A store that is lost is not told.
	 * @param afterwards what to do then
	 */
	void leave(Runnable afterwards) {
		if (!this.leaving.compareAndSet(false, true)) {
			return;
		}
		stop();
		if (this.state == QuotaStoreState.DEGRADED || !this.reached) {
			afterwards.run();
			return;
		}
		this.left.asMono()
			.timeout(PATIENCE.multipliedBy(2), this.scheduler)
			.onErrorComplete()
			.subscribe(null, null, afterwards);
		exchange();
	}

	private void stop() {
		this.stopped = true;
		this.beat.dispose();
	}

	QuotaStoreState state() {
		return this.state;
	}

	private void beat() {
		if (this.turns.compareAndSet(0, 1)) {
			begin();
		}
	}

	/**
	 * Asks the store without delay: at once, or after the exchange that is under way.
	 */
	void exchange() {
		if (this.turns.getAndIncrement() == 0) {
			begin();
		}
	}

	private void begin() {
		if (this.stopped) {
			takeLeave();
			return;
		}
		long begun = now();
		Claims claims = this.dispatcher.claims();
		Mono.defer(() -> this.store.exchange(claims.claims(), PATIENCE))
			.timeout(PATIENCE, this.scheduler)
			.switchIfEmpty(Mono.fromRunnable(this::storeClosed))
			.subscribe((shares) -> succeeded(begun, claims, shares), this::failed);
	}

	private void succeeded(long begun, Claims claims, List<QuotaShare> shares) {
		this.reached = true;
		// The store counts from when it was asked, not from when the answer came.
		this.reachedAt = begun;
		if (this.state == QuotaStoreState.DEGRADED) {
			logger.info("{} answers again and shares the quotas out", this.store);
			become(QuotaStoreState.SHARED);
		}
		// Whoever lacked slots so far asks again if the shares do not help.
		this.turns.set(1);
		this.dispatcher.accept(claims, shares);
		end(true);
	}

	private void storeClosed() {
		stop();
		end(false);
	}

	/**
	 * @param again whether to begin another exchange at once, if one is wanted
	 */
	private void end(boolean again) {
		boolean wanted = this.turns.getAndSet(0) > 1;
		if (this.stopped || wanted && again) {
			exchange();
		}
	}

	/**
	 * The last turn, which does not end.
	 */
	private void takeLeave() {
		Mono.defer(() -> this.store.leave(this.dispatcher.lastClaims().claims()))
			.timeout(PATIENCE, this.scheduler)
			.onErrorComplete()
			.subscribe(null, null, this.left::tryEmitEmpty);
	}

	private void failed(Throwable failure) {
		try {
			if (this.state == QuotaStoreState.DEGRADED) {
				this.dispatcher.takeParts(SETTLING);
			}
			else if (silentFor(this.reached ? PATIENCE : FIRST_PATIENCE)) {
				logger.warn("{} does not answer: until it does, this instance keeps to its part of the quotas ({})",
						this.store, reason(failure));
				become(QuotaStoreState.DEGRADED);
				if (this.reached) {
					this.dispatcher.degrade(Duration.ZERO);
				}
				else {
					startAlone();
				}
			}
		}
		finally {
			end(false);
		}
	}

	/**
	 * There was no store from the start. The others, if there are any, had to give their
	 * shares up, too; what they had sent until then counts for a window.
	 */
	private void startAlone() {
		this.dispatcher.degrade(FIRST_PATIENCE);
		if (this.instances == 1) {
			this.dispatcher.takeParts();
		}
		else {
			this.dispatcher.takeParts(SETTLING);
		}
	}

	private long now() {
		return this.scheduler.now(TimeUnit.NANOSECONDS);
	}

	private boolean silentFor(Duration patience) {
		return now() - this.reachedAt >= patience.toNanos();
	}

	private static String reason(Throwable failure) {
		return (failure instanceof TimeoutException) ? "no reply within " + PATIENCE.toMillis() + " ms"
				: String.valueOf(NestedExceptionUtils.getMostSpecificCause(failure));
	}

	private void become(QuotaStoreState state) {
		this.state = state;
		QuotaDispatcher.safely(() -> this.listener.storeChanged(state));
	}

}
