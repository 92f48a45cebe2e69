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

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What an app gets a token for ("Authenticate with an app token").
 *
 * @param clientId the client ID from the console of the service, not blank
 * @param clientSecret the client secret from the console, not blank
 * @param ttl the life to ask for, in whole seconds, zero for a token that does not
 * expire; {@code null} for what the console says
 * @since 0.1.0
 */
public record ClientCredentials(String clientId, String clientSecret, @Nullable Duration ttl) {

	/**
	 * Checks the values.
	 * @param clientId the client ID
	 * @param clientSecret the client secret
	 * @param ttl the life to ask for
	 * @throws IllegalArgumentException if the ID or the secret is blank, or the life is
	 * negative or has a fraction of a second
	 */
	public ClientCredentials {
		Assert.notNull(clientId, "'clientId' must not be null");
		Assert.notNull(clientSecret, "'clientSecret' must not be null");
		if (clientId.isBlank()) {
			throw new IllegalArgumentException("The client ID must not be blank");
		}
		if (clientSecret.isBlank()) {
			throw new IllegalArgumentException("The client secret must not be blank");
		}
		if (ttl != null && (ttl.isNegative() || ttl.toNanosPart() != 0)) {
			throw new IllegalArgumentException(
					"The life of a token must be zero or a number of whole seconds but is " + ttl);
		}
	}

	@Override
	public String toString() {
		return "ClientCredentials[clientId=" + this.clientId + ", ttl=" + this.ttl + "]";
	}

}
