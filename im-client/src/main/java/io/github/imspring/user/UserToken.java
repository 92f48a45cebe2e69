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

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A token with which a user logs in: what a back-end gives to its clients. Its value is
 * in nothing but {@link #value()}.
 *
 * @since 0.1.0
 */
public final class UserToken {

	private final String username;

	private final String value;

	private final @Nullable Instant expiresAt;

	UserToken(String username, String value, @Nullable Instant expiresAt) {
		this.username = username;
		this.value = value;
		this.expiresAt = expiresAt;
	}

	/**
	 * Whose token it is.
	 * @return the user ID as it was asked for
	 */
	public String username() {
		return this.username;
	}

	/**
	 * What the client logs in with.
	 * @return the secret value
	 */
	public String value() {
		return this.value;
	}

	/**
	 * When the token expires.
	 * @return the time by the clock of this process, or {@code null} if it does not
	 * expire or that is not known
	 */
	public @Nullable Instant expiresAt() {
		return this.expiresAt;
	}

	/**
	 * Describes the token without its value.
	 */
	@Override
	public String toString() {
		return "UserToken[username=" + this.username + ", expiresAt=" + this.expiresAt + "]";
	}

}
