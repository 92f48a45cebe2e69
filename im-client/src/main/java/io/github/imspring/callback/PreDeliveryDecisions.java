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

package io.github.imspring.callback;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeoutException;

import io.micrometer.observation.Observation;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Asks the filters about a message, and has the default verdict for those that fail or
 * are late.
 */
final class PreDeliveryDecisions {

	private static final int TASKS = 100;

	private static final int IDLE_SECONDS = 60;

	private final List<PreDeliveryFilter> filters;

	private final Duration timeout;

	private final Verdict defaultVerdict;

	private final HandlingObservations observations;

	private final ThrottledLog log;

	private final Scheduler scheduler;

	PreDeliveryDecisions(List<PreDeliveryFilter> filters, Duration timeout, Verdict defaultVerdict, int threads,
			HandlingObservations observations, InstantSource clock) {
		this.filters = filters;
		this.timeout = timeout;
		this.defaultVerdict = defaultVerdict;
		this.observations = observations;
		this.log = new ThrottledLog(LogFactory.getLog(PreDeliveryDecisions.class), clock);
		this.scheduler = Schedulers.newBoundedElastic(threads, TASKS, "im-callback-filter", IDLE_SECONDS, true);
	}

	/**
	 * Decides about a message.
	 * @param message the message
	 * @param firstTime whether it is asked about for the first time
	 * @param receiving the observation of the request, if there is one
	 * @return the decision, when it is there or the time is over; never fails
	 */
	Mono<Decision> decide(PreDelivery message, Mono<Boolean> firstTime, @Nullable Observation receiving) {
		Handling handling = this.observations.start(CallbackObserver.PRE_DELIVERY, receiving);
		return firstTime.flatMap((first) -> first ? ask(message) : Mono.just(Decision.REPLAYED))
			.timeout(this.timeout)
			.onErrorResume((failure) -> Mono.just(instead(failure, handling)))
			.doOnNext((decision) -> handling.end(decision.outcome().tag()))
			.doOnCancel(() -> handling.end("cancelled"))
			.contextWrite(handling.asParent());
	}

	/**
	 * Each filter on a thread that it may block, whichever the one before ended on.
	 */
	private Mono<Decision> ask(PreDelivery message) {
		return Flux.fromIterable(this.filters)
			.concatMap((filter) -> Mono.defer(() -> filter.decide(message)).subscribeOn(this.scheduler))
			.filter((verdict) -> !verdict.isPlainDelivery())
			.next()
			.defaultIfEmpty(Verdict.deliver())
			.map((verdict) -> decision(message, verdict));
	}

	private static Decision decision(PreDelivery message, Verdict verdict) {
		if (!verdict.isFor(message)) {
			throw new IllegalStateException("The verdict was made for another message");
		}
		if (!verdict.delivers()) {
			return new Decision(CallbackOutcome.STOPPED, verdict);
		}
		return new Decision(verdict.replaces() ? CallbackOutcome.REPLACED : CallbackOutcome.DELIVERED, verdict);
	}

	private Decision instead(Throwable failure, Handling handling) {
		handling.fail(failure);
		if (failure instanceof TimeoutException) {
			this.log.warn("No filter decided about a message within %d ms, so it is treated as by default: %s"
				.formatted(this.timeout.toMillis(), this.defaultVerdict));
			return new Decision(CallbackOutcome.LATE, this.defaultVerdict);
		}
		this.log.warn("A filter failed, so its message is treated as by default: " + this.defaultVerdict, failure);
		return new Decision(CallbackOutcome.FAILED, this.defaultVerdict);
	}

	void close() {
		this.scheduler.dispose();
	}

	/**
	 * What was decided.
	 *
	 * @param outcome what became of the question
	 * @param verdict the verdict
	 */
	record Decision(CallbackOutcome outcome, Verdict verdict) {

		static final Decision REPLAYED = new Decision(CallbackOutcome.REPLAYED, Verdict.deliver());

	}

}
