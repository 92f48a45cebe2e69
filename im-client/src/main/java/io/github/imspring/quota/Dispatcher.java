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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

import io.github.imspring.operation.Quota;
import io.github.imspring.quota.admission.Admission;
import io.github.imspring.quota.admission.Claims;
import io.github.imspring.quota.admission.Effects;
import io.github.imspring.quota.admission.Leases;
import io.github.imspring.quota.admission.QuotaGroup;
import io.github.imspring.quota.admission.QuotaState;
import io.github.imspring.quota.admission.Refusal;
import io.github.imspring.quota.admission.WaitingCall;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * The lock, the clock and the timer around an {@link Admission}: what it decides is
 * carried out once the lock is left, each call that waited in a task of its own.
 */
final class Dispatcher {

	private static final Log logger = LogFactory.getLog(Dispatcher.class);

	private static final Duration LONGEST_WAIT = Duration.ofDays(1);

	private final Admission admission;

	private final Scheduler scheduler;

	private final LongSupplier nanoTime;

	private final long origin;

	private final Runnable whenDrained;

	private volatile StoreAccess store = StoreAccess.NONE;

	private final Object monitor = new Object();

	// Guarded by the monitor.

	private long now;

	private long timerAt = Effects.NEVER;

	private int timerId;

	private Disposable timer = Disposables.disposed();

	private boolean closing;

	/**
	 * Creates a dispatcher.
	 * @param whenDrained runs once it is closed and every call has ended or the time for
	 * that is over; perhaps more than once
	 */
	Dispatcher(Admission admission, Scheduler scheduler, LongSupplier nanoTime, Runnable whenDrained) {
		this.admission = admission;
		this.scheduler = scheduler;
		this.nanoTime = nanoTime;
		this.origin = nanoTime.getAsLong();
		this.whenDrained = whenDrained;
	}

	/**
	 * Lets a store hear of what calls need from now on.
	 */
	void connect(StoreAccess access) {
		this.store = access;
	}

	static long nanos(Duration wait) {
		return (wait.compareTo(LONGEST_WAIT) < 0) ? wait.toNanos() : LONGEST_WAIT.toNanos();
	}

	QuotaGroup group(List<Quota> quotas) {
		synchronized (this.monitor) {
			QuotaGroup group = this.admission.group(quotas);
			this.admission.leases().added();
			return group;
		}
	}

	List<QuotaSnapshot> snapshots() {
		synchronized (this.monitor) {
			long at = tick();
			return this.admission.quotas()
				.stream()
				.map((quota) -> new QuotaSnapshot(quota.quota(), quota.available(at), quota.waiting(),
						Duration.ofNanos(quota.pausedFor(at)), quota.throttledCalls()))
				.toList();
		}
	}

	// The life of a call

	void enter(QuotaGroup group, WaitingCall call) {
		WaitingCall immediate = run((at) -> this.admission.enter(group, call, at)).immediate();
		this.store.used();
		if (immediate != null) {
			immediate.whenDecided().run();
		}
	}

	void cancel(QuotaGroup group, WaitingCall call) {
		run((at) -> this.admission.cancel(group, call, at));
	}

	void sent(QuotaGroup group, WaitingCall call) {
		synchronized (this.monitor) {
			this.admission.sent(group, call, tick());
		}
	}

	void release(QuotaGroup group, WaitingCall call) {
		run((at) -> this.admission.unanswered(group, call, true, at));
	}

	void unanswered(QuotaGroup group, WaitingCall call) {
		run((at) -> this.admission.unanswered(group, call, false, at));
	}

	void answered(QuotaGroup group, WaitingCall call) {
		run((at) -> this.admission.answered(group, call, at));
	}

	/**
	 * The service throttled a call.
	 * @return for how long each of the quotas is held back, or {@code null} if the call
	 * had ended before
	 */
	long @Nullable [] throttled(QuotaGroup group, WaitingCall call, List<QuotaState> quotas,
			@Nullable Duration retryAfter) {
		long[] pauses = new long[quotas.size()];
		boolean[] ended = new boolean[1];
		run((at) -> {
			Effects effects = this.admission.throttled(group, call, quotas, retryAfter, at);
			ended[0] = effects == null;
			for (int i = 0; i < pauses.length; i++) {
				pauses[i] = quotas.get(i).pausedFor(at);
			}
			return (effects != null) ? effects : new Effects();
		});
		return ended[0] ? null : pauses;
	}

