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
import java.util.List;

import io.github.imspring.operation.Quota;
import io.github.imspring.quota.admission.WaitingCall.State;
import org.jspecify.annotations.Nullable;

/**
 * Lets calls go: at once if their quotas have the slots and nobody waits for them, else
 * in the order in which they joined, those of the bulk lane last. To be used under one
 * lock; what is to be done outside of it is in the {@link Effects}.
 *
 * @since 0.1.0
 */
public final class Admission {

	private final long maxWait;

	private final QuotaGroups groups;

	private final Leases leases;

	private final Queue queue;

	private long sequence;

	private boolean closing;

	/**
	 * Creates an admission that knows no quota.
	 * @param maxWait the longest wait of a bounded call, in nanoseconds
	 * @param maxWaiting the most calls that wait for one quota in one lane
	 * @param bulkShare the share of a window beyond which bulk takes no slots
	 * @param instances among how many instances a store shares the quotas out, 0 if there
	 * is no store
	 */
	public Admission(long maxWait, int maxWaiting, double bulkShare, int instances) {
		this.maxWait = maxWait;
		this.groups = new QuotaGroups(bulkShare, instances);
		this.leases = new Leases(this.groups);
		this.queue = new Queue(this.groups.all(), maxWait, maxWaiting);
	}

	/**
	 * All quotas.
	 * @return the quotas, also without the lock
	 */
	public List<QuotaState> quotas() {
		return this.groups.quotas();
	}

	/**
	 * The group of quotas, which are known by their names: the first of a name decides
	 * its limit.
	 * @param members the quotas, at least one
	 * @return the group, the same for the same quotas
	 */
	public QuotaGroup group(List<Quota> members) {
		return this.groups.of(members);
	}

	/**
	 * What a store has let this instance have.
	 * @return the leases, none if there is no store
	 */
	public Leases leases() {
		return this.leases;
	}

	// The life of a call

	/**
	 * Somebody asks for the grant of a call.
	 * @param group the quotas that count it
	 * @param call the call
	 * @param now the time
	 * @return the effects
	 */
	public Effects enter(QuotaGroup group, WaitingCall call, long now) {
		Effects effects = new Effects();
		if (!call.is(State.NEW)) {
			return effects;
		}
		call.ask(++this.sequence, now);
		Refusal refusal = this.closing ? Queue.closed(group) : Queue.tooHeavy(group, call);
		if (refusal == null && group.idle() && group.earliest(call, now) <= now) {
			call.grant(now);
			group.grant(call, now);
			effects.decideAtOnce(call);
			return effects;
		}
		refusal = (refusal != null) ? refusal : this.queue.refusalToWait(group, call, now);
		if (refusal != null) {
			call.refuse(refusal);
			effects.decideAtOnce(call);
			return effects;
		}
		call.become(State.WAITING);
		group.join(call, now);
		if (group.firstInItsLane(call) || group.firstBounded() == call) {
			dispatch(group, now, effects);
			if (!call.is(State.WAITING)) {
				effects.decideAtOnce(call);
			}
		}
		return effects;
	}

	/**
	 * Nobody waits for the grant of a call any more.
	 * @param group the quotas that count it
	 * @param call the call
	 * @param now the time
	 * @return the effects
	 */
	public Effects cancel(QuotaGroup group, WaitingCall call, long now) {
		Effects effects = new Effects();
		if (call.is(State.NEW)) {
			call.become(State.ENDED);
		}
		else if (call.is(State.WAITING)) {
			group.leave(call);
			call.become(State.ENDED);
			dispatch(group, now, effects);
		}
		else if (call.is(State.GRANTED)) {
			giveBack(group, call);
			dispatch(group, now, effects);
		}
		return effects;
	}

	/**
	 * A call is about to leave.
	 * @param group the quotas that count it
	 * @param call the call
	 * @param now the time
	 */
	public void sent(QuotaGroup group, WaitingCall call, long now) {
		if (call.is(State.GRANTED)) {
			call.send(now);
		}
		else if (call.is(State.RELEASED)) {
			// The cancellation crossed the sending. Whether there are slots or not, the
			// service will count the call.
			call.become(State.ENDED);
			for (QuotaState quota : group.quotas()) {
				quota.hold(quota.slots(call), now + QuotaState.SLACK, now);
			}
		}
	}

