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

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Quotas that count the same calls, and the two lanes in which those calls wait. Guarded
 * by the dispatcher's monitor.
 */
final class QuotaGroup {

	/**
	 * Of the time that single calls are granted while bulk calls wait, one part in so
	 * many goes to bulk besides.
	 */
	private static final int SINGLES_TO_BULK = 15;

	private final List<QuotaState> quotas;

	private final Set<Ticket> singles = new LinkedHashSet<>();

	private final Set<Ticket> bulks = new LinkedHashSet<>();

	/**
	 * Waiting calls that are heavier than what this instance may hope for, as long as the
	 * store is lost. They stand before nobody.
	 */
	private final Set<Ticket> aside = new LinkedHashSet<>();

	private long bulkCredit;

	private int stoppedIn;

	QuotaGroup(List<QuotaState> quotas) {
		this.quotas = List.copyOf(quotas);
	}

	List<QuotaState> quotas() {
		return this.quotas;
	}

	void join(Ticket ticket) {
		lane(ticket.lane()).add(ticket);
		for (QuotaState quota : this.quotas) {
			quota.join(ticket);
		}
		if (!fits(ticket)) {
			setAside(ticket);
		}
	}

	private boolean fits(Ticket ticket) {
		for (QuotaState quota : this.quotas) {
			if (quota.slots(ticket) > quota.reach()) {
				return false;
			}
		}
		return true;
	}

	private void setAside(Ticket ticket) {
		lane(ticket.lane()).remove(ticket);
		this.aside.add(ticket);
		this.quotas.forEach((quota) -> quota.setAside(ticket));
	}

	/**
	 * Sets those aside that have become too heavy, and those that no longer are where
	 * they stood.
	 */
	void arrange() {
		List<Ticket> back = this.aside.stream().filter(this::fits).toList();
		for (Lane lane : Lane.values()) {
			Set<Ticket> waiting = lane(lane);
			waiting.stream().filter((ticket) -> !fits(ticket)).toList().forEach(this::setAside);
			List<Ticket> inOrder = Stream
				.concat(waiting.stream(), back.stream().filter((ticket) -> ticket.lane() == lane))
				.sorted(Comparator.comparingLong(Ticket::sequence))
				.toList();
			waiting.clear();
			waiting.addAll(inOrder);
		}
		for (Ticket ticket : back) {
			this.aside.remove(ticket);
			this.quotas.forEach((quota) -> quota.bringBack(ticket));
		}
	}

	/**
	 * Those that wait and can go only if this instance may have more.
	 */
	List<Ticket> tooHeavy() {
		return List.copyOf(this.aside);
	}

	/**
	 * All who wait, in the order in which they joined.
	 */
	List<Ticket> waiting() {
		return Stream.of(this.singles, this.bulks, this.aside)
			.flatMap(Set::stream)
			.sorted(Comparator.comparingLong(Ticket::sequence))
			.toList();
	}

	void leave(Ticket ticket) {
		if (this.aside.remove(ticket)) {
			this.quotas.forEach((quota) -> quota.bringBack(ticket));
		}
		lane(ticket.lane()).remove(ticket);
		for (QuotaState quota : this.quotas) {
			quota.leave(ticket);
		}
	}

	/**
	 * Whether nobody waits for any of the quotas.
	 */
	boolean idle() {
		for (QuotaState quota : this.quotas) {
			if (quota.waiting() > 0) {
				return false;
			}
		}
		return true;
	}

	/**
	 * The call whose turn it is.
	 * @return the call, or {@code null} if nobody waits in the lanes
	 */
	@Nullable Ticket head() {
		Ticket single = first(this.singles);
		Ticket bulk = first(this.bulks);
		if (single == null || bulk == null) {
			return (single != null) ? single : bulk;
		}
		return paced(bulk) ? single : bulk;
	}

	boolean heads(Ticket ticket) {
		return first(lane(ticket.lane())) == ticket;
	}

	/**
	 * Whether a call must keep to what bulk calls may use: not if it is a single call,
	 * nor if single calls have gone before it for long enough.
	 */
	boolean paced(Ticket ticket) {
		return ticket.lane() == Lane.BULK && (this.bulkCredit == 0 || this.bulkCredit < cost(ticket));
	}

	/**
	 * When the call can go if nobody goes before it.
	 */
	long earliest(Ticket ticket, long now) {
		boolean paced = paced(ticket);
		long earliest = now;
		for (QuotaState quota : this.quotas) {
			earliest = Math.max(earliest, quota.earliest(ticket, paced, now));
		}
		return earliest;
	}

	/**
	 * Whether the call could go if a store let this instance have more.
	 */
	boolean lacks(Ticket ticket, long now) {
		boolean paced = paced(ticket);
		for (QuotaState quota : this.quotas) {
			if (quota.lacks(ticket, paced, now)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * What the heaviest call in front of a lane takes of the quota, 1 if nobody waits.
	 */
	int heaviest(QuotaState quota) {
		int slots = 1;
		for (Lane lane : Lane.values()) {
			Ticket first = first(lane(lane));
			slots = (first != null && this.quotas.contains(quota)) ? Math.max(slots, quota.slots(first)) : slots;
		}
		return slots;
	}

	void grant(Ticket ticket, long now) {
		if (ticket.lane() == Lane.BULK) {
			this.bulkCredit = this.bulks.isEmpty() ? 0 : Math.max(0, this.bulkCredit - cost(ticket));
		}
		else {
			Ticket bulk = first(this.bulks);
			this.bulkCredit = (bulk != null) ? Math.min(cost(bulk), this.bulkCredit + cost(ticket) / SINGLES_TO_BULK)
					: 0;
		}
		for (QuotaState quota : this.quotas) {
			quota.grant(ticket, now);
		}
	}

	boolean barred(int pass) {
		for (QuotaState quota : this.quotas) {
			if (quota.barred(pass)) {
				return true;
			}
		}
		return false;
	}

	boolean stopped(int pass) {
		return this.stoppedIn == pass;
	}

	/**
	 * Nobody behind the head of this group may take a slot before it in this pass.
	 */
	void stop(int pass) {
		this.stoppedIn = pass;
		for (QuotaState quota : this.quotas) {
			quota.bar(pass);
		}
	}

	private long cost(Ticket ticket) {
		long cost = 0;
		for (QuotaState quota : this.quotas) {
			cost = Math.max(cost, quota.cost(ticket));
		}
		return cost;
	}

	private Set<Ticket> lane(Lane lane) {
		return (lane == Lane.SINGLE) ? this.singles : this.bulks;
	}

	private static @Nullable Ticket first(Set<Ticket> lane) {
		return lane.isEmpty() ? null : lane.iterator().next();
	}

}
