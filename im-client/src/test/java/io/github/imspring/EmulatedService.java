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

package io.github.imspring;

import java.net.URI;
import java.time.Instant;

import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.emulator.QuotaMode;
import io.github.imspring.emulator.UserPolicy;
import io.github.imspring.exchange.ImEndpoint;
import io.github.imspring.exchange.ImRestOperations;
import io.github.imspring.exchange.ImRestOperationsBuilder;
import io.github.imspring.token.AccessToken;
import io.github.imspring.token.ManagedTokenProvider;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * The emulator without quotas, in which only registered users exist, and a pipeline to
 * it.
 */
public final class EmulatedService implements AutoCloseable {

	private final ImEmulator emulator = ImEmulator.builder().quota(QuotaMode.OFF).users(UserPolicy.REGISTERED).start();

	public ImEmulator emulator() {
		return this.emulator;
	}

	public ImRestOperations rest() {
		return rest(ImEndpoint.ofOrgApp(URI.create(this.emulator.baseUrl()), this.emulator.orgName(),
				this.emulator.appName()));
	}

	public ImRestOperations restByAppId() {
		return rest(ImEndpoint.ofAppId(URI.create(this.emulator.baseUrl()), this.emulator.appId()));
	}

	private ImRestOperations rest(ImEndpoint endpoint) {
		ManagedTokenProvider tokens = ManagedTokenProvider.builder(() -> Mono.fromSupplier(
				() -> new AccessToken(this.emulator.tokens().issue(), Instant.now(), Instant.now().plusSeconds(3600))))
			.build();
		return new ImRestOperationsBuilder(endpoint, WebClient::create, tokens, StubService.unlimited()).build();
	}

	public void register(String... users) {
		this.emulator.users().register(users);
	}

	@Override
	public void close() {
		this.emulator.close();
	}

}
