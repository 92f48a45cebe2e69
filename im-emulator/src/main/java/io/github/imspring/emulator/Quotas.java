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
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

/**
 * The emulator's quotas, counted exactly, for the one App that it serves. A request is
 * accepted only if no window holds more than its limit with it; a rejected one counts in
 * nothing. Operations that share a quota ({@code update-chatroom} and
 * {@code transfer-chatroom}; {@code set-attributes} and {@code force-set-attributes};
 * {@code delete-attributes} and {@code force-delete-attributes}) may be named by either
 * name. Requests without a valid token are turned away before they count. When the clock
 * is set back, the windows begin anew.
 */
public final class Quotas {

	static final String SEND_MESSAGE = "send-message";

	static final String DOWNLOAD_FILE = "download-file";

	private static final Map<String, Integer> DOCUMENTED_CALLS_PER_SECOND = Map.ofEntries(Map.entry("token", 300),
			Map.entry(SEND_MESSAGE, 100), Map.entry("upload-file", 100), Map.entry(DOWNLOAD_FILE, 100),
			Map.entry("list-chatrooms", 50), Map.entry("list-joined-chatrooms", 50), Map.entry("create-chatroom", 50),
			Map.entry("get-chatrooms", 100), Map.entry("update-chatroom", 100), Map.entry("delete-chatroom", 100),
			Map.entry("get-announcement", 100), Map.entry("set-announcement", 100), Map.entry("get-attributes", 100),
			Map.entry("set-attributes", 100), Map.entry("delete-attributes", 100));

	private static final int DOCUMENTED_MESSAGES_PER_MINUTE = 6000;

	private static final Map<String, String> SHARED = Map.of("transfer-chatroom", "update-chatroom",
			"force-set-attributes", "set-attributes", "force-delete-attributes", "delete-attributes");

	private static final long SECOND = Duration.ofSeconds(1).toNanos() / 1000;

	private static final long MINUTE = Duration.ofMinutes(1).toNanos() / 1000;

	private static final Duration MAX_ALIGNMENT = Duration.ofHours(1);

	private final EmulatorClock clock;

	private final QuotaMode initialMode;

	private final Duration initialAlignment;

	private final Map<String, Integer> initialCallsPerSecond;

	private final int initialMessagesPerMinute;

	private final Map<String, Quota> quotas = new ConcurrentHashMap<>();

	private final Map<Rejection, LongAdder> rejections = new ConcurrentHashMap<>();

	private volatile QuotaMode mode;

	private volatile Duration alignment;

	Quotas(EmulatorClock clock, QuotaMode mode, Duration alignment, Map<String, Integer> callsPerSecond,
			@Nullable Integer messagesPerMinute) {
		this.clock = clock;
		this.initialMode = mode;
		this.initialAlignment = alignment;
		this.initialCallsPerSecond = new TreeMap<>(DOCUMENTED_CALLS_PER_SECOND);
		callsPerSecond.forEach((operation, limit) -> this.initialCallsPerSecond.put(quotaOf(operation), limit));
		this.initialMessagesPerMinute = (messagesPerMinute != null) ? messagesPerMinute
				: DOCUMENTED_MESSAGES_PER_MINUTE;
		this.mode = mode;
		this.alignment = alignment;
		reset();
	}

	private static String quotaOf(String operation) {
		return SHARED.getOrDefault(operation, operation);
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
		this.quotas.values().forEach(Quota::replaceWindows);
	}

	/**
	 * Moves the fixed windows against the multiples of their length. What was counted so
	 * far is forgotten.
	 * @param offset how far, an hour at most either way; zero by default
	 */
	public void alignment(Duration offset) {
		requireAlignment(offset);
		this.alignment = offset;
		this.quotas.values().forEach(Quota::replaceWindows);
	}

	/**
	 * Sets how many calls of an operation are accepted in a second. What was counted so
	 * far stays counted.
	 * @param operation the operation's name
	 * @param limit the calls, 0 or more
	 */
	public void callsPerSecond(String operation, int limit) {
		requireLimit(limit);
		this.quotas.computeIfAbsent(quotaOf(operation), (name) -> new Quota(limit, null)).callsPerSecond(limit);
	}

	/**
	 * Sets how many messages are accepted in a minute; a call to N people is N messages.
	 * What was counted so far stays counted.
	 * @param limit the messages, 0 or more
	 */
	public void messagesPerMinute(int limit) {
		requireLimit(limit);
		quota(SEND_MESSAGE).messagesPerMinute(limit);
	}

