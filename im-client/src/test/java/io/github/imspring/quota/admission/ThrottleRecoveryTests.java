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

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What goes after the service has throttled a quota at the time 0: a pause of a second.
 */
class ThrottleRecoveryTests {

	private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private static final long AFTER = SECOND + 1;

	private static final int MANY = 1000;

	private final ThrottleRecovery recovery = new ThrottleRecovery(SECOND, 10 * SECOND, SECOND);

	@BeforeEach
	void throttle() {
		this.recovery.throttled(0, null, 0);
	}

	private boolean mayGo(int inFlight) {
		return this.recovery.earliest(inFlight, AFTER) <= AFTER;
	}

	@Test
	void eachAnswerLetsOneMoreBeInFlightAndThirtyOneLetAll() {
		for (int answers = 0; answers < 31; answers++) {
			assertThat(mayGo(answers)).isTrue();
			assertThat(mayGo(answers + 1)).isFalse();
			assertThat(this.recovery.earliest(answers + 1, AFTER)).isEqualTo(SlidingWindowLog.UNKNOWN);
			this.recovery.accepted(AFTER);
		}
		assertThat(mayGo(MANY)).isTrue();
		this.recovery.accepted(AFTER);
		assertThat(mayGo(MANY)).isTrue();
	}

	@Test
	void answerToACallThatWentBeforeThePauseSaysNothing() {
		this.recovery.accepted(0);
		assertThat(mayGo(1)).isFalse();
		this.recovery.accepted(1);
		assertThat(mayGo(1)).isTrue();
	}

	@Test
	void callThatWentBeforeThePauseDoesNotPauseAnew() {
		this.recovery.throttled(0, null, SECOND / 2);
		assertThat(this.recovery.pausedUntil()).isEqualTo(SECOND);
		this.recovery.throttled(1, null, 2 * SECOND);
		assertThat(this.recovery.pausedUntil()).isEqualTo(4 * SECOND);
		assertThat(this.recovery.throttledCalls()).isEqualTo(3);
	}

	@Test
	void callsAreSpacedForTenSecondsAfterThePause() {
		long spaced = 11 * SECOND;
		this.recovery.grant(5 * SECOND, spaced - 1);
		assertThat(this.recovery.earliest(0, spaced - 1)).isEqualTo(spaced - 1 + 5 * SECOND);
		assertThat(this.recovery.earliest(0, spaced)).isLessThanOrEqualTo(spaced);
	}

	@Test
	void callsOfALongWindowAreSpacedForOne() {
		ThrottleRecovery messages = new ThrottleRecovery(5 * SECOND, 60 * SECOND, 60 * SECOND);
		messages.grant(SECOND, 0);
		assertThat(messages.earliest(MANY, 1)).isLessThanOrEqualTo(1);
		messages.throttled(0, null, 0);
		messages.grant(5 * SECOND, 65 * SECOND - 1);
		assertThat(messages.earliest(0, 65 * SECOND - 1)).isEqualTo(70 * SECOND - 1);
		assertThat(messages.earliest(0, 65 * SECOND)).isLessThanOrEqualTo(65 * SECOND);
	}

	@Test
	void pauseOfAnotherInstanceCountsIfItEndsMuchLater() {
		this.recovery.accepted(1);
		this.recovery.pause(SECOND + 100 * MILLI, MILLI);
		assertThat(this.recovery.pausedUntil()).isEqualTo(SECOND);
		assertThat(mayGo(1)).isTrue();
		this.recovery.pause(SECOND + 100 * MILLI + 1, MILLI);
		assertThat(this.recovery.pausedUntil()).isEqualTo(SECOND + 100 * MILLI + 1);
		assertThat(this.recovery.earliest(0, AFTER)).isEqualTo(SECOND + 100 * MILLI + 1);
		assertThat(this.recovery.earliest(1, AFTER)).isEqualTo(SlidingWindowLog.UNKNOWN);
		// What was in flight says nothing about it.
		this.recovery.accepted(MILLI);
		assertThat(this.recovery.earliest(1, AFTER)).isEqualTo(SlidingWindowLog.UNKNOWN);
	}

	@Test
	void pauseOfAnotherInstanceThatIsAsGoodAsOverDoesNotCount() {
		this.recovery.accepted(1);
		this.recovery.pause(20 * SECOND + 100 * MILLI, 20 * SECOND);
		assertThat(this.recovery.pausedUntil()).isEqualTo(SECOND);
	}

	@Test
	void longestPauseThatIsAskedForIsAnHour() {
		this.recovery.throttled(1, Duration.ofMinutes(61), 0);
		assertThat(this.recovery.pausedUntil()).isEqualTo(Duration.ofHours(1).toNanos());
		this.recovery.throttled(1, Duration.ofSeconds(Long.MAX_VALUE), SECOND);
		assertThat(this.recovery.pausedUntil()).isEqualTo(Duration.ofHours(1).toNanos() + SECOND);
	}

}
