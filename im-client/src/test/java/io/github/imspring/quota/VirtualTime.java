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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Operations;
import io.github.imspring.operation.Quota;
import io.github.imspring.operation.Quota.Unit;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * A limiter on virtual time, and calls that use it.
 */
final class VirtualTime {

	static final Operation SEND = Operations.SEND_MESSAGE;

	final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();

	final QuotaLimiter limiter;

	VirtualTime(QuotaSettings settings) {
		this(new QuotaLimiterBuilder().settings(settings));
	}

	VirtualTime(QuotaLimiterBuilder builder) {
		this(builder, (clock) -> clock);
	}

	/**
	 * Puts the limiter on a clock of its own.
	 * @param clock makes it from the scheduler's
	 */
	VirtualTime(QuotaLimiterBuilder builder, UnaryOperator<LongSupplier> clock) {
		this.limiter = builder.scheduler(this.scheduler)
			.nanoTime(clock.apply(() -> this.scheduler.now(TimeUnit.NANOSECONDS)))
			.build();
	}

	static Operation operation(String name, int callsPerSecond) {
		return new Operation(name, true, List.of(new Quota(name, Unit.CALLS, callsPerSecond)));
	}

	long now() {
		return this.scheduler.now(TimeUnit.MILLISECONDS);
	}

	void advance(long millis) {
		this.scheduler.advanceTimeBy(Duration.ofMillis(millis));
	}

	Call call(Operation operation) {
		return call(QuotaRequest.of(operation));
	}

	Call call(Operation operation, int messages) {
		return call(new QuotaRequest(operation, messages, Lane.SINGLE));
	}

	Call bulk(Operation operation, int messages) {
		return call(new QuotaRequest(operation, messages, Lane.BULK));
	}

	Call call(QuotaRequest request) {
		return new Call(this.limiter.acquire(request));
	}

	List<Call> calls(int count, Operation operation) {
		List<Call> calls = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			calls.add(call(operation));
		}
		return calls;
	}

	QuotaSnapshot quota(String name) {
		return this.limiter.snapshots()
			.stream()
			.filter((snapshot) -> snapshot.quota().name().equals(name))
			.findFirst()
			.orElseThrow();
	}

	int available(String name) {
		return quota(name).available();
	}

	int waiting(String name) {
		return quota(name).waiting();
	}

	/**
	 * One that asked for a grant.
	 */
	final class Call {

		private final Disposable subscription;

		private Grant grant;

		private Throwable error;

		private long at;

		private Call(Mono<Grant> grant) {
			this.subscription = grant.subscribe((granted) -> {
				this.grant = granted;
				this.at = now();
			}, (error) -> {
				this.error = error;
				this.at = now();
			});
		}

		boolean granted() {
			return this.grant != null;
		}

		Grant grant() {
			if (this.grant == null) {
				throw new AssertionError("Not granted", this.error);
			}
			return this.grant;
		}

		Throwable error() {
			return this.error;
		}

		/**
		 * When it was granted or refused, in milliseconds.
		 */
		long at() {
			return this.at;
		}

		void cancel() {
			this.subscription.dispose();
		}

		Call sent() {
			grant().sent();
			return this;
		}

		void answered() {
			grant().sent();
			grant().answered();
		}

	}

}
