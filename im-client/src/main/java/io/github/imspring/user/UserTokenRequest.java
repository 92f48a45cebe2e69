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

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What token is wanted for a user:
 * {@code UserTokenRequest.forUser("alice").lasting(Duration.ofHours(2)).creatingUser()}.
 *
 * @param username the user ID
 * @param life how long the token shall live, in whole seconds, or {@code null} for the
 * default. With Easemob zero is for ever, and the default is what the console says; with
 * Shengwang and Agora it is a second to 24 hours, and 24 hours is the default
 * @param createUser whether to register the user, without a password, if there is none
 * @since 0.1.0
 */
public record UserTokenRequest(String username, @Nullable Duration life, boolean createUser) {

	/**
	 * A token of the default life for a user who exists.
	 * @param username the user ID
	 * @return the request
	 */
	public static UserTokenRequest forUser(String username) {
		return new UserTokenRequest(username, null, false);
	}

	/**
	 * This request for a token of another life.
	 * @param life how long the token shall live, in whole seconds
	 * @return the request
	 */
	public UserTokenRequest lasting(Duration life) {
		return new UserTokenRequest(this.username, life, this.createUser);
	}

	/**
	 * This request, registering the user, without a password, if there is none.
	 * @return the request
	 */
	public UserTokenRequest creatingUser() {
		return new UserTokenRequest(this.username, this.life, true);
	}

}
