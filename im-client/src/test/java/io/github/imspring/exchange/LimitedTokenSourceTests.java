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
import java.util.List;
import java.util.Map;

import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.error.ImException;
import io.github.imspring.quota.QuotaRequest;
import io.github.imspring.token.AccessToken;
import io.github.imspring.token.ClientCredentials;
import io.github.imspring.token.TokenSources;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LimitedTokenSource} against the emulator.
 */
class LimitedTokenSourceTests {

	private static ImEmulator emulator;

	private final RecordingLimiter limiter = new RecordingLimiter();

	@BeforeAll
	static void startEmulator() {
		emulator = ImEmulator.start();
	}

	@AfterAll
	static void stopEmulator() {
		emulator.close();
	}

	@BeforeEach
	void reset() {
		emulator.reset();
	}

	private AccessToken fetch() {
		ImEndpoint endpoint = ImEndpoint.ofOrgApp(URI.create(emulator.baseUrl()), emulator.orgName(),
				emulator.appName());
		return new LimitedTokenSource(() -> TokenSources.clientCredentials(endpoint.resolve(List.of("token"), Map.of()),
				new ClientCredentials(emulator.clientId(), emulator.clientSecret(), null), WebClient.create(),
				WireFormat.jsonMapper(), Instant::now), this.limiter)
			.fetch()
			.block(Duration.ofSeconds(20));
	}

	private void fails(Fault fault) {
		emulator.faults().fail("token", fault, 1);
		assertThatExceptionOfType(ImException.class).isThrownBy(this::fetch);
	}

	@Test
	void takesOneCallOfTheQuotaOfTokens() {
		assertThat(fetch().value()).isNotEmpty();
		assertThat(this.limiter.requests).extracting(QuotaRequest::operation)
			.extracting((operation) -> operation.name())
			.containsExactly("token");
		assertThat(this.limiter.ends).containsExactly("answered");
	}

	@Test
	void refusalForTheRateHoldsTheQuotaBackForAsLongAsTheServiceSays() {
		fails(Fault.reachLimit().retryAfter(Duration.ofSeconds(60)));
		assertThat(this.limiter.ends).containsExactly("rejected CALLS PT1M");
	}

	@Test
	void boundOfThePlanHoldsNobodyBack() {
		fails(Fault.resourceLimited());
		assertThat(this.limiter.ends).containsExactly("answered");
	}

	@Test
	void otherErrorsAreAnswersAndABrokenConnectionIsNone() {
		fails(Fault.status(503));
		fails(Fault.resetAfterProcessing());
		assertThat(this.limiter.ends).containsExactly("answered", "unanswered");
	}

}
