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

import io.github.imspring.operation.Quota;
import io.github.imspring.quota.store.QuotaClaim;
import io.github.imspring.quota.store.QuotaShare;

/**
 * What this instance may hold of a quota that a store shares out: the limit of its
 * sliding-window log.
 * <p>
 * The limit rises only when the store has said so, or, once the store is lost, when
 * nobody can hold any more what this instance takes: its fallback share of the quota is
 * its own as soon as the store takes it to be gone and one window is over. Until then it
 * keeps to what it had.
 */
final class Lease {

	/**
	 * The fraction of its fallback share that an instance keeps whoever else lacks it,
	 * and also while it is parked, so that it has something to begin with.
	 */
	private static final int STANDBY = 50;

	/**
	 * The fraction of its fallback share that an instance keeps in stock of a quota that
	 * is soon free again.
	 */
	private static final int STOCK = 10;

	/**
	 * The fraction of its fallback share that others should not wait for until a parked
	 * instance says again that it is there.
	 */
	private static final int MUCH = 10;

	private static final Duration LONG_WINDOW = Duration.ofSeconds(10);

	private final SlidingWindowLog log;

	private final int instances;

	private boolean used;

	private long usedAt;

	/**
	 * Whether the store has ever answered.
	 */
	private boolean heard;

	private boolean degraded;

	/**
	 * Until when other instances may hold what belongs to the fallback share.
	 */
	private long shareAt;

	private int bulkMost;

	private int free;

	private int asked;

	private int askedBySingles;

	private boolean denied;

	/**
	 * Until when everybody must pause who has not heard of it yet.
	 */
	private long pauseUntil;

	private long pauseClaimed;

	Lease(SlidingWindowLog log, int instances) {
		this.log = log;
		this.instances = instances;
		this.log.limit(0);
	}

	/**
	 * Lets the store hear of the quota from now on.
	 * @param until when the slots are used at the latest
	 */
	void use(long until) {
		this.used = true;
		this.usedAt = Math.max(this.usedAt, until);
	}

	boolean used() {
		return this.used;
	}

	long usedAt() {
		return this.usedAt;
	}

	int fallbackShare(Quota quota) {
		return Math.max(1, quota.limit() / this.instances);
	}

	private int standby(Quota quota) {
		return Math.max(1, fallbackShare(quota) / STANDBY);
	}

	/**
	 * The most that this instance may hope for.
	 */
	int reach(Quota quota) {
		return this.degraded ? fallbackShare(quota) : quota.limit();
	}

	boolean degraded() {
		return this.degraded;
	}

	/**
	 * When the call can hope for slots at the earliest, as far as the store is concerned.
	 */
	long earliest(int slots) {
		return (this.degraded && this.log.limit() < slots) ? this.shareAt : 0;
	}

	/**
	 * Whether other instances may hold what a call of so many slots needs, and the store
	 * says nothing about it.
	 */
	boolean lacksStore(int slots) {
		return this.log.limit() < slots && (this.degraded || !this.heard);
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

	/**
	 * Hands back what this instance may hold but does not, save for a few slots.
	 */
	void park(Quota quota) {
		this.log.limit(Math.min(standby(quota), this.log.limit()));
	}

	/**
	 * Whether calls that have ended hold much of what others may lack.
	 */
	boolean draining(Quota quota, long now) {
		return this.log.held(now) > Math.max(standby(quota), fallbackShare(quota) / MUCH);
	}

	QuotaClaim claim(Quota quota, Demand demand, boolean parked, long now) {
		this.pauseClaimed = this.pauseUntil;
		int limit = quota.limit();
		int share = fallbackShare(quota);
		int held = (int) this.log.held(now);
		int least = standby(quota);
		this.asked = (int) Math.min(limit, Math.max(least, held + demand.waiting()));
		this.askedBySingles = (int) Math.min(limit, Math.max(least, held + demand.waitingSingles()));
		int ahead = Math.min(limit, this.asked + Math.max(1, share / STOCK));
		int idle = (quota.window().compareTo(LONG_WINDOW) > 0) ? Math.max(share, ahead) : Math.min(share, ahead);
		return new QuotaClaim(quota, Math.max(held, this.log.limit()), this.asked, this.askedBySingles,
				parked ? this.asked : idle, demand.bulkMost(), Duration.ofNanos(Math.max(0, this.pauseUntil - now)),
				this.log.credit().observed());
	}

	void accept(QuotaShare share) {
		this.heard = true;
		this.degraded = false;
		this.pauseUntil = (this.pauseUntil == this.pauseClaimed) ? 0 : this.pauseUntil;
		this.log.limit(Math.min(share.most(), share.fair()));
		this.bulkMost = share.bulkMost();
		this.free = share.free();
		this.log.credit().observeOthers(share.trips());
		this.denied = this.log.limit() < this.asked || (this.asked > this.askedBySingles && this.bulkMost < this.asked);
	}

	/**
	 * The store is lost: from now on no more than the fallback share, nor than there was.
	 * @param shareFreeAt when nobody else can hold any of the fallback share
	 */
	void degrade(Quota quota, long shareFreeAt) {
		this.degraded = true;
		// The store must hear of it whether it was used before or not.
		this.used = true;
		this.shareAt = shareFreeAt;
		lapse(quota);
	}

	/**
	 * Nothing was heard from the store for too long.
	 */
	void lapse(Quota quota) {
		this.log.limit(Math.min(fallbackShare(quota), this.log.limit()));
	}

	void giveUp() {
		this.log.limit(0);
	}

	/**
	 * Takes the fallback share if nobody can hold any of it any more.
	 */
	void takeFallbackShare(Quota quota, long now) {
		if (now >= this.shareAt) {
			this.log.limit(fallbackShare(quota));
		}
	}

	/**
	 * Takes the fallback share, whoever holds any of it.
	 */
	void goOnAlone(Quota quota) {
		this.degraded = true;
		this.shareAt = 0;
		this.log.limit(fallbackShare(quota));
	}

	/**
	 * What the calls that wait ask for.
	 *
	 * @param waiting the slots that all of them take
	 * @param waitingSingles the slots of those in the single lane
	 * @param bulkMost how much of the quota bulk calls may fill
	 */
	record Demand(long waiting, long waitingSingles, int bulkMost) {
	}

}
