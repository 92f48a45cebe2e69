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

package io.github.imspring.emulator;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The emulator's time: of its timestamps, of the expiry of tokens and files, and of its
 * quotas. Runs with its source until it is moved or frozen. Delays and latency are no
 * part of it: those pass in real time.
 *
 * @since 0.1.0
 */
public final class EmulatorClock implements InstantSource {

	private static final Instant EARLIEST = Instant.EPOCH;

	private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

	private final InstantSource source;

	private volatile Duration offset = Duration.ZERO;

	private volatile @Nullable Instant frozen;

	EmulatorClock(InstantSource source) {
		this.source = source;
	}

	/** Real time that never steps back, whatever happens to the machine's clock. */
	static InstantSource steady() {
		Instant start = Instant.now();
		long startNanos = System.nanoTime();
		return () -> start.plusNanos(System.nanoTime() - startNanos);
	}

	@Override
	public Instant instant() {
		Instant standing = this.frozen;
		return (standing != null) ? standing : this.source.instant().plus(this.offset);
	}

	/**
	 * Moves the clock.
	 * @param duration how far; negative to go back
	 * @throws IllegalArgumentException if that leads before 1970 or beyond the year 9999
	 */
	public synchronized void advance(Duration duration) {
		Objects.requireNonNull(duration, "duration");
		Instant standing = this.frozen;
		if (standing != null) {
			this.frozen = later(standing, duration);
		}
		else {
			later(instant(), duration);
			this.offset = this.offset.plus(duration);
		}
	}

	/**
	 * Sets the clock. A running clock goes on from there, a frozen one stays there.
	 * @param instant the time
	 * @throws IllegalArgumentException if that is before 1970 or beyond the year 9999
	 */
	public synchronized void set(Instant instant) {
		Objects.requireNonNull(instant, "instant");
		requireInRange(instant);
		if (this.frozen != null) {
			this.frozen = instant;
		}
		else {
			this.offset = Duration.between(this.source.instant(), instant);
		}
	}

	/**
	 * Stops the clock where it is; {@link #advance} and {@link #set} still move it.
	 */
	public synchronized void freeze() {
		this.frozen = instant();
	}

	/**
	 * Lets a frozen clock run on from where it stands.
	 */
	public synchronized void resume() {
		Instant standing = this.frozen;
		if (standing != null) {
			this.offset = Duration.between(this.source.instant(), standing);
			this.frozen = null;
		}
	}

	private static Instant later(Instant from, Duration duration) {
		try {
			Instant to = from.plus(duration);
			requireInRange(to);
			return to;
		}
		catch (DateTimeException | ArithmeticException ex) {
			throw new IllegalArgumentException("The clock cannot move by " + duration, ex);
		}
	}

	private static void requireInRange(Instant instant) {
		if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
			throw new IllegalArgumentException("The clock cannot be set to " + instant);
		}
	}

	synchronized void reset() {
		this.frozen = null;
		this.offset = Duration.ZERO;
	}

	long micros() {
		Instant now = instant();
		return Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000L), now.getNano() / 1000);
	}

}
