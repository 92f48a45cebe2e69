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

package io.github.imspring.operation;

import java.time.Duration;

/**
 * A limit that the service puts on an App Key: so many units in any window of one length.
 * Operations that the service counts together name the same quota.
 *
 * @param operation the name of the operation that the quota is called after, in kebab
 * case; the key of its limits
 * @param unit what is counted
 * @param limit the most units in one window, at least 1
 * @param window the length of the window
 * @since 0.1.0
 */
public record Quota(String operation, Unit unit, int limit, Duration window) {

	/**
	 * Checks the limit.
	 * @param operation the name of the operation
	 * @param unit what is counted
	 * @param limit the most units in one window
	 * @param window the length of the window
	 * @throws IllegalArgumentException if the limit is below 1
	 */
	public Quota {
		if (limit < 1) {
			throw new IllegalArgumentException("The limit of the quota '%s-%s' must be at least 1 but is %d"
				.formatted(operation, unit.suffix(), limit));
		}
	}

	/**
	 * A quota in the window that its unit usually has: a second for calls, a minute for
	 * messages.
	 * @param operation the name of the operation
	 * @param unit what is counted
	 * @param limit the most units in one window
	 * @throws IllegalArgumentException if the limit is below 1
	 */
	public Quota(String operation, Unit unit, int limit) {
		this(operation, unit, limit, unit.window());
	}

	/**
	 * The name of the quota, {@code send-message-calls} for example: what metrics and
	 * messages call it.
	 * @return the name
	 */
	public String name() {
		return this.operation + "-" + this.unit.suffix();
	}

	/**
	 * This quota with another limit, as bought from the service.
	 * @param limit the most units in one window, at least 1
	 * @return the quota of the same name
	 */
	public Quota withLimit(int limit) {
		return new Quota(this.operation, this.unit, limit, this.window);
	}

	/**
	 * What a quota counts.
	 *
	 * @since 0.1.0
	 */
	public enum Unit {

		/**
		 * Requests, in a window of a second.
		 */
		CALLS("calls", Duration.ofSeconds(1)),

		/**
		 * Messages, in a window of a minute unless the quota says otherwise: a request to
		 * N recipients counts N.
		 */
		MESSAGES("messages", Duration.ofMinutes(1));

		private final String suffix;

		private final Duration window;

		Unit(String suffix, Duration window) {
			this.suffix = suffix;
			this.window = window;
		}

		String suffix() {
			return this.suffix;
		}

		Duration window() {
			return this.window;
		}

	}

}
