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

import reactor.core.publisher.Mono;

/**
 * Decides about a message before the service delivers it. The sender waits meanwhile, and
 * the service waits for 200 ms unless the rule in the console says otherwise. Filters are
 * asked one after the other; the first verdict that is more than a plain
 * {@link Verdict#deliver()} counts, and those behind are not asked.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface PreDeliveryFilter {

	/**
	 * Decides about a message. Called on a thread that may be blocked, and that is
	 * interrupted when the deadline is over.
	 * @param message the message
	 * @return the verdict; empty is the same as {@link Verdict#deliver()}. If it fails,
	 * or is late, the default verdict counts
	 */
	Mono<Verdict> decide(PreDelivery message);

}
