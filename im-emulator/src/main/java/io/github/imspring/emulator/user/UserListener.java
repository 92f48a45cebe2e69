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

package io.github.imspring.emulator.user;

/**
 * Hears what users do.
 *
 * @since 0.1.0
 */
public interface UserListener {

	/** A user is gone. */
	default void deleted(String user) {
	}

	/**
	 * A device of a user came or went.
	 * @param reason {@code login}, {@code logout}, or {@code replaced} if it was thrown
	 * out
	 */
	default void seen(String user, String device, String reason) {
	}

}
