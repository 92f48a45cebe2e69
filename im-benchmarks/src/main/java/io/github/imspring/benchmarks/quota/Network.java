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

package io.github.imspring.benchmarks.quota;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How long a call is under way. Each way takes half of the round trip and is up to 20 ms
 * late by chance; of one call in a hundred one of the ways is late by the tail besides.
 *
 * @param roundTrip the shortest round trip
 * @param tail how late a late call is
 */
record Network(Duration roundTrip, Duration tail) {

	private static final long JITTER = Duration.ofMillis(20).toNanos();

	private static final double LATE = 0.01;

	/**
	 * The two ways of a call.
	 * @return the way out and the way back, in nanoseconds
	 */
	long[] ways(SplittableRandom random) {
		long half = this.roundTrip.toNanos() / 2;
		long[] ways = { half + random.nextLong(JITTER), half + random.nextLong(JITTER) };
		if (random.nextDouble() < LATE) {
			ways[random.nextInt(2)] += this.tail.toNanos();
		}
		return ways;
	}

}
