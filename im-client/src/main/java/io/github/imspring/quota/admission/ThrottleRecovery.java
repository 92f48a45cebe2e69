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

package io.github.imspring.quota.admission;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How a quota comes back after the service has throttled a call of it. Nothing goes
 * during a pause, which grows if the first call after it is throttled again; then the
 * calls go one at a time, two, three, and evenly for a while: a burst would only find out
 * how many more are throttled.
 */
final class ThrottleRecovery {

	/**
	 * A pause that ends so much later is another one.
	 */
	private static final long PAUSE_TOLERANCE = Duration.ofMillis(100).toNanos();

	private static final long LONGEST_PAUSE = Duration.ofHours(1).toNanos();

	/**
	 * So many calls in flight that are all accepted are enough to trust the quota again.
	 */
	private static final int IN_FLIGHT_TO_TRUST = 32;

	private static final long SPACED = Duration.ofSeconds(10).toNanos();

	private static final int MAX_DOUBLINGS = 8;

	private final long firstPause;

	private final long longestPause;

	private final long spacedFor;

	private final CellRate spacing = new CellRate(0);

	private int inFlightAllowed = Integer.MAX_VALUE;

	private long pausedSince = -1;

	private long pausedUntil;

	private int streak;

	private long throttledCalls;

	/**
	 * Creates the recovery of a quota.
	 * @param firstPause the pause if the service names none
	 * @param longestPause what it grows to
	 */
	ThrottleRecovery(long firstPause, long longestPause, long window) {
		this.firstPause = firstPause;
		this.longestPause = longestPause;
		this.spacedFor = Math.max(SPACED, window);
	}

	long throttledCalls() {
		return this.throttledCalls;
	}

	long pausedUntil() {
		return this.pausedUntil;
	}

	/**
	 * When the next call may go, {@link SlidingWindowLog#UNKNOWN} if one in flight must
	 * be answered first.
	 */
	long earliest(int inFlight, long now) {
		if (inFlight >= this.inFlightAllowed) {
			return SlidingWindowLog.UNKNOWN;
		}
		boolean spaced = now < this.pausedUntil + this.spacedFor && this.pausedSince >= 0;
		return spaced ? Math.max(this.pausedUntil, this.spacing.earliest()) : this.pausedUntil;
	}

	void grant(long cost, long now) {
		this.spacing.take(cost, now);
	}

	/**
	 * The service accepted a call. While the quota is doubted, each such answer lets one
	 * more call be in flight.
	 */
	void accepted(long grantedAt) {
		if (this.inFlightAllowed != Integer.MAX_VALUE && grantedAt > this.pausedSince
				&& ++this.inFlightAllowed >= IN_FLIGHT_TO_TRUST) {
			this.inFlightAllowed = Integer.MAX_VALUE;
		}
	}

	/**
	 * The service throttled a call. What was in flight when the pause began says nothing
	 * new.
	 * @param retryAfter the pause that the service asked for, if it named one
	 */
	void throttled(long grantedAt, @Nullable Duration retryAfter, long now) {
		this.throttledCalls++;
		boolean news = grantedAt > this.pausedSince;
		if (news) {
			this.streak = (this.inFlightAllowed == 1) ? this.streak + 1 : 0;
			this.pausedSince = now;
			this.inFlightAllowed = 1;
		}
		if (retryAfter != null && retryAfter.compareTo(Duration.ZERO) > 0) {
			boolean endless = retryAfter.compareTo(Duration.ofNanos(LONGEST_PAUSE)) > 0;
			this.pausedUntil = Math.max(this.pausedUntil, now + (endless ? LONGEST_PAUSE : retryAfter.toNanos()));
		}
		else if (news) {
			long pause = Math.min(this.longestPause, this.firstPause << Math.min(this.streak, MAX_DOUBLINGS));
			this.pausedUntil = Math.max(this.pausedUntil, now + pause);
		}
	}

	/**
	 * A call of another instance was throttled.
	 */
	void pause(long until, long now) {
		if (until > Math.max(now, this.pausedUntil) + PAUSE_TOLERANCE) {
			this.pausedSince = now;
			this.pausedUntil = until;
			this.inFlightAllowed = 1;
		}
	}

}
