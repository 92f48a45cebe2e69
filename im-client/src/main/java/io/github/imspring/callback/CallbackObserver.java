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

/**
 * Hears what becomes of callbacks. Called on the threads that receive them, so it must
 * not block.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CallbackObserver {

	/**
	 * Hears nothing.
	 */
	CallbackObserver NONE = (kind, outcome) -> {
	};

	/**
	 * The kind of a question about a message.
	 */
	String PRE_DELIVERY = "pre-delivery";

	/**
	 * The kind of what was refused before anybody looked at it.
	 */
	String NO_KIND = "none";

	/**
	 * Called once for each callback.
	 * @param kind the {@linkplain CallbackEvent#kind() kind of event},
	 * {@value #PRE_DELIVERY}, or {@value #NO_KIND}
	 * @param outcome what became of it
	 */
	void received(String kind, CallbackOutcome outcome);

}
