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

package io.github.imspring.exchange;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.token.AccessToken;
import io.github.imspring.token.TokenProvider;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Clients as a test of an operation needs them: real HTTP, short pauses, one token.
 */
public final class TestClients {

	private static final RetrySettings QUICK = new RetrySettings(3, Duration.ofMillis(1), Duration.ofMillis(5), false);

	private TestClients() {
	}

	/**
	 * A client in the path style of Easemob.
	 */
	public static ImRestOperations orgApp(ImEmulator emulator, QuotaLimiter limiter) {
		return of(ImEndpoint.ofOrgApp(URI.create(emulator.baseUrl()), emulator.orgName(), emulator.appName()),
				emulator.tokens().issue(), limiter);
	}

	/**
	 * A client in the path style of Easemob whose calls may take so long.
	 */
	public static ImRestOperations orgApp(ImEmulator emulator, QuotaLimiter limiter, Duration timeout) {
		return builder(ImEndpoint.ofOrgApp(URI.create(emulator.baseUrl()), emulator.orgName(), emulator.appName()),
				emulator.tokens().issue(), limiter)
			.timeout(timeout)
			.build();
	}

	/**
	 * A client in the path style of Shengwang.
	 */
	public static ImRestOperations appId(ImEmulator emulator, QuotaLimiter limiter) {
		return of(ImEndpoint.ofAppId(URI.create(emulator.baseUrl()), emulator.appId()), emulator.tokens().issue(),
				limiter);
	}

	/**
	 * A client of any server.
	 */
	public static ImRestOperations of(ImEndpoint endpoint, String token, QuotaLimiter limiter) {
		return builder(endpoint, token, limiter).build();
	}

	private static ImRestOperationsBuilder builder(ImEndpoint endpoint, String token, QuotaLimiter limiter) {
		WebClient webClient = WebClient.builder()
			.clientConnector(new ReactorClientHttpConnector(HttpClient.create().disableRetry(true)))
			.build();
		return new ImRestOperationsBuilder(endpoint, () -> webClient, new ConstantToken(token), limiter).retry(QUICK);
	}

	private record ConstantToken(String value) implements TokenProvider {

		@Override
		public Mono<AccessToken> token() {
			return Mono.just(new AccessToken(this.value, Instant.EPOCH, null));
		}

		@Override
		public void invalidate(AccessToken rejected) {
			// The service takes it again.
		}

	}

}
