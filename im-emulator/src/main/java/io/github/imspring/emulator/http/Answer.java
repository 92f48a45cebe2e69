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

package io.github.imspring.emulator.http;

import java.time.Duration;

/**
 * What the server does about a request: a reply, and how it leaves.
 *
 * @param reply the reply
 * @param sending how the reply is sent
 * @param delay how long the server waits before
 * @since 0.1.0
 */
public record Answer(Reply reply, Sending sending, Duration delay) {

	/**
	 * An answer sent whole and at once.
	 * @param reply the reply
	 * @return the answer
	 */
	public static Answer of(Reply reply) {
		return new Answer(reply, Sending.WHOLE, Duration.ZERO);
	}

	/**
	 * The same answer, later.
	 * @param more what is added to the delay
	 * @return a copy
	 */
	public Answer delayedBy(Duration more) {
		return new Answer(this.reply, this.sending, this.delay.plus(more));
	}

	/**
	 * How a reply is sent.
	 *
	 * @since 0.1.0
	 */
	public enum Sending {

		/** All of it. */
		WHOLE,

		/** The head, half of the announced body, then the end of the connection. */
		TRUNCATED,

		/** Not at all: the connection is reset. */
		RESET,

		/** Not at all: the connection stays open and silent. */
		NEVER

	}

}
