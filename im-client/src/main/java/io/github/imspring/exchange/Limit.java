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

package io.github.imspring.exchange;

import java.util.function.Consumer;

/**
 * A limit on a stream, which may end it from outside.
 */
interface Limit {

	/**
	 * The stream is asked for its first element.
	 * @param cut ends the stream with a failure and cancels its source; has no effect on
	 * a stream that has ended
	 */
	void begin(Consumer<Throwable> cut);

	/**
	 * The subscriber asks for elements, the first ones included.
	 * @param elements how many more
	 */
	default void requested(long elements) {
	}

	/**
	 * An element of a {@code Flux} came, which the subscriber is about to handle. That of
	 * a {@code Mono} ends it.
	 */
	default void passed() {
	}

	/**
	 * The subscriber has handled the element.
	 */
	default void handled() {
	}

	/**
	 * The subscriber cancels, and has been told of no end. Comes before the source is
	 * cancelled and before {@link #ended()}, unless the stream was cut while an element
	 * was handled.
	 */
	default void cancelled() {
	}

	/**
	 * The stream has ended, was cut or was cancelled. Called once, before the subscriber
	 * learns of it.
	 */
	void ended();

	/**
	 * What the subscriber is told of a failure.
	 * @param failure what the source failed with, or what the stream was cut with
	 * @return what the subscriber gets
	 */
	default Throwable explain(Throwable failure) {
		return failure;
	}

}
