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

/**
 * Where a call waits for its grant.
 *
 * @since 0.1.0
 */
public enum Lane {

	/**
	 * Calls that somebody is waiting for. They go before those of {@link #BULK} and wait
	 * no longer than the longest wait.
	 */
	SINGLE,

	/**
	 * Calls of a bulk send. A tenth of a window may go at once; beyond that they are
	 * spread evenly, and they leave the last slots of a window alone, so that a single
	 * call finds a slot at once. When single calls take all there is, these still get a
	 * sixteenth. They wait as long as it takes.
	 */
	BULK

}
