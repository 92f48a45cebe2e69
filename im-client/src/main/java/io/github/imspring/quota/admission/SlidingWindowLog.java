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
import java.util.Arrays;

/**
 * The sliding-window log of one quota: which slots are held, and until when. A call takes
 * its slots before it is sent and holds them until it ends; from then on the log knows
 * when they come free:
 * <ul>
 * <li>answered: one window after the answer, less the {@link MinRttCredit}.</li>
 * <li>unanswered: one window after the end.</li>
 * </ul>
 * So no window of the service, however aligned, holds more calls than the quota has
 * slots. Everything that this process knows of the use of a quota is in here.
 */
final class SlidingWindowLog {

	/**
	 * The time of what only an answer will bring about.
	 */
	static final long UNKNOWN = Long.MAX_VALUE;

	/**
	 * The times are rounded up to a ten-thousandth of the window, which bounds the log at
	 * some 10,000 entries however large the quota is.
	 */
	private static final int GRAINS = 10_000;

	private static final int INITIAL_CAPACITY = 64;

	private final long window;

	private final long grain;

	private int limit;

	/**
	 * The slots of calls that have not ended.
	 */
	private long open;

	private final MinRttCredit credit = new MinRttCredit();

	// A ring of the slots of ended calls, sorted by the time at which they come free.
	// They are added almost in that order. An entry's weight is the difference of its
	// running total to that of the entry before, so that a search is binary.

	private long[] times = new long[INITIAL_CAPACITY];

	private long[] totals = new long[INITIAL_CAPACITY];

	private int head;

	private int size;

	/**
	 * The running total up to the entries that have come free.
	 */
	private long freed;

	SlidingWindowLog(int limit, Duration window) {
		this.limit = limit;
		this.window = window.toNanos();
		this.grain = Math.max(1, this.window / GRAINS);
	}

	int limit() {
		return this.limit;
	}

	void limit(int limit) {
		this.limit = limit;
	}

	long window() {
		return this.window;
	}

	/**
	 * The slots that are held now, by calls that have ended or have not. More than the
	 * limit only after the limit was lowered, or a call left without a slot.
	 */
	long held(long now) {
		advance(now);
		return this.open + last() - this.freed;
	}

	/**
	 * When the slots held will be no more than {@code most}: {@code now} or earlier if
	 * they are, {@link #UNKNOWN} if that takes the end of a call that has not ended.
	 */
	long whenAtMost(long most, long now) {
		return whenFreed(held(now) - most, now);
	}

	/**
	 * When so many of the slots held now will have come free.
	 */
	long whenFreed(long slots, long now) {
		advance(now);
		if (slots <= 0) {
			return now;
		}
		int index = indexOf(this.freed + slots);
		return (index < this.size) ? this.times[at(index)] : UNKNOWN;
	}

	/**
	 * The soonest at which a call that has not ended can give its slots back.
	 */
	long soonestEnd(long now) {
		return now + this.window - this.credit.nanos();
	}

	MinRttCredit credit() {
		return this.credit;
	}

	void take(int slots) {
		this.open += slots;
	}

	/**
	 * Gives back the slots of a call that was not sent.
	 */
	void giveBack(int slots) {
		this.open -= slots;
	}

	void answered(int slots, long sentAt, long now) {
		this.credit.observe(now - sentAt);
		this.open -= slots;
		hold(slots, now - this.credit.nanos(), now);
	}

	/**
	 * A call ended that the service may have counted until the given time.
	 */
	void unanswered(int slots, long until, long now) {
		this.open -= slots;
		hold(slots, until, now);
	}

	/**
	 * Holds slots, whether there are any or not, for one window from the given time.
	 */
	void hold(int slots, long from, long now) {
		advance(now);
		insert(slots, from + this.window);
	}

	/**
	 * Reserves slots for a call to come, behind {@code ahead} others.
	 * @param slots the slots to reserve
	 * @param ahead the slots that others are waiting for
	 * @param earliest when the call may go at the earliest
	 * @param latest when the call must go at the latest
	 * @param slack how long after its time the call may arrive
	 * @return when the call may go, or {@link #UNKNOWN} if nothing was reserved
	 */
	long reserve(int slots, long ahead, long earliest, long latest, long slack, long now) {
		long toFree = held(now) + ahead + slots - this.limit;
		long due = whenFreed(toFree, now);
		long time = Math.max(due, earliest);
		if (slots > this.limit || due == UNKNOWN || time > latest) {
			return UNKNOWN;
		}
		if (toFree > 0) {
			remove(this.freed + Math.max(0, toFree - slots), this.freed + toFree);
		}
		hold(slots, time + slack, now);
		return time;
	}

	/**
	 * How many entries the log keeps, for the slots of ended calls.
	 */
	int entries() {
		return this.size;
	}

	private void advance(long now) {
		while (this.size > 0 && this.times[this.head] <= now) {
			this.freed = this.totals[this.head];
			this.head = at(1);
			this.size--;
		}
	}

	private long last() {
		return (this.size > 0) ? this.totals[at(this.size - 1)] : this.freed;
	}

	/**
	 * The first entry whose running total is at least the given one.
	 */
	private int indexOf(long total) {
		int low = 0;
		int high = this.size;
		while (low < high) {
			int middle = (low + high) >>> 1;
			if (this.totals[at(middle)] < total) {
				low = middle + 1;
			}
			else {
				high = middle;
			}
		}
		return low;
	}

	private void insert(int slots, long due) {
		long time = -Math.floorDiv(-due, this.grain) * this.grain;
		int index = this.size;
		while (index > 0 && this.times[at(index - 1)] >= time) {
			index--;
		}
		if (index == this.size || this.times[at(index)] != time) {
			insertAt(index);
			this.times[at(index)] = time;
			this.totals[at(index)] = (index > 0) ? this.totals[at(index - 1)] : this.freed;
		}
		for (int i = index; i < this.size; i++) {
			this.totals[at(i)] += slots;
		}
	}

	private void insertAt(int index) {
		if (this.size == this.times.length) {
			this.times = unrolled(this.times);
			this.totals = unrolled(this.totals);
			this.head = 0;
		}
		this.size++;
		for (int i = this.size - 1; i > index; i--) {
			this.times[at(i)] = this.times[at(i - 1)];
			this.totals[at(i)] = this.totals[at(i - 1)];
		}
	}

	private long[] unrolled(long[] ring) {
		long[] larger = Arrays.copyOf(Arrays.copyOfRange(ring, this.head, ring.length), ring.length * 2);
		System.arraycopy(ring, 0, larger, ring.length - this.head, this.head);
		return larger;
	}

	/**
	 * Removes the slots between two running totals.
	 */
	private void remove(long from, long to) {
		for (int i = 0; i < this.size; i++) {
			long total = this.totals[at(i)];
			this.totals[at(i)] = total - Math.max(0, Math.min(total, to) - from);
		}
	}

	private int at(int index) {
		return (this.head + index) & (this.times.length - 1);
	}

}
