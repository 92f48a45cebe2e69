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

package io.github.imspring.autoconfigure.endpoint;

import java.time.Duration;
import java.time.Instant;

import io.github.imspring.autoconfigure.ImAutoConfiguration;
import io.github.imspring.autoconfigure.endpoint.ImAccountsEndpoint.AccountDescriptor;
import io.github.imspring.autoconfigure.endpoint.ImAccountsEndpoint.ErrorDescriptor;
import io.github.imspring.autoconfigure.endpoint.ImAccountsEndpoint.TokenDescriptor;
import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.error.ErrorResponse;
import io.github.imspring.error.Hint;
import io.github.imspring.error.ImApiException;
import io.github.imspring.error.ImException;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import io.github.imspring.observation.CallListener;
import io.github.imspring.observation.CallOutcome;
import io.github.imspring.observation.ObservedCall;
import io.github.imspring.operation.Operations;
import io.github.imspring.quota.QuotaStoreState;
import io.github.imspring.token.AccessToken;
import io.github.imspring.token.TokenProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ImEndpointAutoConfiguration} and {@link ImAccountsEndpoint}.
 */
class ImEndpointAutoConfigurationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static ImEmulator emulator;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ImAutoConfiguration.class, ImEndpointAutoConfiguration.class))
		.withPropertyValues("im.base-url=" + emulator.baseUrl(), "im.org-name=" + emulator.orgName(),
				"im.app-name=" + emulator.appName(), "im.auth.client-id=" + emulator.clientId(),
				"im.auth.client-secret=" + emulator.clientSecret(), "management.endpoints.web.exposure.include=im");

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
	void showsQuotasTokenAndErrorsWithoutCalling() {
		this.contextRunner.run((context) -> {
			AccountDescriptor before = account(context, "default");
			assertThat(before.token()).isNotNull().extracting(TokenDescriptor::available).isEqualTo(false);
			assertThat(before.quotaStore()).isEqualTo(QuotaStoreState.LOCAL);
			assertThat(before.lastErrors()).isEmpty();
			assertThat(emulator.requests()).isEmpty();

			send(context, "u1");
			AccountDescriptor after = account(context, "default");
			assertThat(after.token()).isNotNull().satisfies((token) -> {
				assertThat(token.available()).isTrue();
				assertThat(token.age()).isLessThan(TIMEOUT);
				assertThat(token.remaining()).isPositive();
			});
			assertThat(after.quotas()).filteredOn((quota) -> quota.name().equals("send-message-messages"))
				.singleElement()
				.satisfies((quota) -> {
					assertThat(quota.limit()).isEqualTo(6000);
					assertThat(quota.window()).isEqualTo(Duration.ofMinutes(1));
					assertThat(quota.available()).isEqualTo(5999);
					assertThat(quota.waiting()).isZero();
					assertThat(quota.heldBackFor()).isZero();
					assertThat(quota.rejections()).isZero();
				});
		});
	}

	@Test
	void showsWhatFailedButNotForWhom() {
		this.contextRunner.run((context) -> {
			emulator.faults()
				.fail("send-message", Fault.error(400, "illegal_argument", "the user secret-user does not exist"));
			assertThatExceptionOfType(ImException.class).isThrownBy(() -> send(context, "secret-user"));
			assertThat(account(context, "default").lastErrors()).singleElement().satisfies((error) -> {
				assertThat(error.operation()).isEqualTo("send-message");
				assertThat(error.status()).isEqualTo(400);
				assertThat(error.mayHaveBeenProcessed()).isFalse();
				assertThat(error.at()).isBefore(Instant.now().plusSeconds(1));
			});
			String json = json(context);
			AccessToken token = context.getBean(TokenProvider.class).token().block(TIMEOUT);
			assertThat(token).isNotNull();
			assertThat(json).contains("send-message")
				.doesNotContain("secret-user")
				.doesNotContain(token.value())
				.doesNotContain(emulator.clientSecret());
		});
	}

	@Test
	void showsEachAccount() {
		this.contextRunner
			.withPropertyValues("im.accounts.sales.base-url=" + emulator.baseUrl(),
					"im.accounts.sales.app-id=" + emulator.appId(),
					"im.accounts.sales.auth.app-certificate=" + emulator.appCertificate(),
					"im.accounts.sales.quota.enabled=false")
			.run((context) -> {
				send(context, "u1");
				emulator.faults().fail("send-message", Fault.status(400));
				assertThatExceptionOfType(ImException.class)
					.isThrownBy(() -> context.getBean("salesImMessageOperations", MessageOperations.class)
						.send(Message.text("hi").to("u1").build())
						.block(TIMEOUT));
				assertThat(account(context, "default").lastErrors()).isEmpty();
				assertThat(account(context, "sales").lastErrors()).hasSize(1);
				assertThat(account(context, "sales").quotas()).isEmpty();
			});
	}

	@Test
	void errorsAreBoundedAndTheNewestComeFirst() {
		RecentErrors errors = new RecentErrors(() -> Instant.EPOCH);
		CallListener listener = errors.callListener("default");
		ObservedCall call = new ObservedCall(Operations.SEND_MESSAGE, "txt", 1);
		for (int status = 400; status <= 400 + RecentErrors.CAPACITY; status++) {
			ImApiException failure = new ImApiException("send-message",
					new ErrorResponse(status, null, null, null, null, ""), Hint.of("Look."), false);
			listener.ended(call, CallOutcome.of(failure), failure);
		}
		assertThat(errors.of("default")).hasSize(RecentErrors.CAPACITY)
			.extracting(ErrorDescriptor::status)
			.startsWith(420, 419)
			.endsWith(401);
	}

	@Test
	void notDefinedUnlessExposed() {
		this.contextRunner.withPropertyValues("management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(ImAccountsEndpoint.class)
				.doesNotHaveBean(RecentErrors.class));
	}

	@Test
	void switchedOff() {
		this.contextRunner.withPropertyValues("management.endpoint.im.access=NONE")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ImAccountsEndpoint.class));
		this.contextRunner.withPropertyValues("im.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ImAccountsEndpoint.class));
	}

	@Test
	void usersOwnWins() {
		this.contextRunner
			.withBean("mine", ImAccountsEndpoint.class,
					() -> new ImAccountsEndpoint(null, new RecentErrors(Instant::now), null))
			.run((context) -> assertThat(context).hasSingleBean(ImAccountsEndpoint.class).hasBean("mine"));
	}

	private static AccountDescriptor account(ApplicationContext context, String name) {
		AccountDescriptor account = context.getBean(ImAccountsEndpoint.class).accounts().accounts().get(name);
		assertThat(account).isNotNull();
		return account;
	}

	private static String json(ApplicationContext context) {
		return JsonMapper.builder().build().writeValueAsString(context.getBean(ImAccountsEndpoint.class).accounts());
	}

	private static void send(ApplicationContext context, String recipient) {
		context.getBean(MessageOperations.class).send(Message.text("hi").to(recipient).build()).block(TIMEOUT);
	}

}
