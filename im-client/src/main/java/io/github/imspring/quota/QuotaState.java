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
import java.time.Duration;

import io.github.imspring.operation.Quota;
import io.github.imspring.operation.Quota.Unit;
import org.jspecify.annotations.Nullable;

/**
 * A quota in the hands of a {@link QuotaDispatcher}, whose monitor guards all of it: its
 * slots, who waits for them, how the bulk lane is spread, and what the service said. All
 * times are nanoseconds on the dispatcher's clock.
 */
final class QuotaState {

	/**
	 * A pause that ends so much later is another one.
	 */
	private static final long PAUSE_TOLERANCE = Duration.ofMillis(100).toNanos();

	private static final long LONGEST_PAUSE = Duration.ofHours(1).toNanos();

	/**
	 * After a rejection so many answers in a row are enough to trust the quota again.
	 */
	private static final int CALLS_IN_FLIGHT_TO_TRUST = 32;

	/**
	 * After a pause the calls keep an even distance for at least so long: a burst would
	 * only find out how many more are refused.
	 */
	private static final long SPACED = Duration.ofSeconds(10).toNanos();

	/**
	 * The part of a window that the bulk lane may take at once before it is spread.
	 */
	private static final int BULK_BURST = 10;

	private final SlotLog log;

	/**
	 * What a store has let this instance have, or {@code null} if there is no store.
	 */
	private final @Nullable QuotaLease lease;

	private final QuotaEvents events;

	private final double bulkShare;

	private final Queued singles = new Queued();

	private final Queued bulks = new Queued();

	/**
	 * Where the use of the quota stands on the even line that the bulk lane keeps to.
	 */
	private long line;

	/**
	 * With the limit in force; read without the monitor too.
	 */
	private volatile Quota quota;

	private int inFlight;

	private int inFlightAllowed = Integer.MAX_VALUE;

	private long heldSince = -1;

	private long heldUntil;

	private long spacedUntil;

	private long spacing;

	private int streak;

	private long throttled;

	/**
	 * The pass of the dispatcher in which somebody is waiting in front.
	 */
	private int barredIn;

	/**
	 * Creates the state.
	 * @param instances among how many instances a store shares the quota out, 0 if there
	 * is no store
	 */
	QuotaState(Quota quota, String eventName, double bulkShare, int instances) {
		this.quota = quota;
		this.events = new QuotaEvents(eventName);
		this.log = new SlotLog(quota.limit(), quota.window());
		this.lease = (instances > 0) ? new QuotaLease(this.log, instances) : null;
		this.bulkShare = bulkShare;
	}

	Quota quota() {
		return this.quota;
	}

	void limit(int limit) {
		this.quota = this.quota.withLimit(limit);
		if (this.lease == null) {
			this.log.limit(limit);
		}
	}

	@Nullable QuotaLease lease() {
		return this.lease;
	}

	/**
	 * The most slots that this instance may hope for.
	 */
	int reach() {
		return (this.lease != null) ? this.lease.reach(this.quota) : this.log.limit();
	}

	QuotaEvents events() {
		return this.events;
	}

	SlotLog log() {
		return this.log;
	}

	int slots(Ticket ticket) {
		return (this.quota.unit() == Unit.CALLS) ? ticket.calls() : ticket.messages();
	}

	/**
	 * The time that the quota needs for the call.
	 */
	long cost(Ticket ticket) {
		return (long) ((double) this.log.window() * slots(ticket) / reach());
	}

	boolean barred(int pass) {
		return this.barredIn == pass;
	}

	void bar(int pass) {
		this.barredIn = pass;
	}

	void join(Ticket ticket) {
		Queued queued = queued(ticket.lane());
		queued.calls++;
		queued.slots += slots(ticket);
		use();
	}

	/**
	 * Lets the store hear of the quota from now on.
	 */
	void use() {
		if (this.lease != null) {
			this.lease.use();
		}
	}

	void leave(Ticket ticket) {
		Queued queued = queued(ticket.lane());
		queued.calls--;
		queued.slots -= slots(ticket);
	}

