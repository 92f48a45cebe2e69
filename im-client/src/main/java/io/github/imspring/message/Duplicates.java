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

package io.github.imspring.message;

/**
 * What becomes of recipients that are named more than once.
 *
 * @since 0.1.0
 */
public enum Duplicates {

	/**
	 * One message and one {@link Delivery} for each time that the recipient is named.
	 * Takes no memory. A call carries a recipient once, so that a source that names the
	 * same few over and over makes small calls.
	 */
	SEND_AGAIN,

	/**
	 * One message and one {@link Delivery}, whatever becomes of it, for the first time
	 * that the recipient is named. All recipients are remembered until the end: some 100
	 * bytes and the name for each, 110 MB for a million. For a source that is sorted,
	 * {@link reactor.core.publisher.Flux#distinctUntilChanged()} does the same for
	 * nothing.
	 */
	SEND_ONCE

}
