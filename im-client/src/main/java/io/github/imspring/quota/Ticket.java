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

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.imspring.operation.Quota.Unit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/**
 * A call on its way through a {@link QuotaDispatcher}: first it waits, as the
 * subscription of whoever asked for the grant; then it is the grant.
 */
final class Ticket implements Grant, Subscription {

	private final QuotaDispatcher dispatcher;

	private final QuotaGroup group;

	private final Claim claim;

	private final CoreSubscriber<? super Grant> subscriber;

	private final AtomicBoolean requested = new AtomicBoolean();

	private volatile boolean cancelled;

	private @Nullable Refusal refusal;

	// Guarded by the dispatcher's monitor.

	private State state = State.NEW;

	private long sequence;

	private long joined;

	private long granted;

	private long sent;

	Ticket(QuotaDispatcher dispatcher, QuotaGroup group, Claim claim, CoreSubscriber<? super Grant> subscriber) {
		this.dispatcher = dispatcher;
		this.group = group;
		this.claim = claim;
		this.subscriber = subscriber;
	}

	@Override
	public void request(long n) {
		if (Operators.validate(n) && this.requested.compareAndSet(false, true)) {
			this.dispatcher.enter(this);
		}
	}

	@Override
	public void cancel() {
		this.cancelled = true;
		this.dispatcher.cancel(this);
	}

	/**
	 * Tells the subscriber what became of the call; outside the monitor.
	 */
	void settle() {
		if (this.cancelled) {
			return;
		}
		Refusal refusal = this.refusal;
		if (refusal != null) {
			this.dispatcher.reportRefused(this);
			this.subscriber.onError(refusal.toException());
			return;
		}
		this.dispatcher.reportGranted(this, Duration.ofNanos(this.granted - this.joined));
		this.subscriber.onNext(this);
		this.subscriber.onComplete();
	}

	@Override
	public void sent() {
		this.dispatcher.sent(this);
	}

	@Override
	public void release() {
		this.dispatcher.release(this);
	}

	@Override
	public void answered() {
		this.dispatcher.answered(this);
	}

	@Override
	public void unanswered() {
		this.dispatcher.unanswered(this);
	}

	@Override
	public void throttled(Unit unit, @Nullable Duration retryAfter) {
		this.dispatcher.throttled(this, unit, retryAfter);
	}

	QuotaGroup group() {
		return this.group;
	}

	String operation() {
		return this.claim.operation();
	}

	int calls() {
		return this.claim.calls();
	}

	int messages() {
		return this.claim.messages();
	}

	Lane lane() {
		return this.claim.lane();
	}

	/**
	 * Whether the longest wait applies.
	 */
	boolean impatient() {
		return this.claim.impatient();
	}

	boolean is(State state) {
		return this.state == state;
	}

	void become(State state) {
		this.state = state;
	}

	void join(long sequence, long now) {
		this.sequence = sequence;
		this.joined = now;
	}

	void grant(long now) {
		this.state = State.GRANTED;
		this.granted = now;
	}

	void refuse(Refusal refusal) {
		this.state = State.ENDED;
		this.refusal = refusal;
	}

	void sent(long now) {
		this.state = State.SENT;
		this.sent = now;
	}

	long sequence() {
		return this.sequence;
	}

	long joinedAt() {
		return this.joined;
	}

	long grantedAt() {
		return this.granted;
	}

	long sentAt() {
		return this.sent;
	}

	/**
	 * Where a call stands.
	 */
	enum State {

		/**
		 * Nobody has asked for the grant yet.
		 */
		NEW,

		/**
		 * In its lane.
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

	/**
	 * What a call asks for.
	 *
	 * @param operation the name of the operation
	 * @param calls the slots that it takes of a quota of calls
	 * @param messages the slots that it takes of a quota of messages
	 * @param lane where it waits
	 * @param impatient whether the longest wait applies
	 */
	record Claim(String operation, int calls, int messages, Lane lane, boolean impatient) {
	}

}
