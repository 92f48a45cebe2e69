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
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

import io.github.imspring.quota.store.QuotaClaim;
import io.github.imspring.quota.store.QuotaShare;
import io.github.imspring.quota.store.QuotaStore;

/**
 * What this instance has of all quotas that a store shares out.
 *
 * @since 0.1.0
 */
public final class Leases {

	/**
	 * How long an instance sends nothing before it hands its leases back.
	 */
	public static final Duration IDLE = Duration.ofSeconds(5);

	private static final long NEVER = SlidingWindowLog.UNKNOWN;

	private static final long LEASE = QuotaStore.LEASE.multipliedBy(2).toNanos();

	private final QuotaGroups groups;

	/**
	 * When the store last said what this instance may hold.
	 */
	private long leasedAt = NEVER;

	private long degradedAt = NEVER;

	private Duration noticedAfter = Duration.ZERO;

	/**
	 * Whether this instance has left the store for good.
	 */
	private boolean alone;

	Leases(QuotaGroups groups) {
		this.groups = groups;
	}

	/**
	 * Notices that this process stood still: the others may have been given all but its
	 * fallback share.
	 * @param now the time
	 */
	public void advance(long now) {
		if (now - this.leasedAt > LEASE) {
			this.leasedAt = NEVER;
			forEach((lease, quota) -> lease.lapse(quota.quota()));
		}
	}

	/**
	 * What this instance has and needs. If nothing was sent for a while, it hands back
	 * what it does not hold.
	 * @param now the time
	 * @return the claims
	 */
	public Claims claims(long now) {
		boolean parked = this.degradedAt == NEVER && idleFor(IDLE.toNanos(), now);
		List<QuotaState> used = new ArrayList<>();
		List<QuotaClaim> claims = new ArrayList<>();
		boolean draining = false;
		for (QuotaState quota : this.groups.quotas()) {
			Lease lease = quota.lease();
			if (lease != null && lease.used()) {
				if (parked) {
					lease.park(quota.quota());
					draining |= lease.draining(quota.quota(), now);
				}
				used.add(quota);
				claims.add(quota.claim(lease, firstBulk(quota), parked, now));
			}
		}
		return new Claims(now, used, claims, parked, draining);
	}

	private boolean idleFor(long nanos, long now) {
		for (QuotaState quota : this.groups.quotas()) {
			Lease lease = quota.lease();
			if (quota.inFlight() > 0 || quota.waiting() > 0 || (lease != null && now - lease.usedAt() < nanos)) {
				return false;
			}
		}
		return true;
	}

	private int firstBulk(QuotaState quota) {
		int slots = 1;
		for (QuotaGroup group : this.groups.all()) {
			slots = Math.max(slots, group.firstBulk(quota));
		}
		return slots;
	}

	/**
	 * What calls still hold of the quotas that this instance has used. It takes no more.
	 * @param now the time
	 * @return the claims
	 */
	public Claims lastClaims(long now) {
		forEach((lease, quota) -> lease.giveUp());
		return claims(now);
	}

	/**
	 * The store has answered.
	 * @param claims what was claimed
	 * @param shares what it gives, a share for each claim
	 * @param now the time
	 */
	public void accept(Claims claims, List<QuotaShare> shares, long now) {
		this.leasedAt = claims.at();
		this.degradedAt = NEVER;
		for (int i = 0; i < shares.size(); i++) {
			claims.quotas().get(i).accept(shares.get(i), now);
		}
	}

	/**
	 * From now on this instance keeps to its fallback share of the quotas, and first of
	 * all to what it has.
	 * @param lostAt since when the store takes this instance to be gone
	 * @param notice the time after which every other instance has heard of it
	 */
	public void degrade(long lostAt, Duration notice) {
		this.leasedAt = NEVER;
		this.degradedAt = lostAt;
		this.noticedAfter = notice;
		forEach(this::degrade);
	}

	private void degrade(Lease lease, QuotaState quota) {
		lease.degrade(quota.quota(), this.degradedAt + this.noticedAfter.plus(quota.quota().window()).toNanos());
	}

	/**
	 * Takes this instance's fallback share of those quotas of which no other instance can
	 * hold it any more.
	 * @param now the time
	 */
	public void takeFallbackShares(long now) {
		forEach((lease, quota) -> {
			if (!lease.degraded()) {
				// It became known after the store was lost.
				degrade(lease, quota);
			}
			lease.takeFallbackShare(quota.quota(), now);
		});
	}

	/**
	 * Takes the fallback share of every quota, also of those that become known later:
	 * this instance has left the store, and goes on without it. What the store has given
	 * to others meanwhile is not waited for.
	 */
	public void goOnAlone() {
		this.leasedAt = NEVER;
		this.alone = true;
		forEach((lease, quota) -> lease.goOnAlone(quota.quota()));
	}

	/**
	 * Quotas have become known.
	 */
	public void added() {
		if (this.alone) {
			goOnAlone();
		}
	}

	private void forEach(BiConsumer<Lease, QuotaState> action) {
		for (QuotaState quota : this.groups.quotas()) {
			Lease lease = quota.lease();
			if (lease != null) {
				action.accept(lease, quota);
			}
		}
	}

}
