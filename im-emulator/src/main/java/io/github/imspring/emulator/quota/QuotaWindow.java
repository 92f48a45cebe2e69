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

package io.github.imspring.emulator.quota;

import java.util.Arrays;

/**
 * What was accepted within one window. Not safe for concurrent use: its quota locks it.
 * Times are microseconds and must not decrease, unless it is told to {@link #restart()}.
 *
 * @since 0.1.0
 */
public abstract class QuotaWindow {

	private int limit;

	private int peak;

	QuotaWindow(int limit) {
		this.limit = limit;
	}

	final int limit() {
		return this.limit;
	}

	final void limit(int newLimit) {
		this.limit = newLimit;
	}

	/** The most that any window has held. */
	public final int peak() {
		return this.peak;
	}

	public final boolean fits(long now, int weight) {
		return weight <= this.limit - used(now);
	}

	public final void add(long now, int weight) {
		if (weight > 0) {
			record(now, weight);
			this.peak = Math.max(this.peak, used(now));
		}
	}

	/** Forgets what was accepted, but not the peak. Time may begin anew. */
	abstract void restart();

	/** What the window that ends now holds. */
	abstract int used(long now);

	abstract void record(long now, int weight);

	/**
	 * Keeps the time and weight of every arrival of the last window, so that no window of
	 * any alignment holds more than the limit. An arrival one full window after another
	 * is not in the same window.
	 *
	 * @since 0.1.0
	 */
	public static final class Sliding extends QuotaWindow {

		private final long length;

		private long[] times = new long[16];

		private int[] weights = new int[16];

		private int head;

		private int size;

		private int sum;

		public Sliding(int limit, long lengthMicros) {
			super(limit);
			this.length = lengthMicros;
		}

		@Override
		int used(long now) {
			while (this.size > 0 && now - this.times[this.head] >= this.length) {
				this.sum -= this.weights[this.head];
				this.head = (this.head + 1) % this.times.length;
				this.size--;
			}
			return this.sum;
		}

		@Override
		void restart() {
			this.head = 0;
			this.size = 0;
			this.sum = 0;
		}

		@Override
		void record(long now, int weight) {
			int last = (this.head + this.size - 1 + this.times.length) % this.times.length;
			if (this.size > 0 && this.times[last] == now) {
				this.weights[last] += weight;
			}
			else {
				if (this.size == this.times.length) {
					grow();
				}
				int next = (this.head + this.size) % this.times.length;
				this.times[next] = now;
				this.weights[next] = weight;
				this.size++;
			}
			this.sum += weight;
		}

		private void grow() {
			int[] order = new int[this.size];
			Arrays.setAll(order, (i) -> (this.head + i) % this.times.length);
			long[] moreTimes = new long[this.size * 2];
			int[] moreWeights = new int[this.size * 2];
			for (int i = 0; i < this.size; i++) {
				moreTimes[i] = this.times[order[i]];
				moreWeights[i] = this.weights[order[i]];
			}
			this.times = moreTimes;
			this.weights = moreWeights;
			this.head = 0;
		}

	}

	/**
	 * Counts in windows that begin at the multiples of their length, moved by an offset.
	 *
	 * @since 0.1.0
	 */
	public static final class Fixed extends QuotaWindow {

		private final long length;

		private final long alignment;

		private long index = Long.MIN_VALUE;

		private int sum;

		public Fixed(int limit, long lengthMicros, long alignmentMicros) {
			super(limit);
			this.length = lengthMicros;
			this.alignment = alignmentMicros;
		}

		@Override
		int used(long now) {
			long current = Math.floorDiv(now - this.alignment, this.length);
			if (current != this.index) {
				this.index = current;
				this.sum = 0;
			}
			return this.sum;
		}

		@Override
		void restart() {
			this.index = Long.MIN_VALUE;
			this.sum = 0;
		}

		@Override
		void record(long now, int weight) {
			used(now);
			this.sum += weight;
		}

	}

}
