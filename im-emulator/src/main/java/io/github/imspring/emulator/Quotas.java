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

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.github.imspring.emulator.quota.EmulatedQuota;
import io.github.imspring.emulator.quota.QuotaWindow;
import io.github.imspring.emulator.service.ServiceError;
import io.github.imspring.emulator.service.ServiceOperation;
import io.github.imspring.emulator.service.ServiceOperation.MessageLimit;
import org.jspecify.annotations.Nullable;

/**
 * The quotas of one app, counted exactly. A request is accepted only if no window holds
 * more than its limit with it; a rejected one counts in nothing. Operations that share a
 * quota ({@code update-chatroom} and {@code transfer-chatroom}, say, or all that is done
 * with users) may be named by any of their names. Requests without a valid token are
 * turned away before they count. When the clock is set back, the windows begin anew.
 *
 * @since 0.1.0
 */
public final class Quotas {

	private static final String SEND_MESSAGE = "send-message";

	private static final Duration MAX_ALIGNMENT = Duration.ofHours(1);

	private final EmulatorClock clock;

	private final QuotaMode initialMode;

	private final Duration initialAlignment;

	/** The quota of each operation. */
	private final Map<String, String> quotaOf = new HashMap<>();

	private final Map<String, Integer> initialCalls = new TreeMap<>();

	private final Map<String, MessageLimit> initialMessages = new TreeMap<>();

	private final Map<String, EmulatedQuota> quotas = new ConcurrentHashMap<>();

	private final Map<Rejection, LongAdder> rejections = new ConcurrentHashMap<>();

	private volatile QuotaMode mode;

	private volatile Duration alignment;

	Quotas(EmulatorClock clock, QuotaMode mode, Duration alignment, Collection<ServiceOperation> operations,
			Map<String, Integer> callsPerSecond, @Nullable Integer messagesPerMinute) {
		this.clock = clock;
		this.initialMode = mode;
		this.initialAlignment = alignment;
		for (ServiceOperation operation : operations) {
			this.quotaOf.put(operation.name(), operation.quota());
			this.initialCalls.put(operation.quota(), operation.callsPerSecond());
			if (operation.messages() != null) {
				this.initialMessages.put(operation.quota(), operation.messages());
			}
		}
		callsPerSecond.forEach((operation, limit) -> this.initialCalls.put(quotaOf(operation), limit));
		if (messagesPerMinute != null) {
			this.initialMessages.computeIfPresent(SEND_MESSAGE,
					(name, documented) -> new MessageLimit(messagesPerMinute, documented.window()));
		}
		this.mode = mode;
		this.alignment = alignment;
		reset();
	}

	private String quotaOf(String operation) {
		return this.quotaOf.getOrDefault(operation, operation);
	}

	/**
	 * How requests are counted.
	 * @return the mode
	 */
	public QuotaMode mode() {
		return this.mode;
	}

	/**
	 * Switches the mode. What was counted so far is forgotten.
	 * @param newMode the mode
	 */
	public void mode(QuotaMode newMode) {
		this.mode = Objects.requireNonNull(newMode, "mode");
		this.quotas.values().forEach((quota) -> quota.replaceWindows(this::window));
	}

	/**
	 * Moves the fixed windows against the multiples of their length. What was counted so
	 * far is forgotten.
	 * @param offset how far, an hour at most either way; zero by default
	 */
	public void alignment(Duration offset) {
		requireAlignment(offset);
		this.alignment = offset;
		this.quotas.values().forEach((quota) -> quota.replaceWindows(this::window));
	}

	/**
	 * Sets how many calls of an operation are accepted in a second. What was counted so
	 * far stays counted.
	 * @param operation the operation's name
	 * @param limit the calls, 0 or more
	 */
	public void callsPerSecond(String operation, int limit) {
		requireLimit(limit);
		this.quotas.computeIfAbsent(quotaOf(operation), (name) -> new EmulatedQuota(limit, null, this::window))
			.callsPerSecond(limit);
	}

	/**
	 * Sets how many one-to-one messages are accepted in a minute; a call to N people is N
	 * messages. What was counted so far stays counted.
	 * @param limit the messages, 0 or more
	 */
	public void messagesPerMinute(int limit) {
		messages(SEND_MESSAGE, limit);
	}

	/**
	 * Sets how many messages of an operation are accepted: in a minute for one-to-one
	 * messages, in a second for those to chatrooms and groups. What was counted so far
	 * stays counted.
	 * @param operation the operation's name, such as {@code send-chatroom-message}
	 * @param limit the messages, 0 or more
	 * @throws IllegalArgumentException if the operation sends no messages
	 */
	public void messages(String operation, int limit) {
		requireLimit(limit);
		if (!this.initialMessages.containsKey(quotaOf(operation))) {
			throw new IllegalArgumentException("Operation '" + operation + "' sends no messages; those that do: "
					+ String.join(", ", this.initialMessages.keySet()));
		}
		quota(operation).messages(limit);
	}

