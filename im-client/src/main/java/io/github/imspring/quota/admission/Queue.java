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

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.imspring.operation.Quota;
import io.github.imspring.quota.admission.Refusal.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The calls that wait in all groups: who goes next, and who need not wait any longer.
 */
final class Queue {

	/**
	 * When a queue that is full now may have a place.
	 */
	private static final long SOON = 10_000_000;

	private final List<QuotaGroup> groups;

	private final long maxWait;

	private final int maxWaiting;

	Queue(List<QuotaGroup> groups, long maxWait, int maxWaiting) {
		this.groups = groups;
		this.maxWait = maxWait;
		this.maxWaiting = maxWaiting;
	}

	boolean isEmpty() {
		for (QuotaGroup group : this.groups) {
			if (group.head() != null) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Grants what can go, in the order in which the calls joined, those of the bulk lane
	 * last. Nobody takes a slot before a call that joined sooner and waits for it.
	 */
	void dispatch(long now, Effects effects) {
		expire(now, effects);
		List<QuotaGroup> waiting = new ArrayList<>(this.groups);
		waiting.removeIf((group) -> group.head() == null);
		Set<QuotaState> awaited = new HashSet<>();
		QuotaGroup next = next(waiting);
		while (next != null) {
			WaitingCall head = next.head();
			if (head == null) {
				waiting.remove(next);
			}
			else {
				long earliest = disjoint(next, awaited) ? next.earliest(head, now) : Effects.NEVER;
				if (earliest <= now) {
					next.leave(head);
					head.grant(now);
					next.grant(head, now);
					effects.decide(head);
				}
				else {
					effects.wakeNoLaterThan(earliest);
					effects.wantSlots(next.lacks(head, now));
					awaited.addAll(next.quotas());
					waiting.remove(next);
				}
			}
			next = next(waiting);
		}
	}

	private static boolean disjoint(QuotaGroup group, Set<QuotaState> awaited) {
		for (QuotaState quota : group.quotas()) {
			if (awaited.contains(quota)) {
				return false;
			}
		}
		return true;
	}

	private static @Nullable QuotaGroup next(List<QuotaGroup> waiting) {
		QuotaGroup next = null;
		WaitingCall first = null;
		boolean firstPaced = false;
		for (QuotaGroup group : waiting) {
			WaitingCall head = group.head();
			if (head == null) {
				continue;
			}
			boolean paced = group.paced(head);
			if (first == null || ((paced == firstPaced) ? head.sequence() < first.sequence() : firstPaced)) {
				next = group;
				first = head;
				firstPaced = paced;
			}
		}
		return next;
	}

	/**
	 * Refuses those whose longest wait is over.
	 */
	private void expire(long now, Effects effects) {
		for (QuotaGroup group : this.groups) {
			WaitingCall oldest = group.firstBounded();
			while (oldest != null && oldest.joinedAt() + this.maxWait <= now) {
				refuse(group, oldest, group.obstacle(oldest, true, now), effects);
				oldest = group.firstBounded();
			}
			if (oldest != null) {
				effects.wakeNoLaterThan(oldest.joinedAt() + this.maxWait);
			}
		}
	}

	/**
	 * Refuses those who wait and surely cannot go, or not in time.
	 */
	void refuseHopeless(long now, Effects effects) {
		for (QuotaGroup group : this.groups) {
			for (WaitingCall call : group.waiting()) {
				Refusal refusal = tooHeavy(group, call);
				if (refusal == null && call.bounded()) {
					Refusal obstacle = group.obstacle(call, true, now);
					refusal = (now + obstacle.nanos() > call.joinedAt() + this.maxWait) ? obstacle : null;
				}
				if (refusal != null) {
					refuse(group, call, refusal, effects);
				}
			}
		}
	}

	void refuseAll(Effects effects) {
		for (QuotaGroup group : this.groups) {
			for (WaitingCall call : group.waiting()) {
				refuse(group, call, closed(group), effects);
			}
		}
	}

	private static void refuse(QuotaGroup group, WaitingCall call, Refusal refusal, Effects effects) {
		group.leave(call);
		call.refuse(refusal);
		effects.decide(call);
	}

	static Refusal closed(QuotaGroup group) {
		return Refusal.bound(Reason.CLOSED, group.quotas().get(0).quota(), 0, 0);
	}

	/**
	 * Why the call can never be granted, if so.
	 */
	static @Nullable Refusal tooHeavy(QuotaGroup group, WaitingCall call) {
		for (QuotaState state : group.quotas()) {
			Quota quota = state.quota();
			int slots = state.slots(call);
			if (slots > quota.limit()) {
				return Refusal.bound(Reason.TOO_HEAVY, quota, slots, quota.limit());
			}
			if (slots > state.reach()) {
				return Refusal.bound(Reason.TOO_HEAVY_FOR_SHARE, quota, slots, state.reach());
			}
		}
		return null;
	}

	/**
	 * Why the call cannot wait, if so.
	 */
	@Nullable Refusal refusalToWait(QuotaGroup group, WaitingCall call, long now) {
		Refusal obstacle = group.obstacle(call, false, now);
		for (QuotaState quota : group.quotas()) {
			if (quota.backlog().calls(call.bulk()) >= this.maxWaiting) {
				return new Refusal(Reason.QUEUE_FULL, obstacle.quota(), quota.slots(call), this.maxWaiting,
						Math.max(SOON, obstacle.nanos()));
			}
		}
		return (call.bounded() && obstacle.nanos() > this.maxWait) ? obstacle : null;
	}

}
