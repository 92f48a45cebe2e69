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
import java.util.function.Function;

import io.github.imspring.error.Hint;
import io.github.imspring.error.ImException;
import io.github.imspring.error.ImQuotaExceededException;
import io.github.imspring.error.ImTimeoutException;
import io.github.imspring.error.ImTransportException;
import io.github.imspring.error.SettingNames;
import io.github.imspring.observation.CallObservations;
import io.github.imspring.observation.RetryReason;
import io.github.imspring.operation.Operation;
import io.github.imspring.quota.Grant;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.token.AccessToken;
import io.github.imspring.token.TokenProvider;
import io.github.imspring.validation.Bounds;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.util.Assert;

/**
 * The pipeline of every call: observe, shutdown, deadline, retry, quota, token, HTTP,
 * decode, outermost first.
 */
class Pipeline implements ImRestOperations {

	private final CallObservations observations;

	private final GracefulShutdown shutdown;

	private final Duration timeout;

	private final Scheduler scheduler;

	private final ExpiryTimer timer;

	private final RetryPolicy retryPolicy;

	private final QuotaLimiter quotas;

	private final TokenProvider tokens;

	private final HttpExchange http;

	private final SettingNames names;

	Pipeline(CallObservations observations, GracefulShutdown shutdown, Duration timeout, Scheduler scheduler,
			RetryPolicy retryPolicy, QuotaLimiter quotas, TokenProvider tokens, HttpExchange http, SettingNames names) {
		this.observations = observations;
		this.shutdown = shutdown;
		this.timeout = timeout;
		this.scheduler = scheduler;
		this.timer = new ExpiryTimer(timeout, scheduler);
		this.retryPolicy = retryPolicy;
		this.quotas = quotas;
		this.tokens = tokens;
		this.http = http;
		this.names = names;
	}

	@Override
	public <T> Mono<T> exchange(ImRequest request, Function<ImResponse, T> reader) {
		return Mono.defer(() -> {
			Assert.notNull(request, "'request' must not be null");
			Bounds.of(request.operation()).given("reader", reader);
			Call call = begin(request);
			Mono<T> attempt = acquire(call).flatMap((grant) -> {
				call.granted();
				Attempt granted = this.http.attempt(call, grant);
				return Limited.mono(token(call).flatMap((token) -> this.http.exchange(granted, token, reader)),
						granted);
			});
			Mono<T> repeated = this.retryPolicy.repeat(call, attempt, retrying(call));
			Mono<T> tracked = this.shutdown.track(call, Limited.mono(repeated, call));
			return this.observations.observe(call.observed(), tracked);
		});
	}

	@Override
	public int mostMessages(Operation operation) {
		Assert.notNull(operation, "'operation' must not be null");
		return this.quotas.mostMessages(operation);
	}

	@Override
	public Flux<DataBuffer> download(ImRequest request) {
		return Flux.defer(() -> {
			Assert.notNull(request, "'request' must not be null");
			Call call = begin(request);
			Flux<DataBuffer> attempt = acquire(call).flatMapMany((grant) -> {
				call.granted();
				Attempt granted = this.http.attempt(call, grant);
				return Limited.flux(token(call).flatMapMany((token) -> this.http.download(granted, token)), granted);
			});
			Flux<DataBuffer> repeated = this.retryPolicy.repeat(call, attempt, retrying(call));
			Flux<DataBuffer> tracked = this.shutdown.track(call, Limited.flux(repeated, call));
			return this.observations.observe(call.observed(), tracked);
		});
	}

	private Call begin(ImRequest request) {
		Deadline deadline = new Deadline(this.timeout, request.lane(), this.timer, this.scheduler);
		Call call = new Call(request, deadline, this.names);
		deadline.failingWith(() -> timedOut(call));
		return call;
	}

	private Mono<Grant> acquire(Call call) {
		return Mono.defer(() -> {
			call.beginAttempt();
			return this.observations.observeWait(call.observed(), this.quotas.acquire(call.request().quotaRequest()));
		});
	}

	private Consumer<RetryReason> retrying(Call call) {
		return (reason) -> this.observations.retrying(call.observed(), reason);
	}

	private Mono<AccessToken> token(Call call) {
		try {
			AccessToken atHand = this.tokens.tokenAtHand();
			if (atHand != null) {
				return Mono.just(atHand);
			}
			call.enter("waiting for a token");
			return this.tokens.token()
				.switchIfEmpty(Mono.error(() -> noToken(call, "gave none", null)))
				.onErrorMap((ex) -> !(ex instanceof ImException), (ex) -> tokenFailed(call, ex));
		}
		catch (ImException ex) {
			return Mono.error(ex);
		}
		catch (RuntimeException ex) {
			return Mono.error(tokenFailed(call, ex));
		}
	}

	private static ImTransportException tokenFailed(Call call, Throwable failure) {
		return noToken(call, "failed with " + failure.getClass().getName(), failure);
	}

	private static ImTransportException noToken(Call call, String what, @Nullable Throwable cause) {
		return new ImTransportException(call.operation().name(), "the token provider " + what,
				Hint.of("Look at the application's own TokenProvider or TokenSource."), call.processedBefore(), cause);
	}

	/**
	 * A call that was throttled until the time was over fails with that, which says when
	 * to come again; one that waited because others were throttled, likewise.
	 */
	private ImException timedOut(Call call) {
		String phase = call.phase();
		ImException last = call.lastFailure();
		ImTimeoutException timeout = new ImTimeoutException(call.operation().name(), this.timeout, phase, call.giveUp(),
				last);
		if (last instanceof ImQuotaExceededException && last.mayHaveBeenProcessed() == timeout.mayHaveBeenProcessed()) {
			return last;
		}
		ImException heldBack = call.waitsForQuota() ? this.quotas.heldBack(call.operation()) : null;
		return (heldBack != null && !timeout.mayHaveBeenProcessed()) ? heldBack : timeout;
	}

}
