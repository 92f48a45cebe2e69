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
import java.util.List;

import io.github.imspring.operation.Quota.Unit;
import io.github.imspring.quota.admission.QuotaGroup;
import io.github.imspring.quota.admission.QuotaState;
import io.github.imspring.quota.admission.Refusal;
import io.github.imspring.quota.admission.WaitingCall;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/**
 * The subscription of whoever asks for a grant, which becomes the grant.
 */
final class GrantSubscription implements Grant, Subscription, Runnable {

	private final CountedQuotas quotas;

	private final Ask ask;

	private final CoreSubscriber<? super Grant> subscriber;

	private final WaitingCall call;

	private volatile boolean cancelled;

	private volatile boolean answered;

	private GrantSubscription(CountedQuotas quotas, Ask ask, CoreSubscriber<? super Grant> subscriber) {
		this.quotas = quotas;
		this.ask = ask;
		this.subscriber = subscriber;
		this.call = new WaitingCall(ask.calls(), ask.messages(), ask.bulk(), ask.bounded(), this);
	}

	/**
	 * The grant of a call, asked for with each subscription.
	 */
	static Mono<Grant> mono(CountedQuotas quotas, Ask ask) {
		return new Mono<>() {

			@Override
			public void subscribe(CoreSubscriber<? super Grant> subscriber) {
				subscriber.onSubscribe(new GrantSubscription(quotas, ask, subscriber));
			}

		};
	}

	@Override
	public void request(long n) {
		if (Operators.validate(n)) {
			this.quotas.dispatcher().enter(group(), this.call);
		}
	}

	@Override
	public void cancel() {
		this.cancelled = true;
		this.quotas.dispatcher().cancel(group(), this.call);
	}

	/**
	 * The call is granted or refused.
	 */
	@Override
	public void run() {
		if (this.cancelled) {
			return;
		}
		Refusal refusal = this.call.refusal();
		if (refusal != null) {
			for (QuotaReport report : this.quotas.reports()) {
				report.notPermitted(report.quota().slots(this.call));
			}
			this.subscriber.onError(this.quotas.wording().of(this.ask.operation(), refusal));
			return;
		}
		Duration waited = Duration.ofNanos(this.call.waited());
		for (QuotaReport report : this.quotas.reports()) {
			report.granted(report.quota().slots(this.call), waited);
		}
		this.subscriber.onNext(this);
		this.subscriber.onComplete();
	}

	@Override
	public void sent() {
		this.quotas.dispatcher().sent(group(), this.call);
	}

	@Override
	public void release() {
		if (!this.answered) {
			this.quotas.dispatcher().release(group(), this.call);
		}
	}

	@Override
	public void answered() {
		this.answered = true;
		this.quotas.dispatcher().answered(group(), this.call);
	}

	@Override
	public void unanswered() {
		this.quotas.dispatcher().unanswered(group(), this.call);
	}

	@Override
	public void throttled(Unit unit, @Nullable Duration retryAfter) {
		List<QuotaReport> all = this.quotas.reports();
		List<QuotaReport> named = all.stream().filter((report) -> report.quota().quota().unit() == unit).toList();
		List<QuotaReport> exceeded = named.isEmpty() ? all : named;
		List<QuotaState> states = exceeded.stream().map(QuotaReport::quota).toList();
		long[] pauses = this.quotas.dispatcher().throttled(group(), this.call, states, retryAfter);
		for (int i = 0; pauses != null && i < pauses.length; i++) {
			exceeded.get(i).throttled(Duration.ofNanos(pauses[i]));
		}
	}

	private QuotaGroup group() {
		return this.quotas.group();
	}

	/**
	 * What a call asks for.
	 *
	 * @param operation the name of the operation
	 * @param calls the slots that it takes of a quota of calls
	 * @param messages the slots that it takes of a quota of messages
	 * @param bulk whether it waits in the bulk lane
	 * @param bounded whether the longest wait applies
	 */
	record Ask(String operation, int calls, int messages, boolean bulk, boolean bounded) {
	}

}
