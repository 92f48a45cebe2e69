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
 * Hears what happens at the quotas. A call is heard of at every quota that counts it. The
 * methods are called outside all locks, by the thread that goes on with the call: they
 * must not block. What they throw is logged and has no effect.
 *
 * @since 0.1.0
 */
public interface QuotaListener {

	/**
	 * Hears nothing.
	 */
	QuotaListener NONE = new QuotaListener() {
	};

	/**
	 * A call was granted.
	 * @param quota a quota that counts it
	 * @param waited how long it waited, zero if it went at once
	 */
	default void granted(Quota quota, Duration waited) {
	}

	/**
	 * A call was not permitted, and not sent: it could not have gone in time, too many
	 * were waiting, or the limiter was closed.
	 * @param quota a quota that counts it
	 */
	default void notPermitted(Quota quota) {
	}

	/**
	 * The service throttled a call, that is, refused it for its rate.
	 * @param quota the quota that it named
	 * @param heldBackFor for how long everybody of that quota is held back
	 */
	default void throttled(Quota quota, Duration heldBackFor) {
	}

	/**
	 * The store of the quotas was lost, or is back.
	 * @param state where the quotas are kept from now on
	 */
	default void storeChanged(QuotaStoreState state) {
	}

}
