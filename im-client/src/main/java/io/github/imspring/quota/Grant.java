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

import io.github.imspring.operation.Quota.Unit;
import org.jspecify.annotations.Nullable;

/**
 * Leave to send one call. The first of {@link #release()}, {@link #answered()},
 * {@link #unanswered()} and {@link #throttled(Unit, Duration)} ends it; what follows has
 * no effect, but that a call which was released, or cancelled, before it was sent and is
 * {@linkplain #sent() sent} after all is counted. All methods are cheap, never block, and
 * may be called from any thread.
 *
 * @since 0.1.0
 */
public interface Grant {

	/**
	 * The request is about to leave: from here on the service may count it.
	 */
	void sent();

	/**
	 * The request never left. What it held is free at once. After {@link #sent()} the
	 * same as {@link #unanswered()}.
	 */
	void release();

	/**
	 * The head of the answer came. What the call held comes free one window after the
	 * latest moment at which the service can have counted it.
	 */
	void answered();

	/**
	 * The call ended without an answer: what it held comes free one window after now, but
	 * if it was sent no more than 100 ms ago, so long after that: it may not have
	 * arrived.
	 */
	void unanswered();

	/**
	 * The service throttled the call, that is, refused it for its rate: everybody who
	 * waits for that quota is held back. Ends the grant as {@link #answered()} does.
	 * @param unit which quota of the operation the service named; if the operation has
	 * none of that unit, those that it has are held back
	 * @param retryAfter the pause that the service asked for, or {@code null} if it named
	 * none
	 */
	void throttled(Unit unit, @Nullable Duration retryAfter);

}
