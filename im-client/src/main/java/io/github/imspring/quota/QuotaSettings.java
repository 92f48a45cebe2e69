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

package io.github.imspring.quota;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Operations;
import io.github.imspring.operation.Quota;
import io.github.imspring.operation.Quota.Unit;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * How a {@link QuotaLimiter} behaves.
 *
 * @param maxWait the longest that a call of {@link Lane#SINGLE} waits for its grant, at
 * least 0. Calls of {@link Lane#BULK} wait as long as it takes
 * @param maxWaiting the most calls that wait for one quota in one lane, at least 0
 * @param bulkShare the share of a window beyond which {@link Lane#BULK} takes no slots,
 * above 0 and at most 1
 * @param limits the limits that differ from the service's defaults, by the name of the
 * operation that the quota is called after
 * @since 0.1.0
 */
public record QuotaSettings(Duration maxWait, int maxWaiting, double bulkShare, Map<String, Limits> limits) {

	private static final Duration MAX_WAIT = Duration.ofSeconds(30);

	private static final int MAX_WAITING = 10_000;

	private static final double BULK_SHARE = 0.98;

	/**
	 * Checks the bounds and copies the limits.
	 * @param maxWait the longest wait
	 * @param maxWaiting the most waiting calls
	 * @param bulkShare the share of bulk calls
	 * @param limits the limits by operation
	 * @throws IllegalArgumentException if a bound is broken, or a limit is set for an
	 * operation that shares the quota of another
	 */
	public QuotaSettings {
		Assert.notNull(maxWait, "'maxWait' must not be null");
		Assert.notNull(limits, "'limits' must not be null");
		if (maxWait.isNegative()) {
			throw new IllegalArgumentException("The longest wait must not be negative but is " + maxWait);
		}
		if (maxWaiting < 0) {
			throw new IllegalArgumentException("The most waiting calls must not be negative but is " + maxWaiting);
		}
		if (!(bulkShare > 0 && bulkShare <= 1)) {
			throw new IllegalArgumentException(
					"The share of bulk calls must be above 0 and at most 1 but is " + bulkShare);
		}
		limits = Map.copyOf(limits);
		check(limits);
	}

	/**
	 * The defaults: 30 s, 10,000 calls, 0.98, and the limits of the service.
	 * @return the settings
	 */
	public static QuotaSettings defaults() {
		return new QuotaSettings(MAX_WAIT, MAX_WAITING, BULK_SHARE, Map.of());
	}

	/**
	 * These settings with another longest wait.
	 * @param maxWait the longest that a single call waits, at least 0
	 * @return the settings
	 */
	public QuotaSettings withMaxWait(Duration maxWait) {
		return new QuotaSettings(maxWait, this.maxWaiting, this.bulkShare, this.limits);
	}

	/**
	 * These settings with another bound on the queue.
	 * @param maxWaiting the most calls that wait for one quota in one lane, at least 0
	 * @return the settings
	 */
	public QuotaSettings withMaxWaiting(int maxWaiting) {
		return new QuotaSettings(this.maxWait, maxWaiting, this.bulkShare, this.limits);
	}

	/**
	 * These settings with another share of bulk calls.
	 * @param bulkShare the share of a window, above 0 and at most 1
	 * @return the settings
	 */
	public QuotaSettings withBulkShare(double bulkShare) {
		return new QuotaSettings(this.maxWait, this.maxWaiting, bulkShare, this.limits);
	}

	/**
	 * These settings with other limits.
	 * @param limits the limits that differ from the service's defaults, by operation
	 * @return the settings
	 */
	public QuotaSettings withLimits(Map<String, Limits> limits) {
		return new QuotaSettings(this.maxWait, this.maxWaiting, this.bulkShare, limits);
	}

	/**
	 * The quotas that count an operation, under these limits: those that the operation
	 * names, and, if it names none of that unit, those for which there is a limit under
	 * its name.
	 */
	List<Quota> quotasOf(Operation operation) {
		if (this.limits.isEmpty()) {
			return operation.quotas();
		}
		List<Quota> quotas = new ArrayList<>();
		for (Quota quota : operation.quotas()) {
			quotas.add(limits(quota.operation()).filter((limit) -> limit.unit() == quota.unit())
				.findFirst()
				.orElse(quota));
		}
		limits(operation.name())
			.filter((limit) -> operation.quotas().stream().noneMatch((quota) -> quota.unit() == limit.unit()))
			.forEach(quotas::add);
		return quotas;
	}

	private Stream<Quota> limits(String operation) {
		Limits own = this.limits.get(operation);
		return (own != null) ? own.quotas(operation) : Stream.empty();
	}

	/**
	 * Refuses limits that would have no effect.
	 */
	private static void check(Map<String, Limits> limits) {
		for (Operation operation : Operations.all()) {
			Limits own = limits.get(operation.name());
			for (Quota quota : operation.quotas()) {
				if (own != null) {
					own.quotas(operation.name())
						.filter((limit) -> limit.unit() == quota.unit())
						.forEach((limit) -> check(operation, quota, limit));
				}
			}
		}
	}

	private static void check(Operation operation, Quota quota, Quota limit) {
		if (!quota.operation().equals(operation.name())) {
			throw new IllegalArgumentException("'%s' shares the quota of '%s': set the limit there"
				.formatted(operation.name(), quota.operation()));
		}
		if (!quota.window().equals(limit.window())) {
			throw new IllegalArgumentException("'%s' has its messages counted in %d seconds: set the limit for these"
				.formatted(operation.name(), quota.window().toSeconds()));
		}
	}

	/**
	 * The limits of one operation, as bought from the service. Messages are counted in a
	 * second or in a minute, not in both.
	 *
	 * @param callsPerSecond the calls in any second, at least 1, or {@code null} for the
	 * default
	 * @param messagesPerSecond the messages in any second, at least 1, or {@code null}
	 * for the default
	 * @param messagesPerMinute the messages in any minute, at least 1, or {@code null}
	 * for the default
	 * @since 0.1.0
	 */
	public record Limits(@Nullable Integer callsPerSecond, @Nullable Integer messagesPerSecond,
			@Nullable Integer messagesPerMinute) {

		/**
		 * Checks the bounds.
		 * @param callsPerSecond the calls in any second
		 * @param messagesPerSecond the messages in any second
		 * @param messagesPerMinute the messages in any minute
		 * @throws IllegalArgumentException if a limit is below 1, or messages have both
		 */
		public Limits {
			check("calls-per-second", callsPerSecond);
			check("messages-per-second", messagesPerSecond);
			check("messages-per-minute", messagesPerMinute);
			if (messagesPerSecond != null && messagesPerMinute != null) {
				throw new IllegalArgumentException("messages-per-second and messages-per-minute must not be set both");
			}
		}

		/**
		 * Limits of an operation whose messages are counted in a minute, if at all.
		 * @param callsPerSecond the calls in any second
		 * @param messagesPerMinute the messages in any minute
		 * @throws IllegalArgumentException if a limit is below 1
		 */
		public Limits(@Nullable Integer callsPerSecond, @Nullable Integer messagesPerMinute) {
			this(callsPerSecond, null, messagesPerMinute);
		}

		private static void check(String name, @Nullable Integer limit) {
			if (limit != null && limit < 1) {
				throw new IllegalArgumentException(name + " must be at least 1 but is " + limit);
			}
		}

		Stream<Quota> quotas(String operation) {
			return Stream
				.of(quota(operation, Unit.CALLS, this.callsPerSecond, Duration.ofSeconds(1)),
						quota(operation, Unit.MESSAGES, this.messagesPerSecond, Duration.ofSeconds(1)),
						quota(operation, Unit.MESSAGES, this.messagesPerMinute, Duration.ofMinutes(1)))
				.flatMap(Function.identity());
		}

		private static Stream<Quota> quota(String operation, Unit unit, @Nullable Integer limit, Duration window) {
			return (limit != null) ? Stream.of(new Quota(operation, unit, limit, window)) : Stream.empty();
		}

	}

}
