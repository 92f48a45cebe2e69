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

package io.github.imspring.quota.admission;

import io.github.imspring.operation.Quota;

/**
 * Why a call is not permitted, or what keeps it waiting.
 *
 * @param reason the reason
 * @param quota the quota that is the reason, with the limit in force
 * @param slots what the call takes of it
 * @param most the bound that the call breaks, if the reason is one
 * @param nanos how much longer the call cannot go for sure, 0 if that is not known
 * @since 0.1.0
 */
public record Refusal(Reason reason, Quota quota, int slots, int most, long nanos) {

	static Refusal bound(Reason reason, Quota quota, int slots, int most) {
		return new Refusal(reason, quota, slots, most, 0);
	}

	/**
	 * The reasons.
	 *
	 * @since 0.1.0
	 */
	public enum Reason {

		/**
		 * The limiter is closed.
		 */
		CLOSED,

		/**
		 * The call takes more than the whole quota.
		 */
		TOO_HEAVY,

		/**
		 * The call takes more than this instance may hope for while the store is lost.
		 */
		TOO_HEAVY_FOR_SHARE,

		/**
		 * Too many calls wait.
		 */
		QUEUE_FULL,

		/**
		 * The slots are taken by other calls.
		 */
		LIMIT,

		/**
		 * The service has throttled the quota.
		 */
		THROTTLED,

		/**
		 * The store is lost, and other instances may hold the slots.
		 */
		STORE_LOST

	}

}
