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

package io.github.imspring.sample.watch;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Collects how long things took until somebody asks. Beyond its bound it counts but does
 * not keep.
 */
final class Timings {

	private static final int KEPT = 4096;

	private final long[] nanos = new long[KEPT];

	private int count;

	synchronized void add(long duration) {
		if (this.count < KEPT) {
			this.nanos[this.count] = duration;
		}
		this.count++;
	}

	/**
	 * Sums up what was collected, and begins anew.
	 * @return the summary, or {@code null} if there is nothing
	 */
	@Nullable Summary drain() {
		long[] sorted;
		synchronized (this) {
			sorted = Arrays.copyOf(this.nanos, Math.min(this.count, KEPT));
			this.count = 0;
		}
		if (sorted.length == 0) {
			return null;
		}
		Arrays.sort(sorted);
		return new Summary(millis(sorted, 0.5), millis(sorted, 0.95), millis(sorted, 1));
	}

	private static double millis(long[] sorted, double share) {
		long nanos = sorted[(int) Math.ceil(share * sorted.length) - 1];
		return Math.round((double) nanos / TimeUnit.MILLISECONDS.toNanos(1) * 10) / 10.0;
	}

	/**
	 * How long things took, in milliseconds.
	 *
	 * @param p50 the median
	 * @param p95 what 95 % did not exceed
	 * @param max the longest
	 */
	record Summary(double p50, double p95, double max) {
	}

}
