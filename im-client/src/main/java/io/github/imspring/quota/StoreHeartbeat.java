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
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.imspring.error.ListenerGuard;
import io.github.imspring.quota.admission.Claims;
import io.github.imspring.quota.admission.Leases;
import io.github.imspring.quota.store.QuotaShare;
import io.github.imspring.quota.store.QuotaStore;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

import org.springframework.core.NestedExceptionUtils;

/**
 * Renews the leases of this instance with a {@link QuotaStore}: at every heartbeat, and
 * between them when a call lacks slots that the store may have. An exchange begins only
 * once the shares of the one before are in force, so that it claims all that this
 * instance may use.
 * <p>
 * An instance that has sent nothing for {@link Leases#IDLE} is parked: it has handed back
 * what it does not hold, keeps a few slots to begin with, and says only now and then that
 * it is there. Its next call goes at once, or asks the store first. When the store does
 * not answer, this instance keeps to its fallback share of the quotas until it does.
 */
final class StoreHeartbeat implements StoreAccess {

	private static final Log logger = LogFactory.getLog(StoreHeartbeat.class);

	private static final Duration HEARTBEAT = Duration.ofMillis(50);

	/**
	 * While a parked instance holds much that comes free by itself.
	 */
	private static final Duration DRAINING_HEARTBEAT = Duration.ofSeconds(5);

	/**
	 * Shorter than a store that has lost its data waits for those who have not appeared.
	 */
	private static final Duration PARKED_HEARTBEAT = Duration.ofSeconds(45);

	private static final Duration PARKED_LEASE = Duration.ofSeconds(60);

	/**
	 * How long an exchange may take, and how long the store may be silent before it is
	 * given up.
	 */
	static final Duration TIMEOUT = Duration.ofMillis(500);

	/**
	 * How long the store may be silent at first, when there is no connection yet.
	 */
	private static final Duration FIRST_TIMEOUT = Duration.ofSeconds(5);

	/**
	 * How long after the store is given up it surely takes this instance to be gone, and
	 * every other has heard of it.
	 */
	private static final Duration NOTICED_AFTER = QuotaStore.LEASE.plus(TIMEOUT);

	/**
	 * Before anything that another instance may still hold was given to it.
	 */
	private static final long LONG_AGO = -Duration.ofDays(1).toNanos();

	private final QuotaStore store;

	private final int instances;

	private final Dispatcher dispatcher;

	private final Scheduler scheduler;

	private final QuotaListener listener;

	/**
	 * The exchanges that are wanted: 0 while none is under way, above 1 if another is to
	 * follow it.
	 */
	private final AtomicInteger wip = new AtomicInteger();

	private final Disposable.Swap timer = Disposables.swap();

	private volatile QuotaStoreState state = QuotaStoreState.SHARED;

	private volatile boolean reached;

	private volatile boolean parked;

	private volatile boolean stopped;

	// Touched by the exchange that is under way alone.

	private Duration heartbeat = HEARTBEAT;

	private Duration lease = QuotaStore.LEASE;

	private long reachedAt;

	/**
	 * When the first exchange after the last one that succeeded began.
	 */
	private long askedAt;

	private boolean answered = true;

	private final AtomicBoolean leaving = new AtomicBoolean();

	private final Sinks.Empty<Void> left = Sinks.empty();

	StoreHeartbeat(QuotaStore store, int instances, Dispatcher dispatcher, Scheduler scheduler,
			QuotaListener listener) {
		this.store = store;
		this.instances = instances;
		this.dispatcher = dispatcher;
		this.scheduler = scheduler;
		this.listener = listener;
	}

	void start() {
		this.reachedAt = now();
		schedule(Duration.ZERO);
	}

	private void schedule(Duration first) {
		this.timer.update(this.scheduler.schedulePeriodically(this::renew, first.toNanos(), this.heartbeat.toNanos(),
				TimeUnit.NANOSECONDS));
	}

	private void renewEvery(Duration interval) {
		if (!interval.equals(this.heartbeat) && !this.stopped) {
			this.heartbeat = interval;
			schedule(interval);
		}
	}

	QuotaStoreState state() {
		return this.state;
	}

	@Override
	public void used() {
		if (this.parked) {
			slotsWanted();
		}
	}

	/**
	 * Asks the store without delay: at once, or after the exchange that is under way.
	 */
	@Override
	public void slotsWanted() {
		this.parked = false;
		if (this.wip.getAndIncrement() == 0) {
			begin();
		}
	}

	private void renew() {
		if (this.wip.compareAndSet(0, 1)) {
			begin();
		}
	}

