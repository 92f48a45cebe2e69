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
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.imspring.emulator.http.Request;
import io.github.imspring.emulator.http.Router;
import io.github.imspring.emulator.service.ServiceOperation;
import org.jspecify.annotations.Nullable;

/**
 * The faults that the next requests of an app meet, and the latency of all of them.
 * Requests under {@code /emulator} meet neither.
 * <p>
 * An operation is named as the emulator names it, {@code send-message} say. One that the
 * emulator does not know, because the service has it and the emulator has not, is named
 * by its method and path: {@code POST /messages/broadcast}, or with variables {@code GET
 * /users/{username}/offline_msg_count}.
 *
 * @since 0.1.0
 */
public final class Faults {

	/** Stands for any operation. */
	public static final String ANY_OPERATION = "*";

	private static final Pattern METHOD_AND_PATH = Pattern.compile("([A-Z]+) (/\\S*)");

	/** More would be a leak in the test. */
	private static final int MAX_PLANNED = 10_000;

	private final Latency initialLatency;

	private final Set<String> operations = new TreeSet<>();

	private final List<Planned> planned = new ArrayList<>();

	/** Read for each request without the lock: most have nothing planned for them. */
	private volatile boolean none = true;

	private volatile Latency latency;

	Faults(Latency latency, Collection<ServiceOperation> operations) {
		operations.forEach((operation) -> this.operations.add(operation.name()));
		this.operations.add(ANY_OPERATION);
		this.operations.add(Dispatcher.UNKNOWN_OPERATION);
		this.initialLatency = latency;
		this.latency = latency;
	}

	/**
	 * Lets the next request of an operation fail.
	 * @param operation the operation's name, its method and path, or {@code *} for any
	 * @param fault the fault
	 * @throws IllegalArgumentException if there is no such operation
	 */
	public void fail(String operation, Fault fault) {
		fail(operation, fault, 1);
	}

	/**
	 * Lets the next requests of an operation fail. Faults of one operation are met in the
	 * order in which they were planned.
	 * @param operation the operation's name, its method and path, or {@code *} for any
	 * @param fault the fault
	 * @param times how many requests, 1 or more; {@link Integer#MAX_VALUE} for all until
	 * {@link #clear()}
	 * @throws IllegalArgumentException if there is no such operation
	 */
	public void fail(String operation, Fault fault, int times) {
		Objects.requireNonNull(operation, "operation");
		Objects.requireNonNull(fault, "fault");
		requireKnown(operation);
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

	private void requireKnown(String operation) {
		if (!this.operations.contains(operation) && !METHOD_AND_PATH.matcher(operation).matches()) {
			throw new IllegalArgumentException("There is no operation '" + Spelling.abbreviated(operation)
					+ "'. Did you mean '" + Spelling.nearest(operation, this.operations)
					+ "'? An operation that the emulator does not know is named by its method and path, such as "
					+ "'POST /messages/broadcast'");
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
	@Nullable Fault next(String operation, Request request) {
		if (this.none) {
			return null;
		}
		synchronized (this.planned) {
			for (Iterator<Planned> plans = this.planned.iterator(); plans.hasNext();) {
				Planned plan = plans.next();
				if (plan.isFor(operation, request)) {
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

		private final Router<String> paths = new Router<>();

		private int times;

		Planned(String operation, Fault fault, int times) {
			this.operation = operation;
			this.fault = fault;
			this.times = times;
			Matcher named = METHOD_AND_PATH.matcher(operation);
			if (named.matches()) {
				this.paths.add(named.group(1), named.group(2), operation);
			}
		}

		boolean isFor(String met, Request request) {
			return this.operation.equals(met) || this.operation.equals(ANY_OPERATION) || isAt(request);
		}

		private boolean isAt(Request request) {
			List<String> segments = request.segments();
			return segments != null && segments.size() > 2
					&& this.paths.match(request.method(), segments.subList(2, segments.size())) != null;
		}

	}

}
