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
import io.github.imspring.operation.Quota.Unit;
import io.github.imspring.quota.admission.Lease.Demand;
import io.github.imspring.quota.admission.Refusal.Reason;
import io.github.imspring.quota.store.QuotaClaim;
import io.github.imspring.quota.store.QuotaShare;
import org.jspecify.annotations.Nullable;

/**
 * One quota: its sliding-window log, the pacing of its bulk lane, how it recovers from a
 * throttle, and its lease if a store shares it out.
 *
 * @since 0.1.0
 */
public final class QuotaState {

	/**
	 * How long after it has left a call that has no answer may arrive.
	 */
	static final long SLACK = Duration.ofMillis(100).toNanos();

	/**
	 * The pause of a quota of messages is a twelfth of its window: that is long, but the
	 * slots that another program took come free all along it.
	 */
	private static final int MESSAGES_PAUSE = 12;

	private static final int LONGEST_CALLS_PAUSE = 10;

	private final SlidingWindowLog log;

	private final BulkPacing bulk;

	private final ThrottleRecovery recovery;

	/**
	 * What a store has let this instance have, or {@code null} if there is no store.
	 */
	private final @Nullable Lease lease;

	private final Backlog backlog;

	/**
	 * With the limit in force; read without the lock too.
	 */
	private volatile Quota quota;

	private int inFlight;

	QuotaState(Quota quota, double bulkShare, int instances) {
		this.quota = quota;
		this.log = new SlidingWindowLog(quota.limit(), quota.window());
		this.backlog = new Backlog(quota.unit());
		long window = this.log.window();
		this.bulk = new BulkPacing(bulkShare, window);
		this.recovery = (quota.unit() == Unit.CALLS)
				? new ThrottleRecovery(window, LONGEST_CALLS_PAUSE * window, window)
				: new ThrottleRecovery(window / MESSAGES_PAUSE, window, window);
		this.lease = (instances > 0) ? new Lease(this.log, instances) : null;
	}

	Backlog backlog() {
		return this.backlog;
	}

	/**
	 * The quota with the limit in force.
	 * @return the quota, also without the lock
	 */
	public Quota quota() {
		return this.quota;
	}

	/**
	 * What the call takes of the quota.
	 * @param call the call
	 * @return the slots
	 */
	public int slots(WaitingCall call) {
		return call.slots(this.quota.unit());
	}

	/**
	 * The calls that wait for the quota.
	 * @return how many
	 */
	public int waiting() {
		return this.backlog.calls();
	}

	/**
	 * The slots that are free.
	 * @param now the time
	 * @return how many, 0 while the quota is held back
	 */
	public int available(long now) {
		if (this.recovery.pausedUntil() > now) {
			return 0;
		}
		if (this.lease != null && !this.lease.used()) {
			// The store has not been asked.
			return this.quota.limit();
		}
		int unused = (int) Math.max(0, this.log.limit() - this.log.held(now));
		return unused + ((this.lease != null) ? this.lease.free() : 0);
	}

	/**
	 * For how long nothing goes because the service has throttled the quota.
	 * @param now the time
	 * @return nanoseconds, 0 if it has not
	 */
	public long pausedFor(long now) {
		return Math.max(0, this.recovery.pausedUntil() - now);
	}

	/**
	 * The calls that the service has throttled.
	 * @return how many
	 */
	public long throttledCalls() {
		return this.recovery.throttledCalls();
	}

	/**
	 * Changes the limit.
	 * @param limit the limit in force from now on
	 */
	public void limit(int limit) {
		this.quota = this.quota.withLimit(limit);
		if (this.lease == null) {
			this.log.limit(limit);
		}
	}

	@Nullable Lease lease() {
		return this.lease;
	}

	/**
	 * The most slots that a call may take and still surely go while the store is lost.
	 * @return the slots, at least 1
	 */
	public int fallbackShare() {
		return (this.lease != null) ? this.lease.fallbackShare(this.quota) : this.quota.limit();
	}

	/**
	 * The most slots that this instance may hope for.
	 */
	int reach() {
		return (this.lease != null) ? this.lease.reach(this.quota) : this.log.limit();
	}

	int inFlight() {
		return this.inFlight;
	}

	/**
	 * The time that the quota needs for the call.
	 */
	long cost(WaitingCall call) {
		return (long) ((double) this.log.window() * slots(call) / reach());
	}

	void use(long until) {
		if (this.lease != null) {
			this.lease.use(until);
		}
	}

	/**
	 * When the call can go if nobody goes before it: {@code now} or earlier if it can go
	 * now, {@link SlidingWindowLog#UNKNOWN} if the end of another call must come first.
	 * @param paced whether the call must keep to the share and the even spread of bulk
	 */
	long earliest(WaitingCall call, boolean paced, long now) {
		int slots = slots(call);
		long recovered = this.recovery.earliest(this.inFlight, now);
		long free = this.log.whenAtMost(ceiling(slots, paced) - slots, now);
		long earliest = Math.max(recovered, free);
		return paced ? Math.max(earliest, this.bulk.earliest()) : earliest;
	}

