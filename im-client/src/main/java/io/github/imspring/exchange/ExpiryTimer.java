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

package io.github.imspring.exchange;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * Times many things that may all last equally long, with one task of the scheduler for
 * all of them: nearly none ever lasts too long, so that a task for each would be made
 * only to be cancelled. One that lasts too long is noticed by a 64th of the time late.
 */
final class ExpiryTimer {

	private static final int GRAIN = 64;

	private final long limit;

	private final Scheduler scheduler;

	private final Set<Expiry> expiries = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean ticking = new AtomicBoolean();

	/**
	 * Creates a timer.
	 * @param limit how long each may last; what is too long to be counted is endless
	 * @param scheduler keeps the time
	 */
	ExpiryTimer(Duration limit, Scheduler scheduler) {
		this.limit = nanos(limit);
		this.scheduler = scheduler;
	}

	/**
	 * Half of what a {@code long} holds, so that sums do not overflow.
	 */
	private static long nanos(Duration duration) {
		Duration longest = Duration.ofNanos(Long.MAX_VALUE / 2);
		return ((duration.compareTo(longest) < 0) ? duration : longest).toNanos();
	}

	/**
	 * Starts the time of something.
	 * @param action what is done once, if it lasts too long
	 */
	Expiry start(Runnable action) {
		Expiry expiry = new Expiry(action);
		this.expiries.add(expiry);
		if (this.ticking.compareAndSet(false, true)) {
			tickIn(this.limit);
		}
		return expiry;
	}

	/**
	 * How many are being timed.
	 */
	int size() {
		return this.expiries.size();
	}

	private void tick() {
		long next = this.limit;
		long now = now();
		for (Expiry expiry : this.expiries) {
			next = Math.min(next, expiry.check(now));
		}
		if (this.expiries.isEmpty()) {
			this.ticking.set(false);
			if (this.expiries.isEmpty() || !this.ticking.compareAndSet(false, true)) {
				return;
			}
		}
		tickIn(Math.max(next, this.limit / GRAIN));
	}

	private void tickIn(long delay) {
		this.scheduler.schedule(this::tick, delay, TimeUnit.NANOSECONDS);
	}

	private long now() {
		return this.scheduler.now(TimeUnit.NANOSECONDS);
	}

	/**
	 * The time of one of them.
	 */
	final class Expiry {

		private final Runnable action;

		private volatile long since = now();

		private volatile boolean paused;

		private Expiry(Runnable action) {
			this.action = action;
		}

		/**
		 * The time begins anew.
		 */
		void restart() {
			this.since = now();
			this.paused = false;
		}

		/**
		 * The time stands still.
		 */
		void pause() {
			this.paused = true;
		}

		/**
		 * The time goes on.
		 * @param left what is left of it
		 */
		void resume(Duration left) {
			this.since = now() + nanos(left) - ExpiryTimer.this.limit;
			this.paused = false;
			// The next tick may be later than that.
			ExpiryTimer.this.scheduler.schedule(() -> check(now()), nanos(left), TimeUnit.NANOSECONDS);
		}

		void end() {
			ExpiryTimer.this.expiries.remove(this);
		}

		/**
		 * Acts if it has lasted too long.
		 * @return how long it may last yet
		 */
		private long check(long now) {
			if (this.paused) {
				return ExpiryTimer.this.limit;
			}
			long left = this.since + ExpiryTimer.this.limit - now;
			if (left > 0) {
				return left;
			}
			if (ExpiryTimer.this.expiries.remove(this)) {
				act();
			}
			return ExpiryTimer.this.limit;
		}

		private void act() {
			try {
				this.action.run();
			}
			catch (RuntimeException ex) {
				// The others are timed by the same task.
				Operators.onErrorDropped(ex, Context.empty());
			}
		}

	}

}
