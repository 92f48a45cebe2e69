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

package io.github.imspring.autoconfigure;

import java.time.Duration;

import io.github.imspring.ImClient;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.error.ImAuthenticationException;
import io.github.imspring.error.ImQuotaExceededException;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.quota.QuotaSnapshot;
import io.github.imspring.token.TokenProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for several accounts in one application.
 */
class ImAccountsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static ImEmulator plain;

	private static ImEmulator sales;

	@BeforeAll
	static void startEmulators() {
		plain = ImEmulator.start();
		sales = ImEmulator.start();
	}

	@AfterAll
	static void stopEmulators() {
		plain.close();
		sales.close();
	}

	@BeforeEach
	void reset() {
		plain.reset();
		sales.reset();
	}

	@Test
	void eachAccountHasItsOwnBeansTokenAndQuotas() {
		runner().withBean(Shop.class).run((context) -> {
			Shop shop = context.getBean(Shop.class);
			shop.plain.send(Message.text("a").to("u1").build()).block(TIMEOUT);
			shop.sales.send(Message.text("b").to("u2").build()).block(TIMEOUT);
			shop.sales.send(Message.text("c").to("u3").build()).block(TIMEOUT);
			assertThat(plain.deliveredMessages()).isOne();
			assertThat(sales.deliveredMessages()).isEqualTo(2);
			assertThat(plain.requestCount("token")).isOne();
			assertThat(sales.requestCount("token")).isZero();
			assertThat(shop.salesTokens).isNotSameAs(shop.plainTokens);
			assertThat(callsPerSecond(shop.plainQuotas)).isEqualTo(100);
			assertThat(callsPerSecond(shop.salesQuotas)).isEqualTo(7);
		});
	}

	@Test
	void plainAccountIsTheOneThatIsInjectedWithoutAQualifier() {
		runner().run((context) -> {
			assertThat(context.getBean(MessageOperations.class)).isSameAs(context.getBean("imMessageOperations"));
			assertThat(context).hasBean("salesImMessageOperations").hasBean("salesImClient");
			assertThat(context.getBean("salesImClient", ImClient.class))
				.isNotSameAs(context.getBean("imClient", ImClient.class));
		});
	}

	private static MessageOperations sales(ApplicationContext context) {
		return context.getBean("salesImMessageOperations", MessageOperations.class);
	}

	@Test
	void errorsNameTheAccount() {
		runner().withPropertyValues("im.accounts.sales.auth.app-certificate=")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(ImConfigurationException.class)
				.hasMessageContaining("im.accounts.sales.auth"));
		runner().withPropertyValues("im.accounts.sales.timeout=0s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'im.accounts.sales.timeout'"));
		Message message = Message.text("b").to("u2").build();
		runner().withPropertyValues("im.accounts.sales.auth.app-certificate=", "im.accounts.sales.auth.token=none")
			.run((context) -> assertThatExceptionOfType(ImAuthenticationException.class)
				.isThrownBy(() -> sales(context).send(message).block(TIMEOUT))
				.withMessageContaining("Replace im.accounts.sales.auth.token by"));
		runner().withPropertyValues("im.accounts.sales.quota.max-wait=0s")
			.run((context) -> assertThatExceptionOfType(ImQuotaExceededException.class)
				.isThrownBy(
						() -> Flux.range(0, 20).flatMap((number) -> sales(context).send(message)).blockLast(TIMEOUT))
				.withMessageContaining("raise im.accounts.sales.quota.max-wait"));
	}

	private static int callsPerSecond(QuotaLimiter quotas) {
		return quotas.snapshots()
			.stream()
			.map(QuotaSnapshot::quota)
			.filter((quota) -> quota.name().equals("send-message-calls"))
			.findFirst()
			.orElseThrow()
			.limit();
	}

	private static ApplicationContextRunner runner() {
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ImAutoConfiguration.class))
			.withPropertyValues("im.base-url=" + plain.baseUrl(), "im.org-name=" + plain.orgName(),
					"im.app-name=" + plain.appName(), "im.auth.client-id=" + plain.clientId(),
					"im.auth.client-secret=" + plain.clientSecret(), "im.accounts.sales.base-url=" + sales.baseUrl(),
					"im.accounts.sales.app-id=" + sales.appId(),
					"im.accounts.sales.auth.app-certificate=" + sales.appCertificate(),
					"im.accounts.sales.quota.limits.send-message.calls-per-second=7");
	}

	static class Shop {

		private final MessageOperations plain;

		private final MessageOperations sales;

		private final TokenProvider plainTokens;

		private final TokenProvider salesTokens;

		private final QuotaLimiter plainQuotas;

		private final QuotaLimiter salesQuotas;

		Shop(MessageOperations plain, @Qualifier("sales") MessageOperations sales, TokenProvider plainTokens,
				@Qualifier("sales") TokenProvider salesTokens, QuotaLimiter plainQuotas,
				@Qualifier("sales") QuotaLimiter salesQuotas) {
			this.plain = plain;
			this.sales = sales;
			this.plainTokens = plainTokens;
			this.salesTokens = salesTokens;
			this.plainQuotas = plainQuotas;
			this.salesQuotas = salesQuotas;
		}

	}

}