	/**
	 * The call waits without standing before others.
	 */
	void setAside(Ticket ticket) {
		queued(ticket.lane()).slots -= slots(ticket);
	}

	void bringBack(Ticket ticket) {
		queued(ticket.lane()).slots += slots(ticket);
	}

	int waiting(Lane lane) {
		return queued(lane).calls;
	}

	int waiting() {
		return waiting(Lane.SINGLE) + waiting(Lane.BULK);
	}

	/**
	 * When the call can go if nobody goes before it: {@code now} or earlier if it can go
	 * now, {@link SlotLog#UNKNOWN} if the end of another call must come first.
	 * @param paced whether the call must keep to the share and the even spread of bulk
	 */
	long earliest(Ticket ticket, boolean paced, long now) {
		if (this.inFlight >= this.inFlightAllowed) {
			return SlotLog.UNKNOWN;
		}
		int slots = slots(ticket);
		int ceiling = paced ? bulkCeiling(slots) : this.log.limit();
		long room = Math.max(this.heldUntil, this.log.whenAtMost(ceiling - slots, now));
		if (now < this.spacedUntil) {
			room = Math.max(room, this.spacing);
		}
		return paced ? Math.max(room, this.line - this.log.window() / BULK_BURST) : room;
	}

	/**
	 * The most slots that may be held when a bulk call of so many has gone. Calls are
	 * whole: the share is met as nearly as they allow, but at least half of what is left
	 * to single calls stays theirs.
	 */
	private int bulkCeiling(int slots) {
		return (this.lease != null && !this.lease.degraded()) ? Math.min(this.log.limit(), this.lease.bulkMost())
				: Math.min(this.log.limit(), bulkCeiling(slots, this.log.limit()));
	}

	private int bulkCeiling(int slots, int limit) {
		int share = (int) (limit * this.bulkShare);
		return Math.max(slots, share + Math.min(slots, limit - share) / 2);
	}

	/**
	 * Whether the call could go if the store let this instance have more.
	 */
	boolean lacks(Ticket ticket, boolean paced, long now) {
		int slots = slots(ticket);
		int ceiling = paced ? bulkCeiling(slots) : this.log.limit();
		return worthAsking() && this.log.held(now) > ceiling - slots;
	}

	/**
	 * Whether the store may let this instance have more at once.
	 */
	boolean worthAsking() {
		return this.lease != null && this.lease.worthAsking(this.quota);
	}

	/**
	 * What this instance has of the quota and needs of it.
	 * @param weight what the heaviest call in front of a lane takes
	 */
	QuotaClaim claim(QuotaLease lease, int weight, long now) {
		return lease.claim(this.quota, waitingSlots(), this.singles.slots, weight,
				bulkCeiling(weight, this.quota.limit()), now);
	}

	void accept(QuotaShare share, long now) {
		if (this.lease != null) {
			this.lease.accept(share);
		}
		long until = now + share.pause().toNanos();
		if (until > Math.max(now, this.heldUntil) + PAUSE_TOLERANCE) {
			// Another instance was refused.
			this.heldSince = now;
			this.heldUntil = until;
			this.inFlightAllowed = 1;
			space();
		}
	}

	/**
	 * A time before which the call surely cannot go.
	 * @param inFront whether nobody is to go before it, as opposed to all who wait now
	 */
	long forecast(Ticket ticket, boolean inFront, long now) {
		long ahead = inFront ? 0 : (ticket.lane() == Lane.SINGLE) ? this.singles.slots : waitingSlots();
		long toFree = this.log.held(now) + ahead + slots(ticket) - reach();
		long start = Math.max(now, this.heldUntil);
		if (toFree <= 0) {
			return start;
		}
		long windows = (toFree - 1) / reach();
		long due = this.log.whenFreed(toFree - windows * reach(), now);
		return Math.max(start,
				((due != SlotLog.UNKNOWN) ? due : this.log.soonestEnd(now)) + windows * this.log.window());
	}

