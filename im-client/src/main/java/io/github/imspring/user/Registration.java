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

package io.github.imspring.user;

import io.github.imspring.error.ImException;
import org.jspecify.annotations.Nullable;

/**
 * What became of a user who was to be registered.
 *
 * @param username the user ID as it was asked for
 * @param status whether the user was registered
 * @param user the new user, or {@code null} unless the status is {@link Status#MADE}
 * @param reason why the user was not registered, in the service's or this library's
 * words, or {@code null} if the status is {@link Status#MADE}
 * @param failure what the call failed with, or {@code null} if it did not fail as a whole
 * @since 0.1.0
 */
public record Registration(String username, Status status, @Nullable User user, @Nullable String reason,
		@Nullable ImException failure) {

	static Registration made(String username, User user) {
		return new Registration(username, Status.MADE, user, null, null);
	}

	static Registration existed(String username, String reason) {
		return new Registration(username, Status.EXISTED, null, reason, null);
	}

	static Registration refused(String username, String reason) {
		return new Registration(username, Status.REFUSED, null, reason, null);
	}

	static Registration failed(String username, ImException failure) {
		return new Registration(username, failure.mayHaveBeenProcessed() ? Status.UNKNOWN : Status.REFUSED, null,
				failure.problem(), failure);
	}

	/**
	 * Whether there is such a user now, registered by this call or before.
	 * @return whether the status is {@link Status#MADE} or {@link Status#EXISTED}
	 */
	public boolean isThere() {
		return this.status == Status.MADE || this.status == Status.EXISTED;
	}

	/**
	 * Whether a user was registered.
	 *
	 * @since 0.1.0
	 */
	public enum Status {

		/**
		 * The user is new.
		 */
		MADE,

		/**
		 * There was a user of this name, whose password and nickname are what they were.
		 */
		EXISTED,

		/**
		 * The user surely was not registered.
		 */
		REFUSED,

		/**
		 * The user was perhaps registered: the connection broke, the service failed, or
		 * its answer does not mention the user. Registering again tells.
		 */
		UNKNOWN

	}

}
