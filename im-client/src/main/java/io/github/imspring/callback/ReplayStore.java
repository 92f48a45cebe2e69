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

import reactor.core.publisher.Mono;

/**
 * Remembers callbacks, so that one that comes again is recognized: the service repeats
 * what it takes for failed, and somebody else may repeat what he has seen.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ReplayStore {

	/**
	 * Remembers a callback, on subscription.
	 * @param identity what the callback has in common with its repetitions, 32
	 * hexadecimal digits
	 * @param time for how long to remember it, above 0
	 * @return whether it was not known. Never fails: a store that is away takes the
	 * callback for new, or asks another
	 */
	Mono<Boolean> firstTime(String identity, Duration time);

	/**
	 * A store in the memory of this process. When it is full, the oldest callbacks are
	 * forgotten.
	 * @param capacity the most callbacks that are remembered, at least 1; each takes some
	 * 150 bytes
	 * @param clock tells what time it is
	 * @return the store
	 */
	static ReplayStore inMemory(int capacity, InstantSource clock) {
		return new LocalReplayStore(capacity, clock);
	}

}
