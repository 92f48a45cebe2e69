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
import java.util.concurrent.atomic.AtomicReference;

import io.github.imspring.error.ImCancelledException;
import io.github.imspring.quota.QuotaLimiter;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Ends the calls of a client that is closed, or will be. Those that wait for their quota
 * are given time to go; those under way end; once it is closed, new ones are refused.
 * Every subscriber learns how its call ended.
 *
 * @since 0.1.0
 */
public final class GracefulShutdown {

	/**
	 * The time that calls are given which wait for their quota unless set: 10 s.
	 */
	public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

	private final QuotaLimiter quotas;

	private final Scheduler scheduler;

	/**
	 * The calls that are waited for: not those that a drain has waited for in vain.
	 */
	private volatile CallsUnderWay underWay = new CallsUnderWay();

	/**
	 * None unless a call has waited for another attempt.
	 */
	private final AtomicReference<Sinks.@Nullable Empty<Void>> graceOver = new AtomicReference<>();

	private final AtomicReference<@Nullable Mono<Void>> closing = new AtomicReference<>();

	private volatile boolean closed;

	/**
	 * Whether the time that closing gives is over.
	 */
	private volatile boolean over;

	/**
	 * Prepares for the end of the calls that a limiter governs.
	 * @param quotas the limiter, which is closed with the client
	 */
	public GracefulShutdown(QuotaLimiter quotas) {
		this(quotas, Schedulers.parallel());
	}

	GracefulShutdown(QuotaLimiter quotas, Scheduler scheduler) {
		this.quotas = quotas;
		this.scheduler = scheduler;
	}

	<T> Mono<T> track(Call call, Mono<T> stream) {
		return Mono.defer(() -> {
			CallsUnderWay entered = enter();
			return (entered != null) ? stream.doFinally((signal) -> entered.leave()) : Mono.error(refusal(call));
		});
	}

	<T> Flux<T> track(Call call, Flux<T> stream) {
		return Flux.defer(() -> {
			CallsUnderWay entered = enter();
			return (entered != null) ? stream.doFinally((signal) -> entered.leave()) : Flux.error(refusal(call));
		});
	}

	/**
	 * Completes when calls that have not gone by then will not go.
	 */
	Mono<Void> graceOver() {
		return Mono.defer(() -> {
			Sinks.Empty<Void> next = Sinks.empty();
			Sinks.Empty<Void> present = this.graceOver.compareAndExchange(null, next);
			if (this.over) {
				endGrace();
			}
			return ((present != null) ? present : next).asMono();
		});
	}

	private @Nullable CallsUnderWay enter() {
		CallsUnderWay entered = this.underWay;
		entered.enter();
		if (this.closed) {
			entered.leave();
			return null;
		}
		return entered;
	}

	private static Throwable refusal(Call call) {
		return call.explain(new ImCancelledException(call.operation().name(),
				"the client is closed, and the call was not sent", false));
	}

	/**
	 * Lets the calls that there are end, on subscription, as closing does, and goes on to
	 * take new ones. Closing does not wait again for those that have not ended by then.
	 * @param grace the time that calls are given which wait for their quota or for
	 * another attempt. When it is over, they fail, and those under way are given as long
	 * again to end
	 * @return completes when no call is left, or after twice the time
	 */
	public Mono<Void> drain(Duration grace) {
		return end(grace, Mono.defer(() -> {
			if (this.closed) {
				return Mono.empty();
			}
			endGrace();
			return this.quotas.drain();
		}), Mono.fromRunnable(() -> this.underWay = new CallsUnderWay()));
	}

	/**
	 * Closes the client, on subscription. Closing again returns the first closing.
	 * @param grace the time that calls are given which wait for their quota or for
	 * another attempt. When it is over, they fail, and those under way are given as long
	 * again to end
	 * @return completes when no call is left but those that a drain has waited for in
	 * vain, or after twice the time
	 */
	public Mono<Void> close(Duration grace) {
		Mono<Void> closing = Mono.defer(() -> {
			this.closed = true;
			return end(grace, Mono.defer(() -> {
				this.over = true;
				endGrace();
				return this.quotas.close(Duration.ZERO);
			}), Mono.empty());
		}).cache();
		Mono<Void> first = this.closing.compareAndExchange(null, closing);
		return (first != null) ? first : closing;
	}

	private void endGrace() {
		Sinks.Empty<Void> over = this.graceOver.getAndSet(null);
		if (over != null) {
			over.tryEmitEmpty();
		}
	}

	private Mono<Void> end(Duration grace, Mono<Void> endWaiting, Mono<Void> giveUp) {
		Mono<Void> idle = Mono.defer(() -> this.underWay.idle());
		return idle.timeout(grace, Mono.empty(), this.scheduler)
			.then(endWaiting.onErrorComplete())
			.then(idle.timeout(grace, giveUp, this.scheduler));
	}

}
