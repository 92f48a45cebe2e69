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

import java.util.Locale;

/**
 * What became of a callback.
 *
 * @since 0.1.0
 */
public enum CallbackOutcome {

	/**
	 * An event that the listeners are called with. Answered with 200.
	 */
	ACCEPTED(200),

	/**
	 * An event that came before. Answered with 200, and no listener is called.
	 */
	DUPLICATE(200),

	/**
	 * An event that is lost: the queue was full. Answered with 200, for the service would
	 * disable the rule if many were refused.
	 */
	OVERFLOWED(200),

	/**
	 * A message that may be delivered, as it is or with a priority. Answered with 200.
	 */
	DELIVERED(200),

	/**
	 * A message that is stopped. Answered with 200.
	 */
	STOPPED(200),

	/**
	 * A message that another is delivered for. Answered with 200.
	 */
	REPLACED(200),

	/**
	 * A message that no filter decided about in time. Answered with 200 and the default
	 * verdict.
	 */
	LATE(200),

	/**
	 * A message that a filter failed for. Answered with 200 and the default verdict.
	 */
	FAILED(200),

	/**
	 * A callback without a valid signature. Answered with 403.
	 */
	FORGED(403),

	/**
	 * A callback that is too old, or from the future. Answered with 403.
	 */
	EXPIRED(403),

	/**
	 * A question that came before: the service asks once only. Answered with 403.
	 */
	REPLAYED(403),

	/**
	 * No JSON object, or a question without a message. Answered with 400.
	 */
	MALFORMED(400),

	/**
	 * More bytes than are read. Answered with 413.
	 */
	TOO_LARGE(413),

	/**
	 * A callback that came when the receiver was closed. Answered with 503.
	 */
	CLOSED(503);

	private final int status;

	CallbackOutcome(int status) {
		this.status = status;
	}

	/**
	 * The HTTP status of the answer.
	 * @return 200, or what refuses the callback
	 */
	public int status() {
		return this.status;
	}

	/**
	 * The value of the tag {@code outcome}.
	 * @return the name in lower case with hyphens
	 */
	public String tag() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
