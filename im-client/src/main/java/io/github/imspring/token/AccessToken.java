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

package io.github.imspring.token;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A token and how long it serves. Its value is in nothing but {@link #value()}.
 *
 * @since 0.1.0
 */
public final class AccessToken {

	private final String value;

	private final Instant issuedAt;

	private final @Nullable Instant expiresAt;

	/**
	 * Creates a token.
	 * @param value what goes behind {@code Bearer}: visible ASCII characters, no spaces
	 * @param issuedAt when it was issued
	 * @param expiresAt when it expires, or {@code null} if that is not known
	 * @throws IllegalArgumentException if the value is empty or has a space, a line break
	 * or any other character that cannot go into the header
	 */
	public AccessToken(String value, Instant issuedAt, @Nullable Instant expiresAt) {
		if (value.isEmpty() || !value.chars().allMatch((character) -> character > ' ' && character < 0x7F)) {
			throw new IllegalArgumentException(
					"An access token must consist of visible ASCII characters, without spaces and line breaks");
		}
		this.value = value;
		this.issuedAt = issuedAt;
		this.expiresAt = expiresAt;
	}

	/**
	 * What goes behind {@code Bearer}.
	 * @return the secret value
	 */
	public String value() {
		return this.value;
	}

	/**
	 * When the token was issued.
	 * @return the time by the clock of this process
	 */
	public Instant issuedAt() {
		return this.issuedAt;
	}

	/**
	 * When the token expires.
	 * @return the time by the clock of this process, or {@code null} if it is not known
	 */
	public @Nullable Instant expiresAt() {
		return this.expiresAt;
	}

	@Override
	public String toString() {
		return "AccessToken[issuedAt=" + this.issuedAt + ", expiresAt=" + this.expiresAt + "]";
	}

}
