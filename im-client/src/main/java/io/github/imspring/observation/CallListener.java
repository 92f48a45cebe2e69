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

package io.github.imspring.observation;

import io.github.imspring.operation.Quota;
import org.jspecify.annotations.Nullable;

/**
 * Hears what becomes of calls. The methods are called by the thread that goes on with the
 * call: they must not block. What they throw is logged and has no effect.
 *
 * @since 0.1.0
 */
public interface CallListener {

	/**
	 * Hears nothing.
	 */
	CallListener NONE = new CallListener() {
	};

	/**
	 * The service refused a call for its rate.
	 * @param call the call
	 * @param quota the quota that the service named, or {@code null} if no quota counts
	 * the operation
	 * @param status the HTTP status, 429 or 403
	 */
	default void rejected(ObservedCall call, @Nullable Quota quota, int status) {
	}

	/**
	 * A call failed and is going to be repeated.
	 * @param call the call
	 * @param reason why it is repeated
	 */
	default void retrying(ObservedCall call, RetryReason reason) {
	}

	/**
	 * A call has ended. Called once for each, its retries included.
	 * @param call the call
	 * @param outcome how it ended
	 * @param failure what it failed with, if it failed
	 */
	default void ended(ObservedCall call, CallOutcome outcome, @Nullable Throwable failure) {
	}

}
