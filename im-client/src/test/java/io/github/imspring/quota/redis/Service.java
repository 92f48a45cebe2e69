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

package io.github.imspring.quota.redis;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.imspring.quota.QuotaRequest;

/**
 * The service: it notes when each call arrives.
 */
final class Service {

	private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();

	void arrive(QuotaRequest request) {
		this.arrivals.add(new Arrival(System.nanoTime(), request.messages()));
	}

	/**
	 * The most messages in any window, wherever it begins.
	 */
	long mostIn(long windowMillis) {
		Arrival[] sorted = this.arrivals.stream()
			.sorted((one, other) -> Long.compare(one.at(), other.at()))
			.toArray(Arrival[]::new);
		long most = 0;
		long sum = 0;
		int first = 0;
		for (Arrival arrival : sorted) {
			sum += arrival.messages();
			while (arrival.at() - sorted[first].at() >= windowMillis * 1_000_000) {
				sum -= sorted[first].messages();
				first++;
			}
			most = Math.max(most, sum);
		}
		return most;
	}

	int arrivals() {
		return this.arrivals.size();
	}

	private record Arrival(long at, int messages) {
	}

}
