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
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import reactor.core.publisher.Mono;

/**
 * A {@link ReplayStore} in memory: what was remembered first is forgotten first.
 */
final class LocalReplayStore implements ReplayStore {

	private final int capacity;

	private final InstantSource clock;

	private final Map<String, Instant> expiries = new LinkedHashMap<>();

	LocalReplayStore(int capacity, InstantSource clock) {
		if (capacity < 1) {
			throw new IllegalArgumentException("The capacity must be at least 1 but is " + capacity);
		}
		this.capacity = capacity;
		this.clock = clock;
	}

	@Override
	public Mono<Boolean> firstTime(String identity, Duration time) {
		return Mono.fromSupplier(() -> remember(identity, time));
	}

	private synchronized boolean remember(String identity, Duration time) {
		Instant now = this.clock.instant();
		forgetExpired(now);
		if (this.expiries.containsKey(identity)) {
			return false;
		}
		if (this.expiries.size() == this.capacity) {
			Iterator<String> eldest = this.expiries.keySet().iterator();
			eldest.next();
			eldest.remove();
		}
		this.expiries.put(identity, now.plus(time));
		return true;
	}

	private void forgetExpired(Instant now) {
		Iterator<Instant> eldest = this.expiries.values().iterator();
		while (eldest.hasNext() && !eldest.next().isAfter(now)) {
			eldest.remove();
		}
	}

}
