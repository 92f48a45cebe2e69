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

package io.github.imspring.emulator.quota;

import java.time.Duration;

import io.github.imspring.emulator.service.ServiceError;
import io.github.imspring.emulator.service.ServiceOperation.MessageLimit;
import org.jspecify.annotations.Nullable;

/**
 * One quota: calls, and messages if they count, in one step.
 *
 * @since 0.1.0
 */
public final class EmulatedQuota {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final @Nullable Duration messageWindow;

	private int callLimit;

	private int messageLimit;

	private @Nullable QuotaWindow calls;

	private @Nullable QuotaWindow messages;

	private long lastArrival = Long.MIN_VALUE;

	public EmulatedQuota(int callsPerSecond, @Nullable MessageLimit messages, WindowFactory windows) {
		this.callLimit = callsPerSecond;
		this.messageLimit = (messages != null) ? messages.limit() : 0;
		this.messageWindow = (messages != null) ? messages.window() : null;
		replaceWindows(windows);
	}

	public synchronized void replaceWindows(WindowFactory windows) {
		this.calls = windows.window(this.callLimit, SECOND);
		this.messages = (this.messageWindow != null) ? windows.window(this.messageLimit, this.messageWindow) : null;
		this.lastArrival = Long.MIN_VALUE;
	}

	/** Takes a call and its messages, or neither, and says which of them did not fit. */
	public synchronized @Nullable ServiceError tryAcquire(long now, int count) {
		QuotaWindow callWindow = this.calls;
		if (callWindow == null) {
			return null;
		}
		if (now < this.lastArrival) {
			restartWindows();
		}
		if (!callWindow.fits(now, 1)) {
			return ServiceError.reachLimit();
		}
		QuotaWindow window = this.messages;
		if (window != null && !window.fits(now, count)) {
			return ServiceError.messageReachLimit();
		}
		callWindow.add(now, 1);
		if (window != null) {
			window.add(now, count);
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

	public synchronized void callsPerSecond(int limit) {
		this.callLimit = limit;
		if (this.calls != null) {
			this.calls.limit(limit);
		}
	}

	public synchronized void messages(int limit) {
		this.messageLimit = limit;
		if (this.messages != null) {
			this.messages.limit(limit);
		}
	}

	public synchronized int callsPerSecond() {
		return this.callLimit;
	}

	public synchronized int messages() {
		return this.messageLimit;
	}

	public synchronized int peakCalls() {
		return (this.calls != null) ? this.calls.peak() : 0;
	}

	public synchronized int peakMessages() {
		return (this.messages != null) ? this.messages.peak() : 0;
	}

	/**
	 * Makes windows of the mode of the moment, or none if nothing is counted.
	 *
	 * @since 0.1.0
	 */
	@FunctionalInterface
	public interface WindowFactory {

		@Nullable QuotaWindow window(int limit, Duration length);

	}

}
