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

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Quotas that count the same operations, and the two lanes of the calls that wait for all
 * of them.
 *
 * @since 0.1.0
 */
public final class QuotaGroup {

	/**
	 * Of the time that single calls are granted while bulk calls wait, one in so many
	 * goes to bulk besides.
	 */
	private static final int SINGLES_TO_BULK = 15;

	private final List<QuotaState> quotas;

	private final LaneQueue singles = new LaneQueue();

	private final LaneQueue bulks = new LaneQueue();

	/**
	 * The time that single calls owe to bulk.
	 */
	private long bulkCredit;

	QuotaGroup(List<QuotaState> quotas) {
		this.quotas = List.copyOf(quotas);
		this.quotas.forEach((quota) -> quota.backlog().attach(this.singles, this.bulks));
	}

	/**
	 * The quotas.
	 * @return at least one
	 */
	public List<QuotaState> quotas() {
		return this.quotas;
	}

	void join(WaitingCall call, long now) {
		lane(call).join(call);
		this.quotas.forEach((quota) -> quota.use(now));
	}

	void leave(WaitingCall call) {
		lane(call).leave(call);
	}

	/**
	 * All who wait, single calls first.
	 */
	List<WaitingCall> waiting() {
		return Stream.of(this.singles, this.bulks).flatMap((lane) -> lane.waiting().stream()).toList();
	}

	/**
	 * Whether nobody waits for any of the quotas.
	 */
	boolean idle() {
		for (QuotaState quota : this.quotas) {
			if (!quota.backlog().isEmpty()) {
				return false;
			}
		}
		return true;
	}

	/**
	 * The call whose turn it is.
	 * @return the call, or {@code null} if nobody waits
	 */
	@Nullable WaitingCall head() {
		WaitingCall single = this.singles.first();
		WaitingCall bulk = this.bulks.first();
		if (single == null || bulk == null) {
			return (single != null) ? single : bulk;
		}
		return paced(bulk) ? single : bulk;
	}

	/**
	 * The call that the longest wait ends first.
	 */
	@Nullable WaitingCall firstBounded() {
		WaitingCall single = this.singles.firstBounded();
		return (single != null) ? single : this.bulks.firstBounded();
	}

	boolean firstInItsLane(WaitingCall call) {
		return lane(call).first() == call;
	}

	/**
	 * Whether a call must keep to what bulk calls may use: not if it is a single call,
	 * nor if single calls have gone before it for long enough.
	 */
	boolean paced(WaitingCall call) {
		return call.bulk() && (this.bulkCredit == 0 || this.bulkCredit < cost(call));
	}

	/**
	 * When the call can go if nobody goes before it.
	 */
	long earliest(WaitingCall call, long now) {
		boolean paced = paced(call);
		long earliest = now;
		for (QuotaState quota : this.quotas) {
			earliest = Math.max(earliest, quota.earliest(call, paced, now));
		}
		return earliest;
	}

	/**
	 * Whether the call could go if a store let this instance have more.
	 */
	boolean lacks(WaitingCall call, long now) {
		boolean paced = paced(call);
		for (QuotaState quota : this.quotas) {
			if (quota.lacks(call, paced, now)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * What the call in front of the bulk lane takes of the quota, 1 if there is none.
	 */
	int firstBulk(QuotaState quota) {
		WaitingCall first = this.bulks.first();
		return (first != null && this.quotas.contains(quota)) ? quota.slots(first) : 1;
	}

	void grant(WaitingCall call, long now) {
		if (call.bulk()) {
			this.bulkCredit = (this.bulks.size() > 0) ? Math.max(0, this.bulkCredit - cost(call)) : 0;
		}
		else {
			WaitingCall bulk = this.bulks.first();
			this.bulkCredit = (bulk != null) ? Math.min(cost(bulk), this.bulkCredit + cost(call) / SINGLES_TO_BULK) : 0;
		}
		for (QuotaState quota : this.quotas) {
			quota.grant(call, now);
		}
	}

	/**
	 * What keeps the call waiting longest.
	 * @param inFront whether nobody is to go before it, as opposed to all who wait now
	 */
	Refusal obstacle(WaitingCall call, boolean inFront, long now) {
		Refusal longest = this.quotas.get(0).obstacle(call, inFront, now);
		for (int i = 1; i < this.quotas.size(); i++) {
			Refusal other = this.quotas.get(i).obstacle(call, inFront, now);
			longest = (other.nanos() > longest.nanos()) ? other : longest;
		}
		return longest;
	}

	private long cost(WaitingCall call) {
		long cost = 0;
		for (QuotaState quota : this.quotas) {
			cost = Math.max(cost, quota.cost(call));
		}
		return cost;
	}

	private LaneQueue lane(WaitingCall call) {
		return call.bulk() ? this.bulks : this.singles;
	}

}