	private void begin() {
		if (this.stopped) {
			takeLeave();
			return;
		}
		long begunAt = now();
		this.askedAt = this.answered ? begunAt : this.askedAt;
		this.answered = false;
		Claims claims = this.dispatcher.claims();
		this.parked = claims.parked();
		Duration wanted = claims.parked() ? PARKED_LEASE : QuotaStore.LEASE;
		Mono.defer(() -> this.store.exchange(claims.claims(), wanted, TIMEOUT))
			.timeout(TIMEOUT, this.scheduler)
			.switchIfEmpty(Mono.fromRunnable(this::storeClosed))
			.subscribe((shares) -> succeeded(begunAt, wanted, claims, shares), this::failed);
	}

	private void succeeded(long begunAt, Duration granted, Claims claims, List<QuotaShare> shares) {
		this.reached = true;
		this.answered = true;
		this.lease = granted;
		// The store counts from when it was asked, not from when the answer came.
		this.reachedAt = begunAt;
		if (this.state == QuotaStoreState.DEGRADED) {
			logger.info(this.store + " answers again and shares the quotas out");
			become(QuotaStoreState.SHARED);
		}
		// Whoever lacked slots so far asks again if the shares do not help.
		this.wip.set(1);
		this.dispatcher.renew((at) -> this.dispatcher.leases().accept(claims, shares, at));
		Duration slow = claims.draining() ? DRAINING_HEARTBEAT : PARKED_HEARTBEAT;
		renewEvery(claims.parked() ? slow : HEARTBEAT);
		end(true);
	}

	private void storeClosed() {
		stop();
		end(false);
	}

	private void end(boolean beginWanted) {
		boolean missed = this.wip.getAndSet(0) > 1;
		if (this.stopped || (missed && beginWanted)) {
			slotsWanted();
		}
	}

	private void failed(Throwable failure) {
		try {
			this.parked = false;
			renewEvery(HEARTBEAT);
			if (this.state == QuotaStoreState.DEGRADED) {
				this.dispatcher.renew(this.dispatcher.leases()::takeFallbackShares);
			}
			else if (silent()) {
				logger.warn(
						"%s does not answer: until it does, this instance keeps to its fallback share of the quotas (%s)"
							.formatted(this.store, reason(failure)));
				become(QuotaStoreState.DEGRADED);
				degrade();
			}
		}
		finally {
			end(false);
		}
	}

	private boolean silent() {
		if (!this.reached) {
			return now() - this.reachedAt >= FIRST_TIMEOUT.toNanos();
		}
		boolean sending = this.lease.equals(QuotaStore.LEASE);
		return now() - (sending ? this.reachedAt : this.askedAt) >= TIMEOUT.toNanos();
	}

	/**
	 * If there was no store from the start, the others had none either and had to give
	 * their shares up, if there are any; what they had sent until then counts for a
	 * window.
	 */
	private void degrade() {
		long leaseLeft = Math.max(0, this.reachedAt + this.lease.toNanos() - now());
		Leases leases = this.dispatcher.leases();
		this.dispatcher.reduce((at) -> {
			if (this.reached) {
				leases.degrade(at + leaseLeft, NOTICED_AFTER);
			}
			else {
				leases.degrade((this.instances == 1) ? LONG_AGO : at - FIRST_TIMEOUT.toNanos(), NOTICED_AFTER);
				leases.takeFallbackShares(at);
			}
		});
	}

	private static String reason(Throwable failure) {
		return (failure instanceof TimeoutException) ? "no reply within " + TIMEOUT.toMillis() + " ms"
				: String.valueOf(NestedExceptionUtils.getMostSpecificCause(failure));
	}

	private void become(QuotaStoreState next) {
		this.state = next;
		ListenerGuard.report(this.listener, (listener) -> listener.storeChanged(next));
	}

	private long now() {
		return this.scheduler.now(TimeUnit.NANOSECONDS);
	}

	// The end

	/**
	 * Makes no exchange any more, lets the store know that this instance leaves, so that
	 * it keeps no share for it, unless the store is lost, and then goes on within the
	 * fallback share, whoever waits for that.
	 * @return completes when this instance has left, or after a second
	 */
	Mono<Void> leave() {
		return Mono.defer(() -> {
			if (this.leaving.compareAndSet(false, true)) {
				stop();
				slotsWanted();
			}
			return this.left.asMono().timeout(TIMEOUT.multipliedBy(2), this.scheduler).onErrorComplete();
		});
	}

	private void stop() {
		this.stopped = true;
		this.timer.dispose();
	}

	/**
	 * The last of the work in progress, which does not end.
	 */
	private void takeLeave() {
		boolean known = this.reached && this.state != QuotaStoreState.DEGRADED;
		Mono<Void> told = known ? Mono.defer(() -> this.store.leave(this.dispatcher.lastClaims().claims()))
			.timeout(TIMEOUT, this.scheduler)
			.onErrorComplete() : Mono.empty();
		told.subscribe(null, null, () -> {
			this.dispatcher.renew((at) -> this.dispatcher.leases().goOnAlone());
			this.left.tryEmitEmpty();
		});
	}

}
