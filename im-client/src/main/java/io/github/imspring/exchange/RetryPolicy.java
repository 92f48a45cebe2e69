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

package io.github.imspring.exchange;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

import io.github.imspring.error.ImAuthenticationException;
import io.github.imspring.error.ImException;
import io.github.imspring.error.ImQuotaExceededException;
import io.github.imspring.error.ImServerException;
import io.github.imspring.error.ImTransportException;
import io.github.imspring.observation.RetryReason;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Whether and when a failed call is repeated. What the service surely did not act on is
 * repeated for every operation, what it may have acted on only if repeating is harmless.
 */
final class RetryPolicy {

	private static final int MAX_DOUBLINGS = 30;

	private final RetrySettings settings;

	private final Mono<Void> closed;

	private final Scheduler scheduler;

	private final RandomGenerator random;

	RetryPolicy(RetrySettings settings, Mono<Void> closed, Scheduler scheduler, RandomGenerator random) {
		this.settings = settings;
		this.closed = closed;
		this.scheduler = scheduler;
		this.random = random;
	}

	/**
	 * Repeats a call that may fail. Nearly none does, so that nothing is made ready for
	 * it before one has.
	 */
	<T> Mono<T> repeat(Call call, Mono<T> attempt, Consumer<RetryReason> listener) {
		return attempt.onErrorResume(
				(failure) -> pause(call, failure, listener).then(attempt.retryWhen(furtherFailures(call, listener))));
	}

	/**
	 * Repeats a stream that may fail until its first element has come.
	 */
	<T> Flux<T> repeat(Call call, Flux<T> attempt, Consumer<RetryReason> listener) {
		return attempt.retryWhen(furtherFailures(call, listener));
	}

	private Retry furtherFailures(Call call, Consumer<RetryReason> listener) {
		return Retry.from((signals) -> signals.concatMap((signal) -> pause(call, signal.failure(), listener)));
	}

	/**
	 * Waits for another attempt, or fails if there is to be none.
	 */
	private Mono<Long> pause(Call call, Throwable failure, Consumer<RetryReason> listener) {
		Decision decision = decide(call, failure);
		Mono<Long> giveUp = Mono.error(() -> finalFailure(call, failure));
		if (decision == null) {
			return giveUp;
		}
		call.enter("pausing before another attempt");
		listener.accept(decision.reason());
		CallLog.repeating(call, decision.reason(), decision.pause().toMillis(), (ImException) failure);
		return Mono.firstWithSignal(Mono.delay(decision.pause(), this.scheduler), this.closed.then(giveUp));
	}

	private @Nullable Decision decide(Call call, Throwable failure) {
		if (!(failure instanceof ImException ex) || call.streaming()) {
			return null;
		}
		call.markFailed(ex);
		if (ex.mayHaveBeenProcessed()) {
			call.markProcessed(ex);
		}
		else {
			call.markUnprocessed();
		}
		if (!call.request().repeatable()) {
			return null;
		}
		Decision decision = decideByKind(call, ex);
		if (decision != null && ex instanceof ImQuotaExceededException && call.deadline().pausable()) {
			call.deadline().pause();
			return decision;
		}
		return (decision != null && decision.pause().compareTo(call.deadline().remaining()) < 0) ? decision : null;
	}

	/**
	 * A later attempt may fail before it can know of an earlier one that perhaps went
	 * through: then the earlier failure is what the caller must hear of.
	 */
	private static Throwable finalFailure(Call call, Throwable failure) {
		ImException processed = call.processedFailure();
		if (processed == null || !(failure instanceof ImException ex) || ex.mayHaveBeenProcessed()) {
			return failure;
		}
		processed.addSuppressed(failure);
		return processed;
	}

	private @Nullable Decision decideByKind(Call call, ImException ex) {
		if (ex instanceof ImAuthenticationException rejected && rejected.tokenRejected()) {
			return call.renewToken() ? new Decision(RetryReason.TOKEN, Duration.ZERO) : null;
		}
		if (ex instanceof ImQuotaExceededException exceeded && exceeded.retryable()) {
			Duration backoff = backoff(call.nextRejection());
			Duration asked = exceeded.retryAfter();
			return new Decision(RetryReason.QUOTA, (asked != null && asked.compareTo(backoff) > 0) ? asked : backoff);
		}
		if (isTransient(ex) && isRepeatable(call, ex)) {
			int failures = call.nextFailure();
			RetryReason reason = (ex instanceof ImServerException) ? RetryReason.SERVER : RetryReason.TRANSPORT;
			return (failures < this.settings.maxAttempts()) ? new Decision(reason, backoff(failures)) : null;
		}
		return null;
	}

	private static boolean isTransient(ImException ex) {
		return ex instanceof ImTransportException || (ex instanceof ImServerException server && !server.wrongCall());
	}

	private boolean isRepeatable(Call call, ImException ex) {
		return !ex.mayHaveBeenProcessed() || call.operation().idempotent() || this.settings.unsafe();
	}

	private Duration backoff(int failures) {
		long base = this.settings.backoff().toNanos();
		double exponential = base * (double) (1L << Math.min(failures - 1, MAX_DOUBLINGS));
		double bounded = Math.min(exponential, (double) this.settings.maxBackoff().toNanos());
		return Duration.ofNanos((long) (bounded * (1 - this.random.nextDouble() / 2)));
	}

	/**
	 * Another attempt.
	 *
	 * @param reason why it is made
	 * @param pause the pause before it
	 */
	private record Decision(RetryReason reason, Duration pause) {
	}

}
