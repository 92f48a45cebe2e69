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

package io.github.imspring.exchange;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * How often and after what pause a failed call is repeated.
 *
 * @param maxAttempts the most attempts of one call, at least 1; renewing a rejected token
 * and waiting for a quota do not count
 * @param backoff the pause before the second attempt; it doubles from attempt to attempt,
 * shortened by chance by up to half
 * @param maxBackoff the longest such pause
 * @param unsafe whether calls that must not be done twice, such as sending a message, are
 * repeated also when the service may have acted on them
 * @since 0.1.0
 */
public record RetrySettings(int maxAttempts, Duration backoff, Duration maxBackoff, boolean unsafe) {

	/**
	 * Three attempts, 200 ms and then 400 ms apart, 5 s at most, nothing done twice.
	 */
	public static final RetrySettings DEFAULTS = new RetrySettings(3, Duration.ofMillis(200), Duration.ofSeconds(5),
			false);

	/**
	 * Checks the settings.
	 * @param maxAttempts the most attempts
	 * @param backoff the first pause
	 * @param maxBackoff the longest pause
	 * @param unsafe whether calls that must not be done twice are repeated
	 * @throws IllegalArgumentException if there is no attempt or a pause is negative
	 */
	public RetrySettings {
		Assert.notNull(backoff, "'backoff' must not be null");
		Assert.notNull(maxBackoff, "'maxBackoff' must not be null");
		if (maxAttempts < 1 || backoff.isNegative() || maxBackoff.isNegative()) {
			throw new IllegalArgumentException("A call needs at least 1 attempt, and pauses must not be negative");
		}
	}

}
