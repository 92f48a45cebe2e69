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

import io.github.imspring.error.ImCancelledException;
import io.github.imspring.quota.VirtualTime.Call;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static io.github.imspring.quota.VirtualTime.SEND;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a {@link QuotaLimiter} closes.
 */
class QuotaClosingTests {

	private static final Duration GRACE = Duration.ofSeconds(10);

	private final VirtualTime time = new VirtualTime(QuotaSettings.defaults());

	private boolean closed;

	private void close(Duration grace) {
		this.time.limiter.close(grace).subscribe((none) -> {
		}, (error) -> {
		}, () -> this.closed = true);
	}

	@Test
	void idleLimiterClosesAtOnce() {
		close(GRACE);
		assertThat(this.closed).isTrue();
	}

	@Test
	void grantedCallsFinishFirst() {
		Call call = this.time.call(SEND).sent();
		close(GRACE);
		this.time.advance(500);
		assertThat(this.closed).isFalse();
		call.answered();
		assertThat(this.closed).isTrue();
	}

	@Test
	void callThatNeverEndsHoldsTheClosingNoLongerThanTheGrace() {
		this.time.call(SEND).sent();
		close(GRACE);
		this.time.advance(9999);
		assertThat(this.closed).isFalse();
		this.time.advance(1);
		assertThat(this.closed).isTrue();
	}

	@Test
	void newCallsAreRefused() {
		close(GRACE);
		assertThat(this.time.call(SEND).error())
			.isInstanceOfSatisfying(ImCancelledException.class, (ex) -> assertThat(ex.mayHaveBeenProcessed()).isFalse())
			.hasMessageContaining("was not sent");
	}

	@Test
	void waitingCallsAreGivenTheTimeToGo() {
		this.time.calls(100, SEND).forEach(Call::answered);
		List<Call> waiting = this.time.calls(80, SEND);
		close(GRACE);
		this.time.advance(1000);
		assertThat(waiting).allMatch(Call::granted);
		assertThat(this.closed).isFalse();
		waiting.forEach(Call::answered);
		assertThat(this.closed).isTrue();
	}

	@Test
	void fiveHundredThatDoNotGoInTimeEachEnd() {
		this.time.calls(100, SEND).forEach(Call::answered);
		List<Call> waiting = this.time.calls(500, SEND);
		Call bulk = this.time.bulk(SEND, 100);
		close(Duration.ofMillis(999));
		this.time.advance(999);
		assertThat(this.closed).isTrue();
		assertThat(waiting).allSatisfy((call) -> assertThat(call.error()).isInstanceOf(ImCancelledException.class)
			.hasMessageContaining("was not sent"));
		assertThat(bulk.error()).isInstanceOf(ImCancelledException.class);
		assertThat(this.time.waiting("send-message-calls")).isZero();
	}

	@Test
	void drainedLimiterHasRefusedThoseWhoWaitAndTakesNewOnes() {
		this.time.calls(100, SEND).forEach(Call::answered);
		List<Call> waiting = this.time.calls(50, SEND);
		Mono<Void> draining = this.time.limiter.drain();
		assertThat(this.time.waiting("send-message-calls")).isEqualTo(50);
		draining.subscribe();
		this.time.advance(0);
		assertThat(waiting).allSatisfy((call) -> assertThat(call.error()).isInstanceOf(ImCancelledException.class)
			.hasMessageContaining("was not sent"));
		Call next = this.time.call(SEND);
		assertThat(next.granted()).isFalse();
		this.time.advance(1000);
		assertThat(next.granted()).isTrue();
		next.answered();
		close(GRACE);
		assertThat(this.closed).isTrue();
	}

	@Test
	void closingIsDoneOnceAndOnlyWhenSubscribed() {
		Mono<Void> closing = this.time.limiter.close(GRACE);
		assertThat(this.time.call(SEND).granted()).isTrue();
		closing.subscribe();
		close(Duration.ofDays(1));
		this.time.advance(10_000);
		assertThat(this.closed).isTrue();
	}

}
