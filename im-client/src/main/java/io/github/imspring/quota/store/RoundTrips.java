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

package io.github.imspring.quota.store;

import java.time.Duration;

/**
 * Round trips that were seen.
 *
 * @param count how many, at least 0; as good as endless from 1,000
 * @param fastest the fastest of them, zero if there was none
 * @since 0.1.0
 */
public record RoundTrips(int count, Duration fastest) {

	/**
	 * None.
	 */
	public static final RoundTrips NONE = new RoundTrips(0, Duration.ZERO);

}
