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

import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Operations;
import io.github.imspring.operation.Quota;
import io.github.imspring.operation.Quota.Unit;
import org.jspecify.annotations.Nullable;

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
		checkShared(limits);
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
			Integer limit = limit(quota.operation(), quota.unit());
			quotas.add((limit != null) ? quota.withLimit(limit) : quota);
		}
		for (Unit unit : Unit.values()) {
			Integer limit = limit(operation.name(), unit);
			if (limit != null && quotas.stream().noneMatch((quota) -> quota.unit() == unit)) {
				quotas.add(new Quota(operation.name(), unit, limit));
			}
		}
		return quotas;
	}

	/**
	 * Refuses limits that would have no effect.
	 */
	private static void checkShared(Map<String, Limits> limits) {
		for (Operation operation : Operations.all()) {
			Limits own = limits.get(operation.name());
			for (Quota quota : operation.quotas()) {
				if (own != null && own.of(quota.unit()) != null && !quota.operation().equals(operation.name())) {
					throw new IllegalArgumentException("'%s' shares the quota of '%s': set the limit there"
						.formatted(operation.name(), quota.operation()));
				}
			}
		}
	}

	private @Nullable Integer limit(String operation, Unit unit) {
		Limits own = this.limits.get(operation);
		return (own != null) ? own.of(unit) : null;
	}

	/**
	 * The limits of one operation, as bought from the service.
	 *
	 * @param callsPerSecond the calls in any second, at least 1, or {@code null} for the
	 * default
	 * @param messagesPerMinute the messages in any minute, at least 1, or {@code null}
	 * for the default
	 */
	public record Limits(@Nullable Integer callsPerSecond, @Nullable Integer messagesPerMinute) {

		/**
		 * Checks the bounds.
		 * @param callsPerSecond the calls in any second
		 * @param messagesPerMinute the messages in any minute
		 * @throws IllegalArgumentException if a limit is below 1
		 */
		public Limits {
			if (callsPerSecond != null && callsPerSecond < 1) {
				throw new IllegalArgumentException("calls-per-second must be at least 1 but is " + callsPerSecond);
			}
			if (messagesPerMinute != null && messagesPerMinute < 1) {
				throw new IllegalArgumentException(
						"messages-per-minute must be at least 1 but is " + messagesPerMinute);
			}
		}

		@Nullable Integer of(Unit unit) {
			return switch (unit) {
				case CALLS -> this.callsPerSecond;
				case MESSAGES -> this.messagesPerMinute;
			};
		}

	}

}