	Refusal obstacle(QuotaGroup group) {
		synchronized (this.monitor) {
			return this.admission.obstacle(group, tick());
		}
	}

	// For the store

	Leases leases() {
		return this.admission.leases();
	}

	Claims claims() {
		synchronized (this.monitor) {
			return this.admission.leases().claims(tick());
		}
	}

	Claims lastClaims() {
		synchronized (this.monitor) {
			return this.admission.leases().lastClaims(tick());
		}
	}

	/**
	 * Changes what there is, so that those who wait may be able to go.
	 */
	void renew(LongConsumer change) {
		run((at) -> {
			change.accept(at);
			return this.admission.dispatch(at);
		});
	}

	/**
	 * Changes what there is, so that those who wait may not be able to go any more.
	 */
	void reduce(LongConsumer change) {
		run((at) -> {
			change.accept(at);
			return this.admission.review(at);
		});
	}

	/**
	 * Uses a quota from outside, or looks at it.
	 */
	long use(LongUnaryOperator action) {
		synchronized (this.monitor) {
			return action.applyAsLong(tick());
		}
	}

	StoreAccess store() {
		return this.store;
	}

	// Closing

	void close(Duration grace) {
		synchronized (this.monitor) {
			if (this.closing) {
				return;
			}
			this.closing = true;
			this.admission.close();
		}
		run(this.admission::dispatch);
		schedule(this::endClosing, nanos(grace), this::endClosing);
	}

	private void endClosing() {
		run((at) -> {
			this.closing = true;
			this.admission.close();
			return this.admission.refuseWaiting();
		});
		this.whenDrained.run();
	}

	void refuseWaiting() {
		run((at) -> this.admission.refuseWaiting());
	}

	// The shell

	private Effects run(LongFunction<Effects> action) {
		Effects effects;
		long wakeIn = 0;
		int id;
		boolean drained;
		synchronized (this.monitor) {
			long at = tick();
			effects = action.apply(at);
			if (effects.wakeAt() < this.timerAt) {
				this.timerAt = effects.wakeAt();
				this.timerId++;
				wakeIn = Math.max(1, this.timerAt - at);
			}
			id = this.timerId;
			drained = this.closing && this.admission.drained();
		}
		if (wakeIn > 0) {
			armed(id, schedule(() -> wakeUp(id), wakeIn, this::endClosing));
		}
		for (WaitingCall call : effects.decided()) {
			schedule(call.whenDecided(), 0, call.whenDecided());
		}
		if (drained) {
			this.whenDrained.run();
		}
		else if (effects.slotsWanted()) {
			this.store.slotsWanted();
		}
		return effects;
	}

	private void wakeUp(int id) {
		run((at) -> {
			if (this.timerId == id) {
				this.timerAt = Effects.NEVER;
			}
			return this.admission.dispatch(at);
		});
	}

	/**
	 * The newest timer takes the place of the one before, whichever was scheduled first.
	 */
	private void armed(int id, Disposable scheduled) {
		Disposable useless;
		synchronized (this.monitor) {
			useless = (this.timerId == id) ? this.timer : scheduled;
			this.timer = (this.timerId == id) ? scheduled : this.timer;
		}
		useless.dispose();
	}

	private Disposable schedule(Runnable task, long delay, Runnable otherwise) {
		try {
			return (delay > 0) ? this.scheduler.schedule(task, delay, TimeUnit.NANOSECONDS)
					: this.scheduler.schedule(task);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("The scheduler of the quotas was disposed of before they were closed");
			otherwise.run();
			return Disposables.disposed();
		}
	}

	/**
	 * Time as the admission knows it: it never runs backward, whatever the clock does.
	 */
	private long tick() {
		this.now = Math.max(this.now, this.nanoTime.getAsLong() - this.origin);
		this.admission.leases().advance(this.now);
		return this.now;
	}

}
