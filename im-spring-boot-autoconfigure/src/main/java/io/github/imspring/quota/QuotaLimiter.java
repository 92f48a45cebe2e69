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

import reactor.core.publisher.Mono;

/**
 * Keeps the quotas of the service. Every call asks for a grant before it is sent, and
 * tells the grant how it ended.
 */
public interface QuotaLimiter {

	/**
	 * Waits, without blocking a thread, until every quota of the operation has room for
	 * the call, and takes the room of all of them in one step. Cancelling leaves the
	 * queue at once and costs nothing, also when the cancellation crosses the grant on
	 * its way: what was granted but not {@linkplain Grant#sent() sent} is given back.
	 * @param request what the call asks for
	 * @return the grant, or an {@link io.github.imspring.error.ImQuotaExceededException}
	 * if the call cannot go within the longest wait or too many are waiting
	 */
	Mono<Grant> acquire(QuotaRequest request);

}
