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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

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

	/**
	 * A ring of all that are timed, which begins and ends with this one.
	 */
	private final Expiry ring;

	// Guarded by the ring.

	private int size;

	private boolean ticking;

	/**
	 * Creates a timer.
	 * @param limit how long each may last; what is too long to be counted is endless
	 * @param scheduler keeps the time
	 */
	ExpiryTimer(Duration limit, Scheduler scheduler) {
		this.limit = nanos(limit);
		this.scheduler = scheduler;
		this.ring = new Expiry(() -> {
		});
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
		boolean first;
		synchronized (this.ring) {
			expiry.enter();
			first = !this.ticking;
			this.ticking = true;
		}
		if (first) {
			tickIn(this.limit);
		}
		return expiry;
	}

	/**
	 * How many are being timed.
	 */
	int size() {
		synchronized (this.ring) {
			return this.size;
		}
	}

	private void tick() {
		long next = this.limit;
		long now = now();
		List<Expiry> over = new ArrayList<>();
		synchronized (this.ring) {
			for (Expiry expiry = this.ring.next; expiry != this.ring; expiry = expiry.next) {
				long left = expiry.left(now);
				if (left > 0) {
					next = Math.min(next, left);
				}
				else {
					over.add(expiry);
				}
			}
			over.forEach(Expiry::leave);
			this.ticking = this.size > 0;
			if (this.ticking) {
				tickIn(Math.max(next, this.limit / GRAIN));
			}
		}
		over.forEach(Expiry::act);
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

		// Guarded by the ring.

		private Expiry previous = this;

		private Expiry next = this;

		private Expiry(Runnable action) {
			this.action = action;
		}

		private void enter() {
			Expiry last = ExpiryTimer.this.ring.previous;
			this.previous = last;
			this.next = ExpiryTimer.this.ring;
			last.next = this;
			this.next.previous = this;
			ExpiryTimer.this.size++;
		}

		/**
		 * Leaves the ring.
		 * @return whether it was in it
		 */
		private boolean leave() {
			if (this.next == this) {
				return false;
			}
			this.previous.next = this.next;
			this.next.previous = this.previous;
			this.previous = this;
			this.next = this;
			ExpiryTimer.this.size--;
			return true;
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
			ExpiryTimer.this.scheduler.schedule(this::check, nanos(left), TimeUnit.NANOSECONDS);
		}

		void end() {
			synchronized (ExpiryTimer.this.ring) {
				leave();
			}
		}

		private void check() {
			boolean over;
			synchronized (ExpiryTimer.this.ring) {
				over = left(now()) <= 0 && leave();
			}
			if (over) {
				act();
			}
		}

		/**
		 * How long it may last yet.
		 */
		private long left(long now) {
			return this.paused ? ExpiryTimer.this.limit : this.since + ExpiryTimer.this.limit - now;
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
