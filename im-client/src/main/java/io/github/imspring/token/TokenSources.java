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

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;

import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The sources of tokens that the service knows.
 *
 * @since 0.1.0
 */
public final class TokenSources {

	/**
	 * The longest life of a token that is built from an App certificate.
	 */
	public static final Duration MAX_LIFE = Duration.ofHours(24);

	private static final int MAX_UUID = 128;

	private TokenSources() {
	}

	/**
	 * Fetches tokens from the service with client credentials, as Easemob has it. A fetch
	 * fails with an {@link io.github.imspring.error.ImException} that never says that the
	 * call may have been processed: nothing depends on whether it was.
	 * @param uri where to get a token:
	 * {@code https://{host}/{org_name}/{app_name}/token}, or the same below
	 * {@code /app-id/{app_id}}
	 * @param credentials what to get it for
	 * @param client sends the request
	 * @param mapper writes the request and reads the answer
	 * @param clock the time at which a token is issued
	 * @return the source
	 */
	public static TokenSource clientCredentials(URI uri, ClientCredentials credentials, WebClient client,
			JsonMapper mapper, InstantSource clock) {
		Assert.notNull(uri, "'uri' must not be null");
		Assert.notNull(credentials, "'credentials' must not be null");
		Assert.notNull(client, "'client' must not be null");
		Assert.notNull(mapper, "'mapper' must not be null");
		Assert.notNull(clock, "'clock' must not be null");
		return new ClientCredentialsSource(uri, credentials, client, mapper, clock);
	}

	/**
	 * Builds tokens here, as Shengwang and Agora have it (AccessToken2, an app token for
	 * Chat), without asking the service.
	 * @param appId the App ID, 32 hexadecimal characters
	 * @param appCertificate the App certificate, 32 hexadecimal characters
	 * @param life how long a token lives, in whole seconds, from a second to
	 * {@link #MAX_LIFE}
	 * @param clock the time at which a token is issued
	 * @return the source
	 * @throws IllegalArgumentException if one of the values is not as described
	 */
	public static TokenSource accessToken2(String appId, String appCertificate, Duration life, InstantSource clock) {
		Assert.notNull(appId, "'appId' must not be null");
		Assert.notNull(appCertificate, "'appCertificate' must not be null");
		Assert.notNull(life, "'life' must not be null");
		Assert.notNull(clock, "'clock' must not be null");
		return new AccessToken2Source(appId, appCertificate, life, clock);
	}

	/**
	 * Builds the tokens that users log in with here, as Shengwang and Agora have it
	 * (AccessToken2, a user token for Chat), without asking the service.
	 * @param appId the App ID, 32 hexadecimal characters
	 * @param appCertificate the App certificate, 32 hexadecimal characters
	 * @param clock the time at which a token is issued
	 * @return the builder
	 * @throws IllegalArgumentException if one of the values is not as described
	 * @since 0.1.0
	 */
	public static UserTokenBuilder userTokens(String appId, String appCertificate, InstantSource clock) {
		Assert.notNull(appId, "'appId' must not be null");
		Assert.notNull(appCertificate, "'appCertificate' must not be null");
		Assert.notNull(clock, "'clock' must not be null");
		AccessToken2 tokens = new AccessToken2(appId, appCertificate, clock);
		return (uuid, life) -> {
			if (uuid.isEmpty() || uuid.length() > MAX_UUID) {
				throw new IllegalArgumentException(
						"The UUID of a user must be 1 to %d characters but is %d".formatted(MAX_UUID, uuid.length()));
			}
			if (!AccessToken2.lives(life)) {
				throw new IllegalArgumentException(
						"The life of a user token must be 1 second to 24 hours, in whole seconds, but is " + life);
			}
			return tokens.build(AccessToken2.USER_PRIVILEGE, uuid, life);
		};
	}

	/**
	 * Gives one and the same token, whose expiry is not known.
	 * @param token the token: visible ASCII characters, no spaces
	 * @param clock the time since which it is in use
	 * @return the source
	 * @throws IllegalArgumentException if the token is empty or cannot go into a header
	 */
	public static TokenSource fixed(String token, InstantSource clock) {
		Assert.notNull(token, "'token' must not be null");
		Assert.notNull(clock, "'clock' must not be null");
		AccessToken fixed = new AccessToken(token, clock.instant(), null);
		return () -> Mono.just(fixed);
	}

}
