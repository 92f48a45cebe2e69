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
import java.util.concurrent.TimeUnit;

import io.github.imspring.error.SettingNames;
import io.github.imspring.operation.Operations;
import io.github.imspring.quota.Grant;
import io.github.imspring.quota.Lane;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.quota.QuotaRequest;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long the end of a client waits, and for which calls, on virtual time.
 */
class GracefulShutdownTests {

	private static final Duration GRACE = Duration.ofSeconds(10);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final DrainedQuotas quotas = new DrainedQuotas();

	private final GracefulShutdown shutdown = new GracefulShutdown(this.quotas, this.time);

	@Test
	void closingWaitsOnlyForCallsThatEnteredSinceADrainGaveUp() {
		call();
		Ending drained = end(this.shutdown.drain(GRACE));
		advance(20);
		assertThat(drained.seconds).isEqualTo(20);
		Disposable next = call();
		Ending closed = end(this.shutdown.close(GRACE));
		advance(15);
		assertThat(closed.seconds).isNegative();
		next.dispose();
		assertThat(closed.seconds).isEqualTo(35);
	}

	@Test
	void closingIsOverAtOnceIfADrainHasGivenUpEveryCall() {
		call();
		end(this.shutdown.drain(GRACE));
		advance(20);
		assertThat(end(this.shutdown.close(GRACE)).seconds).isEqualTo(20);
	}

	@Test
	void closingWaitsForACallThatEnteredAfterADrainHadEnded() {
		Disposable first = call();
		Ending drained = end(this.shutdown.drain(GRACE));
		advance(5);
		first.dispose();
		assertThat(drained.seconds).isEqualTo(5);
		call();
		Ending closed = end(this.shutdown.close(GRACE));
		advance(20);
		assertThat(closed.seconds).isEqualTo(25);
	}

	@Test
	void drainThatMeetsAClosingTakesNothingFromIt() {
		call();
		end(this.shutdown.drain(GRACE));
		Ending waiting = end(this.shutdown.graceOver());
		advance(5);
		end(this.shutdown.close(GRACE));
		advance(5);
		assertThat(this.quotas.drained).isFalse();
		assertThat(waiting.seconds).isNegative();
		advance(5);
		assertThat(waiting.seconds).isEqualTo(15);
	}

	@Test
	void graceThatAClosingHasEndedStaysOver() {
		call();
		end(this.shutdown.close(GRACE));
		advance(5);
		end(this.shutdown.drain(GRACE));
		advance(10);
		assertThat(end(this.shutdown.graceOver()).seconds).isEqualTo(15);
	}

	private Disposable call() {
		Call call = new Call(ImRequest.get(Operations.GET_CHATROOMS).build(),
				new Deadline(GRACE, Lane.SINGLE, new ExpiryTimer(GRACE, this.time), this.time), SettingNames.JAVA);
		return this.shutdown.track(call, Mono.never()).subscribe();
	}

	private Ending end(Mono<Void> ending) {
		Ending ended = new Ending();
		ending.subscribe(null, null, () -> ended.seconds = this.time.now(TimeUnit.SECONDS));
		return ended;
	}

	private void advance(int seconds) {
		this.time.advanceTimeBy(Duration.ofSeconds(seconds));
	}

	private static final class Ending {

		private long seconds = -1;

	}

	private static final class DrainedQuotas implements QuotaLimiter {

		private boolean drained;

		@Override
		public Mono<Grant> acquire(QuotaRequest request) {
			return QuotaLimiter.unlimited().acquire(request);
		}

		@Override
		public Mono<Void> drain() {
			return Mono.fromRunnable(() -> this.drained = true);
		}

	}

}