	/**
	 * The calls of an operation that are accepted in a second.
	 * @param operation the operation's name
	 * @return the limit, or {@link Integer#MAX_VALUE} if there is none
	 */
	public int callsPerSecond(String operation) {
		EmulatedQuota quota = this.quotas.get(quotaOf(operation));
		return (quota != null) ? quota.callsPerSecond() : Integer.MAX_VALUE;
	}

	/**
	 * The one-to-one messages that are accepted in a minute.
	 * @return the limit
	 */
	public int messagesPerMinute() {
		return quota(SEND_MESSAGE).messages();
	}

	/**
	 * How many requests of an operation were rejected by a quota.
	 * @param operation the operation's name
	 * @return the number
	 */
	public long rejections(String operation) {
		return rejections(operation, 429) + rejections(operation, 403);
	}

	/**
	 * How many requests of an operation were rejected by a quota with a status.
	 * @param operation the operation's name
	 * @param status 429 for too many calls, 403 for too many messages
	 * @return the number
	 */
	public long rejections(String operation, int status) {
		LongAdder count = this.rejections.get(new Rejection(operation, status));
		return (count != null) ? count.sum() : 0;
	}

	/**
	 * The most calls that one second has held.
	 * @param operation the operation's name
	 * @return the number; never more than the limit was
	 */
	public int peakCalls(String operation) {
		EmulatedQuota quota = this.quotas.get(quotaOf(operation));
		return (quota != null) ? quota.peakCalls() : 0;
	}

	/**
	 * The most one-to-one messages that one minute has held.
	 * @return the number; never more than the limit was
	 */
	public int peakMessages() {
		return peakMessages(SEND_MESSAGE);
	}

	/**
	 * The most messages of an operation that one window has held.
	 * @param operation the operation's name, such as {@code send-chatroom-message}
	 * @return the number; never more than the limit was
	 */
	public int peakMessages(String operation) {
		EmulatedQuota quota = this.quotas.get(quotaOf(operation));
		return (quota != null) ? quota.peakMessages() : 0;
	}

	/**
	 * Forgets what was counted, and sets limits and mode back to what the emulator was
	 * built with.
	 */
	public void reset() {
		this.mode = this.initialMode;
		this.alignment = this.initialAlignment;
		this.rejections.clear();
		this.quotas.keySet().retainAll(this.initialCalls.keySet());
		this.initialCalls.forEach((quota, limit) -> this.quotas.put(quota,
				new EmulatedQuota(limit, this.initialMessages.get(quota), this::window)));
	}

	/**
	 * Takes one call and a number of messages, or neither.
	 * @throws ServiceError if one of the two does not fit
	 */
	void acquire(String operation, int messages) {
		EmulatedQuota quota = this.quotas.get(quotaOf(operation));
		if (quota == null) {
			return;
		}
		ServiceError error = quota.tryAcquire(this.clock.micros(), messages);
		if (error != null) {
			this.rejections.computeIfAbsent(new Rejection(operation, error.status()), (key) -> new LongAdder())
				.increment();
			throw error;
		}
	}

	Map<String, Integer> callLimits() {
		Map<String, Integer> limits = new TreeMap<>();
		this.quotas.forEach((operation, quota) -> limits.put(operation, quota.callsPerSecond()));
		return limits;
	}

	Map<String, Map<Integer, Long>> rejections() {
		Map<String, Map<Integer, Long>> counts = new TreeMap<>();
		this.rejections.forEach((key, count) -> counts.computeIfAbsent(key.operation, (name) -> new TreeMap<>())
			.put(key.status, count.sum()));
		return counts;
	}

	Map<String, Integer> messageLimits() {
		Map<String, Integer> limits = new TreeMap<>();
		this.initialMessages.keySet().forEach((quota) -> limits.put(quota, quota(quota).messages()));
		return limits;
	}

	private EmulatedQuota quota(String operation) {
		return Objects.requireNonNull(this.quotas.get(quotaOf(operation)));
	}

	private @Nullable QuotaWindow window(int limit, Duration length) {
		long lengthMicros = length.toNanos() / 1000;
		return switch (this.mode) {
			case SLIDING -> new QuotaWindow.Sliding(limit, lengthMicros);
			case FIXED -> new QuotaWindow.Fixed(limit, lengthMicros, this.alignment.toNanos() / 1000);
			case OFF -> null;
		};
	}

	static void requireAlignment(Duration offset) {
		if (offset.abs().compareTo(MAX_ALIGNMENT) > 0) {
			throw new IllegalArgumentException("Windows are moved by an hour at most, not by " + offset);
		}
	}

	private static void requireLimit(int limit) {
		if (limit < 0) {
			throw new IllegalArgumentException("A limit of " + limit + " is below 0");
		}
	}

	private record Rejection(String operation, int status) {
	}

}
