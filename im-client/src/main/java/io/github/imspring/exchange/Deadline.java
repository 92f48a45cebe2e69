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
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.imspring.quota.Lane;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * The time that a call may take. For a call of {@link Lane#BULK}, which waits for its
 * quota as long as it takes, it stands still meanwhile. A stream has to begin within the
 * time; how long it flows is its own affair.
 */
final class Deadline implements Limit {

	private final ExpiryTimer timer;

	private final Scheduler scheduler;

	private final boolean pausable;

	private Supplier<Throwable> failure = IllegalStateException::new;

	private ExpiryTimer.@Nullable Expiry expiry;

	private boolean running = true;

	private Duration left;

	private long since;

	Deadline(Duration timeout, Lane lane, ExpiryTimer timer, Scheduler scheduler) {
		this.left = timeout;
		this.timer = timer;
		this.scheduler = scheduler;
		this.pausable = lane == Lane.BULK;
		this.since = now();
	}

	/**
	 * Sets what a call fails with whose time is over.
	 */
	Deadline failingWith(Supplier<Throwable> failure) {
		this.failure = failure;
		return this;
	}

	/**
	 * Whether waiting for the quota is no matter of time.
	 */
	boolean pausable() {
		return this.pausable;
	}

	@Override
	public synchronized void begin(Consumer<Throwable> cut) {
		this.expiry = this.timer.start(() -> cut.accept(this.failure.get()));
		if (!this.running) {
			this.expiry.pause();
		}
	}

	@Override
	public void passed() {
		ended();
	}

	@Override
	public synchronized void ended() {
		if (this.expiry != null) {
			this.expiry.end();
		}
	}

	/**
	 * The call waits for its quota.
	 */
	synchronized void pause() {
		if (this.pausable && this.running) {
			this.left = remaining();
			this.running = false;
			if (this.expiry != null) {
				this.expiry.pause();
			}
		}
	}

	/**
	 * The call has what it waited for.
	 */
	synchronized void resume() {
		if (this.pausable && !this.running) {
			this.since = now();
			this.running = true;
			if (this.expiry != null) {
				this.expiry.resume(this.left);
			}
		}
	}

	synchronized Duration remaining() {
		return this.running ? this.left.minusNanos(now() - this.since) : this.left;
	}

	private long now() {
		return this.scheduler.now(TimeUnit.NANOSECONDS);
	}

}
