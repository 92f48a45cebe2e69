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

import io.github.imspring.operation.Quota;

/**
 * Shows the quotas as rate limiters to those who know nothing of this library.
 */
interface RateLimiters {

	/**
	 * Shows a quota.
	 * @param quota the quota
	 * @param permits how to use it from outside
	 * @return hears what the calls of this library do to it
	 */
	PermitListener show(Quota quota, Permits permits);

	/**
	 * A quota in the hands of somebody who does not say how a call ends: it is taken to
	 * reach the service within 100 ms of its time.
	 */
	interface Permits {

		/**
		 * Waits in the single lane, blocking the calling thread.
		 * @return whether there were slots in time
		 */
		boolean acquire(int slots, Duration timeout);

		/**
		 * Takes slots ahead of their time.
		 * @return the nanoseconds until the call may go, below 0 if not in time
		 */
		long reserve(int slots, Duration timeout);

		/**
		 * Takes every free slot.
		 * @return how many there were
		 */
		int drain();

		void limit(int limit);

		int available();

		int waiting();

	}

	/**
	 * Hears what calls do to a quota.
	 */
	interface PermitListener {

		void granted(int slots);

		void notPermitted(int slots);

	}

}
