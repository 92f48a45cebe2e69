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
 * The generic cell rate algorithm: calls keep an even distance on average, and may run
 * ahead of it by a burst.
 */
final class CellRate {

	/**
	 * How far calls may run ahead of the even rate.
	 */
	private final long burst;

	/**
	 * When the next call would be due at the even rate.
	 */
	private long due;

	CellRate(long burst) {
		this.burst = burst;
	}

	long earliest() {
		return this.due - this.burst;
	}

	/**
	 * Counts a call.
	 * @param increment the distance to the next call at the even rate
	 */
	void take(long increment, long now) {
		this.due = Math.max(this.due, now) + increment;
	}

	/**
	 * Counts a call that does not keep to the rate: it uses the burst up, but makes
	 * nobody wait longer than that.
	 */
	void takeUnpaced(long increment, long now) {
		this.due = Math.min(Math.max(this.due, now) + increment, Math.max(this.due, now + this.burst));
	}

}