	/**
	 * A granted call ends without an answer, or unsent.
	 * @param group the quotas that count it
	 * @param call the call
	 * @param unsent whether it never left, as far as the caller knows
	 * @param now the time
	 * @return the effects
	 */
	public Effects unanswered(QuotaGroup group, WaitingCall call, boolean unsent, long now) {
		Effects effects = new Effects();
		if (unsent && call.is(State.GRANTED)) {
			giveBack(group, call);
			dispatch(group, now, effects);
		}
		else if (call.is(State.GRANTED) || call.is(State.SENT)) {
			end(group, call, now);
			dispatch(group, now, effects);
		}
		return effects;
	}

	/**
	 * The service accepted a call.
	 * @param group the quotas that count it
	 * @param call the call
	 * @param now the time
	 * @return the effects
	 */
	public Effects answered(QuotaGroup group, WaitingCall call, long now) {
		Effects effects = new Effects();
		if (endAnswered(group, call, now)) {
			for (QuotaState quota : group.quotas()) {
				quota.accepted(call);
			}
			dispatch(group, now, effects);
		}
		return effects;
	}

	/**
	 * The service throttled a call.
	 * @param group the quotas that count it
	 * @param call the call
	 * @param throttled those of the quotas that are exceeded
	 * @param retryAfter the pause that the service asked for, if it named one
	 * @param now the time
	 * @return the effects, or {@code null} if the call had ended before
	 */
	public @Nullable Effects throttled(QuotaGroup group, WaitingCall call, List<QuotaState> throttled,
			@Nullable Duration retryAfter, long now) {
		if (!endAnswered(group, call, now)) {
			return null;
		}
		Effects effects = new Effects();
		for (QuotaState quota : throttled) {
			quota.throttled(call, retryAfter, now);
			if (quota.pausedFor(now) > this.maxWait) {
				this.queue.refuseHopeless(now, effects);
			}
		}
		dispatch(group, now, effects);
		return effects;
	}

	private boolean endAnswered(QuotaGroup group, WaitingCall call, long now) {
		boolean sent = call.is(State.SENT);
		if (!sent && !call.is(State.GRANTED)) {
			return false;
		}
		if (!sent) {
			end(group, call, now);
			return true;
		}
		call.become(State.ENDED);
		for (QuotaState quota : group.quotas()) {
			quota.answered(call, now);
		}
		return true;
	}

	/**
	 * A call that ends without an answer just after it has left is still on its way.
	 */
	private static void end(QuotaGroup group, WaitingCall call, long now) {
		long until = call.is(State.SENT) ? Math.max(now, call.sentAt() + QuotaState.SLACK) : now;
		call.become(State.ENDED);
		for (QuotaState quota : group.quotas()) {
			quota.unanswered(call, until, now);
		}
	}

	private static void giveBack(QuotaGroup group, WaitingCall call) {
		call.become(State.RELEASED);
		for (QuotaState quota : group.quotas()) {
			quota.giveBack(call);
		}
	}

	/**
	 * A call that ends, or leaves, is of no concern to those who wait for other quotas.
	 */
	private void dispatch(QuotaGroup group, long now, Effects effects) {
		if (!group.idle()) {
			this.queue.dispatch(now, effects);
		}
	}

	// Those who wait

	/**
	 * Looks at those who wait.
	 * @param now the time
	 * @return the effects
	 */
	public Effects dispatch(long now) {
		Effects effects = new Effects();
		this.queue.dispatch(now, effects);
		return effects;
	}

	/**
	 * Looks at those who wait, some of whom may not be able to go any more.
	 * @param now the time
	 * @return the effects
	 */
	public Effects review(long now) {
		Effects effects = new Effects();
		this.queue.refuseHopeless(now, effects);
		this.queue.dispatch(now, effects);
		return effects;
	}

	/**
	 * What keeps the lightest call waiting.
	 * @param group the quotas that count it
	 * @param now the time
	 * @return what does so, with a wait of 0 if it could go
	 */
	public Refusal obstacle(QuotaGroup group, long now) {
		return group.obstacle(new WaitingCall(1, 1, false, true, () -> {
		}), true, now);
	}

	/**
	 * Takes no new calls any more.
	 */
	public void close() {
		this.closing = true;
	}

	/**
	 * Whether it takes no new calls any more, nobody waits, and every grant has ended.
	 * @return whether it does so
	 */
	public boolean drained() {
		if (!this.closing || !this.queue.isEmpty()) {
			return false;
		}
		for (QuotaState quota : this.groups.quotas()) {
			if (quota.inFlight() > 0) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Refuses those who wait, because the client is closed or drained.
	 * @return the effects
	 */
	public Effects refuseWaiting() {
		Effects effects = new Effects();
		this.queue.refuseAll(effects);
		return effects;
	}

}
