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

package io.github.imspring.quota;

import io.github.imspring.quota.store.QuotaClaim;
import io.github.imspring.quota.store.QuotaShare;
import io.github.imspring.quota.store.QuotaStore;
import java.time.Duration;

import io.github.imspring.operation.Quota;

/**
 * What this instance may hold of a quota that a {@link QuotaStore} shares out: the limit
 * of its log. Guarded by the dispatcher's monitor.
 * <p>
 * The limit rises only when the store has said so, or, once the store is lost, when
 * nobody can hold any more what this instance takes: its part of the quota is its own as
 * soon as the store takes it to be gone and one window is over. Until then it keeps to
 * what it had.
 */
final class QuotaLease {

	/**
	 * The part of its own part that an instance keeps whoever else lacks it, so that it
	 * has something to begin with should the store be lost.
	 */
	private static final int FLOOR = 50;

	/**
	 * The part of its own part that an instance keeps in stock of a quota that is soon
	 * free again.
	 */
	private static final int STOCK = 10;

	private static final Duration LONG_WINDOW = Duration.ofSeconds(10);

	private final SlotLog log;

	private final int instances;

	private boolean used;

	private boolean degraded;

	private int bulkMost;

	private int free;

	private int asked;

	private int askedBySingles;

	private boolean denied;

	/**
	 * Until when everybody must pause who has not heard of it yet.
	 */
	private long pauseUntil;

	private long pauseTold;

	QuotaLease(SlotLog log, int instances) {
		this.log = log;
		this.instances = instances;
		this.log.limit(0);
	}

	void use() {
		this.used = true;
	}

	boolean used() {
		return this.used;
	}

	/**
	 * The most that this instance may hope for.
	 */
	int reach(Quota quota) {
		return this.degraded ? part(quota) : quota.limit();
	}

	boolean degraded() {
		return this.degraded;
	}

	int bulkMost() {
		return this.bulkMost;
	}

	/**
	 * The slots that nobody has taken from the store.
	 */
	int free() {
		return this.degraded ? 0 : this.free;
	}

	/**
	 * Whether the store should be asked without delay for more than there is: not if this
	 * instance has all of the quota.
	 */
	boolean worthAsking(Quota quota) {
		return !this.degraded && !this.denied && this.log.limit() < quota.limit();
	}

	void pauseAll(long until) {
		this.pauseUntil = Math.max(this.pauseUntil, until);
	}

	QuotaClaim claim(Quota quota, long waiting, long waitingSingles, int weight, int bulkMost, long now) {
		this.pauseTold = this.pauseUntil;
		int part = part(quota);
		int limit = quota.limit();
		int held = (int) this.log.held(now);
		int least = Math.max(1, part / FLOOR);
		this.asked = (int) Math.min(limit, Math.max(least, held + waiting));
		this.askedBySingles = (int) Math.min(limit, Math.max(least, held + waitingSingles));
		int idle = (quota.window().compareTo(LONG_WINDOW) > 0) ? part
				: Math.min(part, this.asked + Math.max(1, part / STOCK));
		int claimed = Math.max(held, this.log.limit());
		return new QuotaClaim(quota, this.degraded ? Math.max(claimed, part) : claimed, this.asked, this.askedBySingles,
				Math.min(limit, weight), idle, bulkMost, Duration.ofNanos(Math.max(0, this.pauseUntil - now)),
				this.log.roundTrips());
	}

	void accept(QuotaShare share) {
		this.degraded = false;
		this.pauseUntil = (this.pauseUntil == this.pauseTold) ? 0 : this.pauseUntil;
		this.log.limit(Math.min(share.most(), share.fair()));
		this.bulkMost = share.bulkMost();
		this.free = share.free();
		this.log.roundTripsOfOthers(share.trips());
		this.denied = this.log.limit() < this.asked || this.asked > this.askedBySingles && this.bulkMost < this.asked;
	}

	/**
	 * The store is lost: from now on no more than the part, nor than there was.
	 */
	void degrade(Quota quota) {
		this.degraded = true;
		// The store must hear of it whether it was used before or not.
		this.used = true;
		lapse(quota);
	}

	/**
	 * Nothing was heard from the store for too long.
	 */
	void lapse(Quota quota) {
		this.log.limit(Math.min(part(quota), this.log.limit()));
	}

	void giveUp() {
		this.log.limit(0);
	}

	/**
	 * Nobody holds any more what belongs to the part of this instance.
	 */
	void takePart(Quota quota) {
		degrade(quota);
		this.log.limit(part(quota));
	}

	private int part(Quota quota) {
		return Math.max(1, quota.limit() / this.instances);
	}

}
