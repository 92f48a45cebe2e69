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

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * How long requests and answers are under way, in real time, an hour at most each way.
 * Asked anew for each request; called by several threads at once, and must not block.
 *
 * @since 0.1.0
 */
public final class Latency {

	/** Nobody waits longer, and far longer times overflow the timers. */
	static final Duration MAX = Duration.ofHours(1);

	/** No more than the network itself takes. */
	public static final Latency NONE = fixed(Duration.ZERO, Duration.ZERO);

	private final Supplier<Duration> inbound;

	private final Supplier<Duration> outbound;

	private Latency(Supplier<Duration> inbound, Supplier<Duration> outbound) {
		this.inbound = inbound;
		this.outbound = outbound;
	}

	/**
	 * The same time for every request.
	 * @param inbound the way in, before the service sees the request; an hour at most
	 * @param outbound the way out, after the service has acted; an hour at most
	 * @return the latency
	 */
	public static Latency fixed(Duration inbound, Duration outbound) {
		requireInRange(inbound);
		requireInRange(outbound);
		return of(() -> inbound, () -> outbound);
	}

	/**
	 * A time by chance, evenly spread, for each way of each request.
	 * @param min the shortest time of one way
	 * @param max the longest time of one way; an hour at most
	 * @return the latency
	 */
	public static Latency random(Duration min, Duration max) {
		requireInRange(min);
		requireInRange(max);
		if (max.compareTo(min) < 0) {
			throw new IllegalArgumentException("A latency from " + min + " to " + max + " is no range");
		}
		Supplier<Duration> way = () -> Duration
			.ofNanos(ThreadLocalRandom.current().nextLong(min.toNanos(), max.toNanos() + 1));
		return of(way, way);
	}

	/**
	 * Any times. One below zero is none, and one beyond an hour is an hour.
	 * @param inbound the way in, before the service sees the request
	 * @param outbound the way out, after the service has acted
	 * @return the latency
	 */
	public static Latency of(Supplier<Duration> inbound, Supplier<Duration> outbound) {
		return new Latency(inbound, outbound);
	}

	Duration inbound() {
		return bounded(this.inbound.get());
	}

	Duration outbound() {
		return bounded(this.outbound.get());
	}

	private static Duration bounded(Duration time) {
		if (time.isNegative()) {
			return Duration.ZERO;
		}
		return (time.compareTo(MAX) > 0) ? MAX : time;
	}

	/** Refuses a time that no timer should be set to. */
	static void requireInRange(Duration time) {
		if (time.isNegative() || time.compareTo(MAX) > 0) {
			throw new IllegalArgumentException("A delay is zero to an hour, not " + time);
		}
	}

}
