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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * Times many things that may all last equally long, with one task of the scheduler for
 * all of them: nearly none ever lasts too long, so that a task for each would be made
 * only to be cancelled. One that lasts too long may be noticed late by a 64th of the
 * time. Only one that is resumed with less time left than that allows for has a task of
 * its own, until it ends, and so have several that are over at once, so that none waits
 * for what is done about another.
 */
final class ExpiryTimer {

	private static final Log logger = LogFactory.getLog(ExpiryTimer.class);

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
		boolean more;
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
			more = this.size > 0;
			this.ticking = more;
		}
		if (more) {
			tickIn(Math.max(next, this.limit / GRAIN));
		}
		if (over.size() == 1) {
			over.get(0).act();
		}
		else {
			over.forEach((expiry) -> schedule(expiry::act, 0, expiry::act));
		}
	}

	private void tickIn(long delay) {
		schedule(this::tick, delay, this::stop);
	}

	private void stop() {
		synchronized (this.ring) {
			this.ticking = false;
		}
	}

	private Disposable schedule(Runnable task, long delay, Runnable otherwise) {
		try {
			return this.scheduler.schedule(task, delay, TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("The scheduler of the timeouts was disposed of before the calls had ended");
			otherwise.run();
			return Disposables.disposed();
		}
	}

	private long now() {
		return this.scheduler.now(TimeUnit.NANOSECONDS);
	}

	/**
	 * The time of one of them, which one thread at a time changes.
	 */
	final class Expiry {

		private final Runnable action;

		private volatile long since = now();

		private volatile boolean paused;

		private @Nullable Disposable check;

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
			forgetCheck();
		}

		/**
		 * The time goes on.
		 * @param left what is left of it
		 */
		void resume(Duration left) {
			long rest = nanos(left);
			long limit = ExpiryTimer.this.limit;
			this.since = now() + rest - limit;
			this.paused = false;
			if (limit - rest > limit / GRAIN) {
				// The next tick may be too late.
				this.check = schedule(this::check, rest, () -> {
				});
			}
		}

		void end() {
			forgetCheck();
			synchronized (ExpiryTimer.this.ring) {
				leave();
			}
		}

		private void forgetCheck() {
			if (this.check != null) {
				this.check.dispose();
				this.check = null;
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
			catch (Throwable ex) {
				logger.error("Ending a call whose time was over failed", ex);
			}
		}

	}

}
