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

import java.security.SecureRandom;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * A user to be registered:
 * {@code NewUser.named("alice").withPassword(secret).withNickname("Alice")}. Its values
 * are held against their bounds when the user is registered, so that one among many can
 * be out of them without keeping the others from being registered.
 *
 * @param username the user ID: 1 to 64 of the characters {@code a-z}, {@code A-Z},
 * {@code 0-9}, {@code _}, {@code -} and {@code .}; compared without regard to case
 * @param password the password, 1 to 64 characters, or {@code null} for none: Easemob
 * wants one for every user, Shengwang has none. In no text that this library makes
 * @param nickname the name that push notifications show, at most 100 characters, or
 * {@code null} for none
 * @since 0.1.0
 */
public record NewUser(String username, @Nullable String password, @Nullable String nickname) {

	private static final SecureRandom RANDOM = new SecureRandom();

	/**
	 * A user without password and nickname.
	 * @param username the user ID
	 * @return the user
	 */
	public static NewUser named(String username) {
		return new NewUser(username, null, null);
	}

	/**
	 * This user with a password.
	 * @param password the password, 1 to 64 characters
	 * @return the user
	 */
	public NewUser withPassword(String password) {
		return new NewUser(this.username, password, this.nickname);
	}

	/**
	 * This user with a random password of 43 characters that nobody knows: for users who
	 * log in with a {@linkplain UserOperations#token(String) token}, where the service
	 * wants a password all the same.
	 * @return the user
	 */
	public NewUser withRandomPassword() {
		byte[] bytes = new byte[32];
		RANDOM.nextBytes(bytes);
		return withPassword(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
	}

	/**
	 * This user with a nickname.
	 * @param nickname the name that push notifications show, at most 100 characters
	 * @return the user
	 */
	public NewUser withNickname(String nickname) {
		return new NewUser(this.username, this.password, nickname);
	}

	/**
	 * Describes the user without the password.
	 */
	@Override
	public String toString() {
		return "NewUser[username=%s, password=%s, nickname=%s]".formatted(this.username,
				(this.password != null) ? "******" : "none", this.nickname);
	}

}
