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
import java.time.InstantSource;
import java.util.function.IntSupplier;

import reactor.core.publisher.Mono;

/**
 * Builds app tokens, without asking the service.
 */
final class AccessToken2Source implements TokenSource {

	private final AccessToken2 tokens;

	private final Duration life;

	AccessToken2Source(String appId, String appCertificate, Duration life, InstantSource clock) {
		this(new AccessToken2(appId, appCertificate, clock), life);
	}

	AccessToken2Source(String appId, String appCertificate, Duration life, InstantSource clock, IntSupplier salt) {
		this(new AccessToken2(appId, appCertificate, clock, salt), life);
	}

	private AccessToken2Source(AccessToken2 tokens, Duration life) {
		if (!AccessToken2.lives(life)) {
			throw new IllegalArgumentException(
					"The life of a token must be 1 second to 24 hours, in whole seconds, but is " + life);
		}
		this.tokens = tokens;
		this.life = life;
	}

	@Override
	public Mono<AccessToken> fetch() {
		return Mono.fromSupplier(() -> this.tokens.build(AccessToken2.APP_PRIVILEGE, "", this.life));
	}

}
