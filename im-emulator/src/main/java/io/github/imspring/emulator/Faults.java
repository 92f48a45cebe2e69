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

package io.github.imspring.emulator;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The faults that the next requests meet, and the latency of all of them. Requests under
 * {@code /emulator} meet neither.
 */
public final class Faults {

	/** Stands for any operation. */
	public static final String ANY_OPERATION = "*";

	/** More would be a leak in the test. */
	private static final int MAX_PLANNED = 10_000;

	private final Latency initialLatency;

	private final List<Planned> planned = new ArrayList<>();

	/** Read for each request without the lock: most have nothing planned for them. */
	private volatile boolean none = true;

	private volatile Latency latency;

	Faults(Latency latency) {
		this.initialLatency = latency;
		this.latency = latency;
	}

	/**
	 * Lets the next request of an operation fail.
	 * @param operation the operation's name, or {@code *} for any
	 * @param fault the fault
	 */
	public void fail(String operation, Fault fault) {
		fail(operation, fault, 1);
	}

	/**
	 * Lets the next requests of an operation fail. Faults of one operation are met in the
	 * order in which they were planned.
	 * @param operation the operation's name, or {@code *} for any
	 * @param fault the fault
	 * @param times how many requests, 1 or more; {@link Integer#MAX_VALUE} for all until
	 * {@link #clear()}
	 */
	public void fail(String operation, Fault fault, int times) {
		Objects.requireNonNull(operation, "operation");
		Objects.requireNonNull(fault, "fault");
		if (times < 1) {
			throw new IllegalArgumentException("A fault happens once or more, not " + times + " times");
		}
		synchronized (this.planned) {
			if (this.planned.size() == MAX_PLANNED) {
				throw new IllegalStateException("There are " + MAX_PLANNED + " faults planned already");
			}
			this.planned.add(new Planned(operation, fault, times));
			this.none = false;
		}
	}

	/**
	 * How many planned faults no request has met yet.
	 * @param operation the operation's name, or {@code *} for those planned for any
	 * @return the number of requests that will still fail
	 */
	public long remaining(String operation) {
		synchronized (this.planned) {
			return this.planned.stream()
				.filter((plan) -> plan.operation.equals(operation))
				.mapToLong((plan) -> plan.times)
				.sum();
		}
	}

	/**
	 * Sets the latency of all requests.
	 * @param newLatency the latency
	 */
	public void latency(Latency newLatency) {
		this.latency = Objects.requireNonNull(newLatency, "latency");
	}

	/**
	 * Forgets all planned faults, and sets the latency back to what the emulator was
	 * built with.
	 */
	public void clear() {
		synchronized (this.planned) {
			this.planned.clear();
			this.none = true;
		}
		this.latency = this.initialLatency;
	}

	Latency latency() {
		return this.latency;
	}

	/** The fault that a request meets, which is one less of it. */
	@Nullable Fault next(String operation) {
		if (this.none) {
			return null;
		}
		synchronized (this.planned) {
			for (Iterator<Planned> plans = this.planned.iterator(); plans.hasNext();) {
				Planned plan = plans.next();
				if (plan.operation.equals(operation) || plan.operation.equals(ANY_OPERATION)) {
					if (plan.times != Integer.MAX_VALUE && --plan.times == 0) {
						plans.remove();
						this.none = this.planned.isEmpty();
					}
					return plan.fault;
				}
			}
			return null;
		}
	}

	List<String> describe() {
		synchronized (this.planned) {
			return this.planned.stream().map((plan) -> plan.operation + " x " + plan.times).toList();
		}
	}

	private static final class Planned {

		private final String operation;

		private final Fault fault;

		private int times;

		Planned(String operation, Fault fault, int times) {
			this.operation = operation;
			this.fault = fault;
			this.times = times;
		}

	}

}