	/**
	 * The calls of an operation that are accepted in a second.
	 * @param operation the operation's name
	 * @return the limit, or {@link Integer#MAX_VALUE} if there is none
	 */
	public int callsPerSecond(String operation) {
		Quota quota = this.quotas.get(quotaOf(operation));
		return (quota != null) ? quota.callsPerSecond() : Integer.MAX_VALUE;
	}

	/**
	 * The messages that are accepted in a minute.
	 * @return the limit
	 */
	public int messagesPerMinute() {
		return quota(SEND_MESSAGE).messagesPerMinute();
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
		Quota quota = this.quotas.get(quotaOf(operation));
		return (quota != null) ? quota.peakCalls() : 0;
	}

	/**
	 * The most messages that one minute has held.
	 * @return the number; never more than the limit was
	 */
	public int peakMessages() {
		return quota(SEND_MESSAGE).peakMessages();
	}

	/**
	 * Forgets what was counted, and sets limits and mode back to what the emulator was
	 * built with.
	 */
	public void reset() {
		this.mode = this.initialMode;
		this.alignment = this.initialAlignment;
		this.rejections.clear();
		this.quotas.keySet().retainAll(this.initialCallsPerSecond.keySet());
		this.initialCallsPerSecond.forEach((operation, limit) -> this.quotas.put(operation,
				new Quota(limit, SEND_MESSAGE.equals(operation) ? this.initialMessagesPerMinute : null)));
	}

	/**
	 * Takes one call and a number of messages, or neither.
	 * @throws ServiceError if one of the two does not fit
	 */
	void acquire(String operation, int messages) {
		Quota quota = this.quotas.get(quotaOf(operation));
		if (quota == null) {
			return;
		}
		ServiceError error = quota.tryAcquire(messages);
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

	private Quota quota(String operation) {
		return Objects.requireNonNull(this.quotas.get(operation));
	}

	private @Nullable QuotaWindow window(int limit, long lengthMicros) {
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

	/** One quota: calls, and messages if they count, in one step. */
	private final class Quota {

		private int callsPerSecond;

		private @Nullable Integer messagesPerMinute;

		private @Nullable QuotaWindow calls;

		private @Nullable QuotaWindow messages;

		private long lastArrival = Long.MIN_VALUE;

		Quota(int callsPerSecond, @Nullable Integer messagesPerMinute) {
			this.callsPerSecond = callsPerSecond;
			this.messagesPerMinute = messagesPerMinute;
			replaceWindows();
		}

		synchronized void replaceWindows() {
			this.calls = window(this.callsPerSecond, SECOND);
			this.messages = (this.messagesPerMinute != null) ? window(this.messagesPerMinute, MINUTE) : null;
			this.lastArrival = Long.MIN_VALUE;
		}

		synchronized @Nullable ServiceError tryAcquire(int count) {
			QuotaWindow callWindow = this.calls;
			if (callWindow == null) {
				return null;
			}
			long now = Quotas.this.clock.micros();
			if (now < this.lastArrival) {
				restartWindows();
			}
			if (!callWindow.fits(now, 1)) {
				return ServiceError.reachLimit();
			}
			QuotaWindow messageWindow = this.messages;
			if (messageWindow != null && !messageWindow.fits(now, count)) {
				return ServiceError.messageReachLimit();
			}
			callWindow.add(now, 1);
			if (messageWindow != null) {
				messageWindow.add(now, count);
			}
			this.lastArrival = now;
			return null;
		}

		/** The clock was set back: what was counted then is no part of any window now. */
		private void restartWindows() {
			if (this.calls != null) {
				this.calls.restart();
			}
			if (this.messages != null) {
				this.messages.restart();
			}
			this.lastArrival = Long.MIN_VALUE;
		}

		synchronized void callsPerSecond(int limit) {
			this.callsPerSecond = limit;
			if (this.calls != null) {
				this.calls.limit(limit);
			}
		}

		synchronized void messagesPerMinute(int limit) {
			this.messagesPerMinute = limit;
			if (this.messages != null) {
				this.messages.limit(limit);
			}
		}

		synchronized int callsPerSecond() {
			return this.callsPerSecond;
		}

		synchronized int messagesPerMinute() {
			return (this.messagesPerMinute != null) ? this.messagesPerMinute : 0;
		}

		synchronized int peakCalls() {
			return (this.calls != null) ? this.calls.peak() : 0;
		}

		synchronized int peakMessages() {
			return (this.messages != null) ? this.messages.peak() : 0;
		}

	}

}
