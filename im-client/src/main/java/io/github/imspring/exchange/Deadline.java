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

import io.github.imspring.quota.Lane;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * The time that a call may take. For a call of {@link Lane#BULK}, which waits for its
 * quota as long as it takes, it stands still meanwhile.
 */
final class Deadline {

	private final Scheduler scheduler;

	/**
	 * Whether the time runs; {@code null} if it always does.
	 */
	private final Sinks.@Nullable Many<Boolean> states;

	private boolean running = true;

	private Duration left;

	private long since;

	Deadline(Duration timeout, Lane lane, Scheduler scheduler) {
		this.left = timeout;
		this.scheduler = scheduler;
		this.states = (lane == Lane.BULK) ? Sinks.many().replay().latestOrDefault(true) : null;
		this.since = now();
	}

	/**
	 * Whether waiting for the quota is no matter of time.
	 */
	boolean pausable() {
		return this.states != null;
	}

	/**
	 * The call waits for its quota.
	 */
	synchronized void pause() {
		if (this.states != null && this.running) {
			this.left = remaining();
			this.running = false;
			this.states.tryEmitNext(false);
		}
	}

	/**
	 * The call has what it waited for.
	 */
	synchronized void resume() {
		if (this.states != null && !this.running) {
			this.since = now();
			this.running = true;
			this.states.tryEmitNext(true);
		}
	}

	synchronized Duration remaining() {
		return this.running ? this.left.minusNanos(now() - this.since) : this.left;
	}

	/**
	 * Emits when the time is over.
	 */
	Mono<Long> expired() {
		if (this.states == null) {
			return Mono.delay(remaining(), this.scheduler);
		}
		return this.states.asFlux()
			.switchMap((runs) -> runs ? Mono.delay(remaining(), this.scheduler) : Mono.never())
			.next();
	}

	private long now() {
		return this.scheduler.now(TimeUnit.NANOSECONDS);
	}

}
