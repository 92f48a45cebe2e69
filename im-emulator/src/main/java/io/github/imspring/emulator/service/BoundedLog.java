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

package io.github.imspring.emulator.service;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * The last things that happened, bounded in number and in weight, beside an exact count
 * of all of them.
 *
 * @param <T> what happened
 * @since 0.1.0
 */
public final class BoundedLog<T> {

	private final int maxEntries;

	private final long maxWeight;

	private final Deque<Entry<T>> entries = new ArrayDeque<>();

	private long weight;

	private long total;

	public BoundedLog(int maxEntries, long maxWeight) {
		this.maxEntries = maxEntries;
		this.maxWeight = maxWeight;
	}

	public synchronized void add(T value, long valueWeight) {
		this.total++;
		this.entries.addLast(new Entry<>(value, valueWeight));
		this.weight += valueWeight;
		while (this.entries.size() > this.maxEntries || this.weight > this.maxWeight) {
			this.weight -= this.entries.removeFirst().weight;
		}
	}

	/** Oldest first. */
	public synchronized List<T> matching(Predicate<T> condition) {
		List<T> matching = new ArrayList<>();
		for (Entry<T> entry : this.entries) {
			if (condition.test(entry.value)) {
				matching.add(entry.value);
			}
		}
		return matching;
	}

	public synchronized long total() {
		return this.total;
	}

	public synchronized void clear() {
		this.entries.clear();
		this.weight = 0;
		this.total = 0;
	}

	private record Entry<T>(T value, long weight) {
	}

}
