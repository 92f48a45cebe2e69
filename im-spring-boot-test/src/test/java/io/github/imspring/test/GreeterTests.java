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

package io.github.imspring.test;

import java.time.Duration;

import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.error.ImQuotaExceededException;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests as an application has them: a message was delivered, the service is throttling,
 * the token expired.
 */
@SpringBootTest
@AutoConfigureImEmulator
class GreeterTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	@Autowired
	private Greeter greeter;

	@Test
	void messageIsDelivered(ImEmulator emulator) {
		this.greeter.welcome("user2").block(TIMEOUT);

		assertThat(emulator.deliveriesTo("user2")).singleElement().satisfies((delivery) -> {
			assertThat(delivery.from()).isEqualTo("system");
			assertThat(delivery.body().path("msg").asString()).isEqualTo("Welcome!");
		});
	}

	@Test
	void messageWaitsWhileTheServiceIsThrottling(ImEmulator emulator) {
		emulator.faults().fail("send-message", Fault.reachLimit());

		this.greeter.welcome("user2").block(TIMEOUT);

		assertThat(emulator.requestCount("send-message")).isEqualTo(2);
		assertThat(emulator.deliveriesTo("user2")).hasSize(1);
	}

	@Test
	void messageIsNotSentWhenThePlanIsUsedUp(ImEmulator emulator) {
		emulator.faults().fail("send-message", Fault.resourceLimited());

		assertThatExceptionOfType(ImQuotaExceededException.class)
			.isThrownBy(() -> this.greeter.welcome("user2").block(TIMEOUT));
		assertThat(emulator.deliveredMessages()).isZero();
	}

	@Test
	void messageIsDeliveredThoughTheTokenExpired(ImEmulator emulator) {
		this.greeter.welcome("user2").block(TIMEOUT);
		emulator.tokens().expire();

		this.greeter.welcome("user3").block(TIMEOUT);

		assertThat(emulator.requests("send-message")).hasSize(3);
		assertThat(emulator.deliveriesTo("user3")).hasSize(1);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Greeter.class)
	static class Application {

	}

}
