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

package io.github.imspring.autoconfigure.health;

import java.net.URI;
import java.time.Duration;

import io.github.imspring.ImClient;
import io.github.imspring.autoconfigure.ImAutoConfiguration;
import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.error.ImException;
import io.github.imspring.exchange.ImEndpoint;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import io.github.imspring.quota.Grant;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.quota.QuotaRequest;
import io.github.imspring.quota.QuotaStoreState;
import io.github.imspring.token.AccessToken;
import io.github.imspring.token.TokenProvider;
import io.github.imspring.token.TokenSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ImHealthContributorAutoConfiguration} and {@link ImHealthIndicator}.
 */
class ImHealthContributorAutoConfigurationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final String NONE = "none at the moment; fetched with the next call";

	private static ImEmulator emulator;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ImAutoConfiguration.class, ImHealthContributorAutoConfiguration.class))
		.withPropertyValues("im.base-url=" + emulator.baseUrl(), "im.org-name=" + emulator.orgName(),
				"im.app-name=" + emulator.appName(), "im.auth.client-id=" + emulator.clientId(),
				"im.auth.client-secret=" + emulator.clientSecret(), "im.retry.max-attempts=1");

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

	@Test
	void unknownBeforeTheFirstCallAndNeverACallOfItsOwn() {
		this.contextRunner.run((context) -> {
			assertThat(health(context).getStatus()).isEqualTo(Status.UNKNOWN);
			assertThat(health(context).getDetails()).containsEntry("token", NONE);
			assertThat(emulator.requests()).isEmpty();
		});
	}

	@Test
	void unknownWhenTheTokenIsLostUntilTheNextCall() {
		this.contextRunner.run((context) -> {
			send(context);
			TokenProvider tokens = context.getBean(TokenProvider.class);
			AccessToken token = tokens.token().block(TIMEOUT);
			assertThat(token).isNotNull();
			tokens.invalidate(token);
			assertThat(health(context).getStatus()).isEqualTo(Status.UNKNOWN);
			assertThat(health(context).getDetails()).containsEntry("token", NONE);
			send(context);
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void unknownWhileTheTokenIsBeingFetched() {
		this.contextRunner.withBean(TokenSource.class, () -> Mono::never).run((context) -> {
			context.getBean(TokenProvider.class).token().subscribe();
			assertThat(health(context).getStatus()).isEqualTo(Status.UNKNOWN);
			assertThat(health(context).getDetails()).containsEntry("token", "being fetched");
		});
	}

	@Test
	void nothingWithTheApplicationsOwnClientAlone() {
		ImClient client = ImClient
			.builder(ImEndpoint.ofOrgApp(URI.create(emulator.baseUrl()), emulator.orgName(), emulator.appName()))
			.token(emulator.tokens().issue())
			.build();
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(ImAutoConfiguration.class, ImHealthContributorAutoConfiguration.class))
			.withBean("mine", ImClient.class, () -> client)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthContributor.class));
	}

	@Test
	void oneIndicatorForANamedAccountAlone() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(ImAutoConfiguration.class, ImHealthContributorAutoConfiguration.class))
			.withPropertyValues("im.accounts.sales.base-url=" + emulator.baseUrl(),
					"im.accounts.sales.app-id=" + emulator.appId(),
					"im.accounts.sales.auth.app-certificate=" + emulator.appCertificate())
			.run((context) -> assertThat(health(context).getStatus()).isEqualTo(Status.UNKNOWN));
	}

	@Test
	void upWithAToken() {
		this.contextRunner.run((context) -> {
			send(context);
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
			assertThat(health(context).getDetails()).containsOnlyKeys("token", "quotas")
				.containsEntry("quotas", "local");
		});
	}

	@Test
	void downWhenNoTokenCanBeHadAndUpAgain() {
		this.contextRunner.run((context) -> {
			emulator.faults().fail("token", Fault.status(503));
			assertThatExceptionOfType(ImException.class).isThrownBy(() -> send(context));
			assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
			assertThat(health(context).getDetails()).containsEntry("tokenFailures", 1)
				.hasEntrySatisfying("lastTokenFailure", (why) -> assertThat(why).asString().contains("503"));
			send(context);
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void neverShowsTheSecret() {
		this.contextRunner.withPropertyValues("im.auth.client-secret=wrong-secret-7").run((context) -> {
			assertThatExceptionOfType(ImException.class).isThrownBy(() -> send(context));
			assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
			assertThat(health(context).toString()).doesNotContain("wrong-secret-7");
		});
	}

	@Test
	void outOfServiceWhenTheStoreOfTheQuotasIsLost() {
		this.contextRunner.withBean(QuotaLimiter.class, LostStore::new).run((context) -> {
			assertThat(health(context).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
			assertThat(health(context).getDetails()).containsEntry("quotas", "degraded");
		});
	}

	@Test
	void lostTokenOutweighsALostStore() {
		this.contextRunner.withBean(QuotaLimiter.class, LostStore::new).run((context) -> {
			emulator.faults().fail("token", Fault.status(503));
			assertThatExceptionOfType(ImException.class).isThrownBy(() -> send(context));
			assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
		});
	}

	@Test
	void unknownWithTheApplicationsOwnTokenProvider() {
		this.contextRunner.withBean(TokenProvider.class, OwnTokens::new).run((context) -> {
			assertThat(health(context).getStatus()).isEqualTo(Status.UNKNOWN);
			assertThat(health(context).getDetails()).containsEntry("token", "kept by the application");
		});
	}

	@Test
	void oneComponentForEachAccount() {
		this.contextRunner
			.withPropertyValues("im.accounts.sales.base-url=" + emulator.baseUrl(),
					"im.accounts.sales.app-id=" + emulator.appId(),
					"im.accounts.sales.auth.app-certificate=" + emulator.appCertificate())
			.run((context) -> {
				send(context);
				CompositeHealthContributor im = context.getBean("imHealthContributor",
						CompositeHealthContributor.class);
				assertThat(im.stream()).extracting("name").containsExactly("default", "sales");
				assertThat(status(im.getContributor("default"))).isEqualTo(Status.UP);
				assertThat(status(im.getContributor("sales"))).isEqualTo(Status.UNKNOWN);
			});
	}

	@Test
	void switchedOff() {
		this.contextRunner.withPropertyValues("management.health.im.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthContributor.class));
		this.contextRunner.withPropertyValues("im.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthContributor.class));
	}

	@Test
	void usersOwnWins() {
		this.contextRunner.withBean("imHealthIndicator", HealthIndicator.class, () -> () -> Health.up().build())
			.run((context) -> assertThat(context).hasSingleBean(HealthContributor.class).hasBean("imHealthIndicator"));
	}

	private static Health health(ApplicationContext context) {
		Health health = context.getBean("imHealthContributor", HealthIndicator.class).health();
		assertThat(health).isNotNull();
		return health;
	}

	private static Status status(HealthContributor contributor) {
		Health health = ((HealthIndicator) contributor).health();
		assertThat(health).isNotNull();
		return health.getStatus();
	}

	private static void send(ApplicationContext context) {
		context.getBean(MessageOperations.class).send(Message.text("hi").to("u1").build()).block(TIMEOUT);
	}

	private static final class LostStore implements QuotaLimiter {

		private final QuotaLimiter limiter = QuotaLimiter.unlimited();

		@Override
		public Mono<Grant> acquire(QuotaRequest request) {
			return this.limiter.acquire(request);
		}

		@Override
		public QuotaStoreState storeState() {
			return QuotaStoreState.DEGRADED;
		}

	}

	private static final class OwnTokens implements TokenProvider {

		@Override
		public Mono<AccessToken> token() {
			return Mono.empty();
		}

		@Override
		public void invalidate(AccessToken rejected) {
			// There is none.
		}

	}

}
