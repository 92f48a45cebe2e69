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

/**
 * Keeps the bulk lane of one quota to its share of a window, and spreads it evenly, so
 * that a single call finds a slot at once.
 */
final class BulkPacing {

	/**
	 * The fraction of a window that the bulk lane may take at once before it is spread.
	 */
	private static final int BURST = 10;

	private final double share;

	private final CellRate rate;

	BulkPacing(double share, long window) {
		this.share = share;
		this.rate = new CellRate(window / BURST);
	}

	long earliest() {
		return this.rate.earliest();
	}

	/**
	 * Counts a call. Single calls keep to no pace, but what they take is lost to bulk.
	 * @param cost the time that the whole quota needs for the call
	 */
	void grant(boolean bulk, long cost, long now) {
		long increment = (long) (cost / this.share);
		if (bulk) {
			this.rate.take(increment, now);
		}
		else {
			this.rate.takeUnpaced(increment, now);
		}
	}

	/**
	 * The most slots that may be held when a bulk call of so many has gone. Calls are
	 * whole: the share is met as nearly as they allow, but at least half of what is left
	 * to single calls stays theirs.
	 */
	int ceiling(int slots, int limit) {
		int most = (int) (limit * this.share);
		return Math.max(slots, most + Math.min(slots, limit - most) / 2);
	}

}
