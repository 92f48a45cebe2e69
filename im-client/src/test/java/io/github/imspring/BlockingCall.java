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

package io.github.imspring;

import java.time.Duration;

import io.github.imspring.error.ImException;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Waits for how a call ends.
 */
public final class BlockingCall {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private BlockingCall() {
	}

	public static <T> T get(Mono<T> call) {
		T result = call.block(TIMEOUT);
		assertThat(result).isNotNull();
		return result;
	}

	public static void done(Mono<Void> call) {
		assertThat(call.thenReturn(true).block(TIMEOUT)).isTrue();
	}

	public static <E extends ImException> E fails(Class<E> kind, Mono<?> call) {
		E ex = catchThrowableOfType(kind, () -> call.block(TIMEOUT));
		assertThat(ex).isNotNull();
		return ex;
	}

}
