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

import io.github.imspring.operation.Quota.Unit;
import org.jspecify.annotations.Nullable;

/**
 * A call as the quotas see it: what it takes of them, where it waits, and how far it has
 * come.
 *
 * @since 0.1.0
 */
public final class WaitingCall {

	private final int calls;

	private final int messages;

	private final boolean bulk;

	private final boolean bounded;

	private final Runnable whenDecided;

	private State state = State.NEW;

	private long sequence;

	private long joinedAt;

	private long grantedAt;

	private long sentAt;

	private @Nullable Refusal refusal;

	/**
	 * Creates a call that nobody has asked for yet.
	 * @param calls the slots that it takes of a quota of calls
	 * @param messages the slots that it takes of a quota of messages
	 * @param bulk whether it waits in the bulk lane
	 * @param bounded whether the longest wait applies
	 * @param whenDecided runs once the call is granted or refused
	 */
	public WaitingCall(int calls, int messages, boolean bulk, boolean bounded, Runnable whenDecided) {
		this.calls = calls;
		this.messages = messages;
		this.bulk = bulk;
		this.bounded = bounded;
		this.whenDecided = whenDecided;
	}

	/**
	 * The slots that the call takes of a quota.
	 * @param unit what the quota counts
	 * @return the slots, at least 1
	 */
	public int slots(Unit unit) {
		return (unit == Unit.CALLS) ? this.calls : this.messages;
	}

	/**
	 * Runs once the call is {@linkplain #refusal() refused} or granted.
	 * @return what to run, outside the lock
	 */
	public Runnable whenDecided() {
		return this.whenDecided;
	}

	/**
	 * Why the call is refused.
	 * @return the reason, or {@code null} if it is not
	 */
	public @Nullable Refusal refusal() {
		return this.refusal;
	}

	/**
	 * How long a granted call has waited.
	 * @return nanoseconds, 0 if it went at once
	 */
	public long waited() {
		return this.grantedAt - this.joinedAt;
	}

	boolean bulk() {
		return this.bulk;
	}

	boolean bounded() {
		return this.bounded;
	}

	boolean is(State expected) {
		return this.state == expected;
	}

	void become(State next) {
		this.state = next;
	}

	void ask(long number, long now) {
		this.sequence = number;
		this.joinedAt = now;
	}

	void grant(long now) {
		this.state = State.GRANTED;
		this.grantedAt = now;
	}

	void refuse(Refusal reason) {
		this.state = State.ENDED;
		this.refusal = reason;
	}

	void send(long now) {
		this.state = State.SENT;
		this.sentAt = now;
	}

	long sequence() {
		return this.sequence;
	}

	long joinedAt() {
		return this.joinedAt;
	}

	long grantedAt() {
		return this.grantedAt;
	}

	long sentAt() {
		return this.sentAt;
	}

	/**
	 * How far a call has come.
	 */
	enum State {

		/**
		 * Nobody has asked for its grant.
		 */
		NEW,

		/**
		 * It waits in its lane.
		 */
		WAITING,

		/**
		 * It holds its slots and is not sent.
		 */
		GRANTED,

		/**
		 * It holds its slots and is sent.
		 */
		SENT,

		/**
		 * It held slots and gave them back unused.
		 */
		RELEASED,

		/**
		 * It is over.
		 */
		ENDED

	}

}