	void grant(Ticket ticket, long now) {
		int slots = slots(ticket);
		this.log.take(slots);
		this.inFlight++;
		this.spacing = Math.max(this.spacing, now) + cost(ticket);
		use();
		long step = (long) (cost(ticket) / this.bulkShare);
		long advanced = Math.max(this.line, now) + step;
		// Single calls are not spread: they use up the line, but run no debt on it.
		this.line = (ticket.lane() == Lane.BULK) ? advanced
				: Math.min(advanced, Math.max(this.line, now + this.log.window() / BULK_BURST));
	}

	void giveBack(Ticket ticket) {
		this.log.giveBack(slots(ticket));
		this.inFlight--;
	}

	void answered(Ticket ticket, long sent, long now) {
		this.log.answered(slots(ticket), sent, now);
		this.inFlight--;
	}

	void unanswered(Ticket ticket, long from, long now) {
		this.log.unanswered(slots(ticket), from, now);
		this.inFlight--;
	}

	/**
	 * The service let a call pass. While it is doubted, each such answer lets one more
	 * call be under way at a time.
	 */
	void accepted(long granted) {
		if (this.inFlightAllowed != Integer.MAX_VALUE && granted > this.heldSince
				&& ++this.inFlightAllowed >= CALLS_IN_FLIGHT_TO_TRUST) {
			this.inFlightAllowed = Integer.MAX_VALUE;
		}
	}

	/**
	 * The service refused a call. Nothing goes during a pause, which grows if the first
	 * call after it is refused again; then the calls go one at a time, two, three, and
	 * evenly for a while. What was under way when the pause began says nothing new.
	 * @return for how long nothing goes
	 */
	long throttled(long granted, @Nullable Duration retryAfter, long now) {
		this.throttled++;
		boolean news = granted > this.heldSince;
		if (news) {
			this.streak = (this.inFlightAllowed == 1) ? this.streak + 1 : 0;
			this.heldSince = now;
			this.inFlightAllowed = 1;
		}
		if (retryAfter != null && retryAfter.compareTo(Duration.ZERO) > 0) {
			boolean endless = retryAfter.compareTo(Duration.ofNanos(LONGEST_PAUSE)) > 0;
			this.heldUntil = Math.max(this.heldUntil, now + (endless ? LONGEST_PAUSE : retryAfter.toNanos()));
		}
		else if (news) {
			this.heldUntil = Math.max(this.heldUntil, now + pause());
		}
		space();
		if (this.lease != null) {
			this.lease.pauseAll(this.heldUntil);
		}
		return heldBackFor(now);
	}

	private void space() {
		this.spacedUntil = this.heldUntil + Math.max(SPACED, this.log.window());
	}

	private long pause() {
		// A second for calls, and 5 s for messages: their window is long, but the slots
		// that another program took come free all along it.
		long first = (this.quota.unit() == Unit.CALLS) ? this.log.window() : this.log.window() / 12;
		long longest = (this.quota.unit() == Unit.CALLS) ? 10 * this.log.window() : this.log.window();
		return Math.min(longest, first << Math.min(this.streak, 8));
	}

	long heldUntil() {
		return this.heldUntil;
	}

	long heldBackFor(long now) {
		return Math.max(0, this.heldUntil - now);
	}

	int available(long now) {
		if (this.heldUntil > now) {
			return 0;
		}
		if (this.lease != null && !this.lease.used()) {
			// The store has not been asked.
			return this.quota.limit();
		}
		int free = (int) Math.max(0, this.log.limit() - this.log.held(now));
		return free + ((this.lease != null) ? this.lease.free() : 0);
	}

	long waitingSlots() {
		return this.singles.slots + this.bulks.slots;
	}

	QuotaSnapshot snapshot(long now) {
		return new QuotaSnapshot(quota(), available(now), waiting(), Duration.ofNanos(heldBackFor(now)),
				this.throttled);
	}

	private Queued queued(Lane lane) {
		return (lane == Lane.SINGLE) ? this.singles : this.bulks;
	}

	/**
	 * Who waits in one lane.
	 */
	private static final class Queued {

		private int calls;

		private long slots;

	}

}
