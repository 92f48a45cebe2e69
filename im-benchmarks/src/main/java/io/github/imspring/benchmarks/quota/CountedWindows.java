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
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One way for a service to count calls and messages, and how many calls it refuses for
 * it. A call that is refused is not counted. Calls arrive in the order of time.
 */
abstract class CountedWindows {

	private long accepted;

	private long rejected;

	/**
	 * A call arrives.
	 * @param nanos when, in nanoseconds
	 * @param messages what it counts as
	 */
	final void arrive(long nanos, int messages) {
		if (admit(nanos, messages)) {
			this.accepted += messages;
		}
		else {
			this.rejected++;
		}
	}

	protected abstract boolean admit(long nanos, int messages);

	final long acceptedMessages() {
		return this.accepted;
	}

	final long rejectedCalls() {
		return this.rejected;
	}

	/**
	 * Any window of the length, however aligned, holds at most the limits.
	 */
	static CountedWindows sliding(int callsPerSecond, int messagesPerMinute) {
		Sliding calls = new Sliding(callsPerSecond, Duration.ofSeconds(1));
		Sliding messages = new Sliding(messagesPerMinute, Duration.ofMinutes(1));
		return new CountedWindows() {

			@Override
			protected boolean admit(long nanos, int weight) {
				if (!calls.fits(nanos, 1) || !messages.fits(nanos, weight)) {
					return false;
				}
				calls.count(nanos, 1);
				messages.count(nanos, weight);
				return true;
			}

		};
	}

	/**
	 * One window follows the other.
	 * @param alignment where they begin, as a fraction of their length
	 */
	static CountedWindows fixed(int callsPerSecond, int messagesPerMinute, double alignment) {
		Fixed calls = new Fixed(callsPerSecond, Duration.ofSeconds(1), alignment);
		Fixed messages = new Fixed(messagesPerMinute, Duration.ofMinutes(1), alignment);
		return new CountedWindows() {

			@Override
			protected boolean admit(long nanos, int weight) {
				if (!calls.fits(nanos, 1) || !messages.fits(nanos, weight)) {
					return false;
				}
				calls.count(1);
				messages.count(weight);
				return true;
			}

		};
	}

	private static final class Sliding {

		private final int limit;

		private final long window;

		private final Deque<long[]> arrivals = new ArrayDeque<>();

		private long held;

		Sliding(int limit, Duration window) {
			this.limit = limit;
			this.window = window.toNanos();
		}

		boolean fits(long nanos, int weight) {
			while (!this.arrivals.isEmpty() && this.arrivals.element()[0] <= nanos - this.window) {
				this.held -= this.arrivals.remove()[1];
			}
			return this.held + weight <= this.limit;
		}

		void count(long nanos, int weight) {
			this.arrivals.add(new long[] { nanos, weight });
			this.held += weight;
		}

	}

	private static final class Fixed {

		private final int limit;

		private final long window;

		private final long start;

		private long index = Long.MIN_VALUE;

		private long held;

		Fixed(int limit, Duration window, double alignment) {
			this.limit = limit;
			this.window = window.toNanos();
			this.start = (long) (this.window * alignment);
		}

		boolean fits(long nanos, int weight) {
			long index = Math.floorDiv(nanos - this.start, this.window);
			if (index != this.index) {
				this.index = index;
				this.held = 0;
			}
			return this.held + weight <= this.limit;
		}

		void count(int weight) {
			this.held += weight;
		}

	}

}
