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

package io.github.imspring.callback;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

/**
 * Logs warnings that may come a thousand times a second: at most one in ten seconds, with
 * the number of those that were suppressed before it.
 */
final class ThrottledLog {

	private static final Duration PAUSE = Duration.ofSeconds(10);

	private final Log logger;

	private final InstantSource clock;

	private Instant silentUntil = Instant.MIN;

	private long suppressed;

	ThrottledLog(Log logger, InstantSource clock) {
		this.logger = logger;
		this.clock = clock;
	}

	void warn(String message) {
		warn(message, null);
	}

	void warn(String message, @Nullable Throwable cause) {
		long before = suppressedBefore();
		if (before < 0) {
			return;
		}
		String whole = (before > 0) ? message + " (" + before + " more like it before were not logged)" : message;
		this.logger.warn(whole, cause);
	}

	/**
	 * How many were suppressed before, or a negative number to suppress this one, too.
	 */
	private synchronized long suppressedBefore() {
		Instant now = this.clock.instant();
		if (now.isBefore(this.silentUntil)) {
			this.suppressed++;
			return -1;
		}
		long before = this.suppressed;
		this.suppressed = 0;
		this.silentUntil = now.plus(PAUSE);
		return before;
	}

}
