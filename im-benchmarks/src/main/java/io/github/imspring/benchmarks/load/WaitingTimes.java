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

package io.github.imspring.benchmarks.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.imspring.quota.Grant;
import io.github.imspring.quota.Lane;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.quota.QuotaRequest;
import reactor.core.publisher.Mono;

/**
 * Measures how long single calls wait for their grant, and counts the messages that are
 * granted to each lane.
 */
final class WaitingTimes implements QuotaLimiter {

	private final QuotaLimiter limiter;

	private final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());

	private final long[] granted = new long[Lane.values().length];

	WaitingTimes(QuotaLimiter limiter) {
		this.limiter = limiter;
	}

	@Override
	public Mono<Grant> acquire(QuotaRequest request) {
		return this.limiter.acquire(request).timed().map((timed) -> {
			add(request, timed.elapsed());
			return timed.get();
		});
	}

	private synchronized void add(QuotaRequest request, Duration wait) {
		this.granted[request.lane().ordinal()] += request.messages();
		if (request.lane() == Lane.SINGLE) {
			this.waits.add(wait);
		}
	}

	synchronized void reset() {
		this.waits.clear();
		this.granted[0] = 0;
		this.granted[1] = 0;
	}

	synchronized long granted(Lane lane) {
		return this.granted[lane.ordinal()];
	}

	/**
	 * The wait that so large a fraction of the single calls did not exceed.
	 */
	synchronized Duration quantile(double fraction) {
		List<Duration> sorted = new ArrayList<>(this.waits);
		Collections.sort(sorted);
		return sorted.isEmpty() ? Duration.ZERO : sorted.get((int) Math.ceil(fraction * sorted.size()) - 1);
	}

	@Override
	public Mono<Void> close(Duration grace) {
		return this.limiter.close(grace);
	}

}
