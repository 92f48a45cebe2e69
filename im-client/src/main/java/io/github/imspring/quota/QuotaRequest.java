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

import io.github.imspring.operation.Operation;

/**
 * What a call asks of the quotas that count its operation.
 *
 * @param operation the operation
 * @param messages the messages that the call counts as, at least 1; a quota of calls
 * counts 1 whatever it says
 * @param lane where the call waits
 * @since 0.1.0
 */
public record QuotaRequest(Operation operation, int messages, Lane lane) {

	/**
	 * Checks the bounds.
	 * @param operation the operation
	 * @param messages the messages that the call counts as
	 * @param lane where the call waits
	 * @throws IllegalArgumentException if the messages are below 1
	 */
	public QuotaRequest {
		if (messages < 1) {
			throw new IllegalArgumentException("A call counts as at least 1 message but was to count as " + messages);
		}
	}

	/**
	 * A request for a single call that counts as one message.
	 * @param operation the operation
	 * @return the request
	 */
	public static QuotaRequest of(Operation operation) {
		return new QuotaRequest(operation, 1, Lane.SINGLE);
	}

}
