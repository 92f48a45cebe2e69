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
import java.time.Instant;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link LocalReplayStore}.
 */
class LocalReplayStoreTests {

	private static final Duration TIME = Duration.ofMinutes(10);

	private Instant now = SignedCallbacks.NOW;

	private final ReplayStore store = ReplayStore.inMemory(3, () -> this.now);

	@Test
	void knowsWhatItHasSeenUntilItsTimeIsOver() {
		assertThat(isFirst("a")).isTrue();
		this.now = this.now.plus(TIME).minusMillis(1);
		assertThat(isFirst("a")).isFalse();
		this.now = this.now.plusMillis(1);
		assertThat(isFirst("a")).isTrue();
	}

	@Test
	void forgetsTheOldestWhenItIsFull() {
		IntStream.range(0, 4).forEach((number) -> assertThat(isFirst("n" + number)).isTrue());
		assertThat(isFirst("n1")).isFalse();
		assertThat(isFirst("n3")).isFalse();
		assertThat(isFirst("n0")).isTrue();
	}

	@Test
	void needsRoom() {
		assertThatIllegalArgumentException().isThrownBy(() -> ReplayStore.inMemory(0, () -> this.now));
	}

	private boolean isFirst(String identity) {
		return Boolean.TRUE.equals(this.store.firstTime(identity, TIME).block());
	}

}
