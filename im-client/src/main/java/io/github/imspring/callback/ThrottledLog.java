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

import org.jspecify.annotations.Nullable;
import reactor.util.Logger;

/**
 * Tells of what may happen a thousand times a second: the first time, and then how often
 * it has happened.
 */
final class ThrottledLog {

	private static final Duration PAUSE = Duration.ofSeconds(10);

	private final Logger logger;

	private final InstantSource clock;

	private Instant silentUntil = Instant.MIN;

	private long untold;

	ThrottledLog(Logger logger, InstantSource clock) {
		this.logger = logger;
		this.clock = clock;
	}

	void warn(String message) {
		warn(message, null);
	}

	void warn(String message, @Nullable Throwable cause) {
		long before = untold();
		if (before < 0) {
			return;
		}
		String whole = (before > 0) ? message + " (and " + before + " times before that were not told)" : message;
		if (cause != null) {
			this.logger.warn(whole, cause);
		}
		else {
			this.logger.warn(whole);
		}
	}

	/**
	 * How often it was not told before, or a negative number if it is not to be told now.
	 */
	private synchronized long untold() {
		Instant now = this.clock.instant();
		if (now.isBefore(this.silentUntil)) {
			this.untold++;
			return -1;
		}
		long before = this.untold;
		this.untold = 0;
		this.silentUntil = now.plus(PAUSE);
		return before;
	}

}