	/**
	 * The most slots that may be held when a call of so many has gone.
	 */
	private int ceiling(int slots, boolean paced) {
		if (!paced) {
			return this.log.limit();
		}
		Lease lease = this.lease;
		int ceiling = (lease != null && !lease.degraded()) ? lease.bulkMost()
				: this.bulk.ceiling(slots, this.log.limit());
		return Math.min(this.log.limit(), ceiling);
	}

	/**
	 * Whether the call could go if the store let this instance have more.
	 */
	boolean lacks(WaitingCall call, boolean paced, long now) {
		int slots = slots(call);
		return worthAsking() && this.log.held(now) > ceiling(slots, paced) - slots;
	}

	/**
	 * Whether the store may let this instance have more at once.
	 * @return whether it should be asked
	 */
	public boolean worthAsking() {
		return this.lease != null && this.lease.worthAsking(this.quota);
	}

	/**
	 * What keeps the call waiting, and for how long it surely cannot go.
	 * @param inFront whether nobody is to go before it, as opposed to all who wait now
	 */
	Refusal obstacle(WaitingCall call, boolean inFront, long now) {
		int slots = slots(call);
		long free = now + freeIn(call, inFront, now);
		long paused = this.recovery.pausedUntil();
		long shared = (this.lease != null) ? this.lease.earliest(slots) : 0;
		long until = Math.max(free, Math.max(paused, shared));
		boolean lost = this.lease != null && this.lease.lacksStore(slots) && Math.max(now, shared) >= until;
		Reason reason = lost ? Reason.STORE_LOST : (paused > now && paused >= until) ? Reason.THROTTLED : Reason.LIMIT;
		return new Refusal(reason, this.quota, slots, 0, Math.max(0, until - now));
	}

	private long freeIn(WaitingCall call, boolean inFront, long now) {
		long ahead = inFront ? 0 : call.bulk() ? this.backlog.slots() : this.backlog.slots(false);
		long toFree = this.log.held(now) + ahead + slots(call) - reach();
		if (toFree <= 0) {
			return 0;
		}
		long windows = (toFree - 1) / reach();
		long due = this.log.whenFreed(toFree - windows * reach(), now);
		long first = (due != SlidingWindowLog.UNKNOWN) ? due : this.log.soonestEnd(now);
		return first - now + windows * this.log.window();
	}

	void grant(WaitingCall call, long now) {
		long cost = cost(call);
		this.log.take(slots(call));
		this.inFlight++;
		this.recovery.grant(cost, now);
		use(now);
		this.bulk.grant(call.bulk(), cost, now);
	}

	void giveBack(WaitingCall call) {
		this.log.giveBack(slots(call));
		this.inFlight--;
	}

	void answered(WaitingCall call, long now) {
		this.log.answered(slots(call), call.sentAt(), now);
		this.inFlight--;
	}

	void unanswered(WaitingCall call, long until, long now) {
		this.log.unanswered(slots(call), until, now);
		this.inFlight--;
	}

	/**
	 * Counts a call that left without a grant.
	 */
	void hold(int slots, long from, long now) {
		this.log.hold(slots, from, now);
	}

	void accepted(WaitingCall call) {
		this.recovery.accepted(call.grantedAt());
	}

	void throttled(WaitingCall call, @Nullable Duration retryAfter, long now) {
		this.recovery.throttled(call.grantedAt(), retryAfter, now);
		if (this.lease != null) {
			this.lease.pauseAll(this.recovery.pausedUntil());
		}
	}

	/**
	 * Reserves slots for a call that will not be heard of again.
	 * @param slots the slots
	 * @param latest when it must go at the latest
	 * @param now the time
	 * @return when it may go, or {@link Effects#NEVER} if not in time
	 */
	public long reserve(int slots, long latest, long now) {
		long earliest = Math.max(now, this.recovery.pausedUntil());
		long time = this.log.reserve(slots, this.backlog.slots(), earliest, latest, SLACK, now);
		use((time != SlidingWindowLog.UNKNOWN) ? time : now);
		return time;
	}

	/**
	 * Takes every free slot.
	 * @param now the time
	 * @return how many there were
	 */
	public int drain(long now) {
		int free = available(now);
		use(now);
		this.log.hold(free, now, now);
		return free;
	}

	/**
	 * What this instance has of the quota and needs of it.
	 * @param firstBulk what the call in front of the bulk lane takes
	 */
	QuotaClaim claim(Lease held, int firstBulk, boolean parked, long now) {
		Demand demand = new Demand(this.backlog.slots(), this.backlog.slots(false),
				this.bulk.ceiling(firstBulk, this.quota.limit()));
		return held.claim(this.quota, demand, parked, now);
	}

	void accept(QuotaShare share, long now) {
		if (this.lease != null) {
			this.lease.accept(share);
		}
		this.recovery.pause(now + share.pause().toNanos(), now);
	}

}
