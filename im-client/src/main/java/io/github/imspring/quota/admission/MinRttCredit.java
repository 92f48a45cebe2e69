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

import io.github.imspring.quota.store.RoundTrips;

/**
 * How much sooner than one window after its answer the slot of a call is free. The
 * service counts a call when it arrives: no later than the answer less the shortest way
 * back, and the call that takes its slot arrives no sooner than the shortest way out
 * after its grant. The shortest ways together are the fastest round trip. The first trips
 * of a cold process are slow, so that there is no credit before 1,000 of them.
 */
final class MinRttCredit {

	static final int ROUND_TRIPS_TO_TRUST = 1000;

	private static final long MARGIN = Duration.ofMillis(2).toNanos();

	private int trips;

	private long fastest = Long.MAX_VALUE;

	private int tripsOfOthers;

	private long fastestOfOthers = Long.MAX_VALUE;

	void observe(long roundTrip) {
		this.fastest = Math.min(this.fastest, roundTrip);
		this.trips = Math.min(this.trips + 1, ROUND_TRIPS_TO_TRUST);
	}

	/**
	 * The call that takes a slot may be one of another instance, which may be nearer to
	 * the service.
	 */
	void observeOthers(RoundTrips others) {
		this.tripsOfOthers = others.count();
		this.fastestOfOthers = (others.count() > 0) ? others.fastest().toNanos() : Long.MAX_VALUE;
	}

	RoundTrips observed() {
		return (this.trips > 0) ? new RoundTrips(this.trips, Duration.ofNanos(this.fastest)) : RoundTrips.NONE;
	}

	long nanos() {
		boolean trusted = this.trips + this.tripsOfOthers >= ROUND_TRIPS_TO_TRUST;
		return trusted ? Math.max(0, Math.min(this.fastest, this.fastestOfOthers) - MARGIN) : 0;
	}

}
