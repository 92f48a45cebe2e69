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

package io.github.imspring.autoconfigure.http;

import java.time.Duration;

import io.github.imspring.autoconfigure.ImAutoConfiguration;
import io.github.imspring.autoconfigure.ImWebClientCustomizer;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the service sees as the {@code User-Agent}, of calls and of the token's request.
 */
class UserAgentTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private ImEmulator emulator;

	@BeforeEach
	void start() {
		this.emulator = ImEmulator.start();
	}

	@AfterEach
	void stop() {
		this.emulator.close();
	}

	@ParameterizedTest
	@EnumSource
	void namesTheStarterWithEachClient(Clients client) {
		client.against(this.emulator.baseUrl(), this::send, "im.auth.token=", "im.org-name=" + this.emulator.orgName(),
				"im.app-name=" + this.emulator.appName(), "im.auth.client-id=" + this.emulator.clientId(),
				"im.auth.client-secret=" + this.emulator.clientSecret());
		// Classes outside of a jar have no version.
		assertUserAgent("im-spring-boot(/\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?)?");
	}

	@Test
	void isTheApplicationsIfItSetsOne() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ImAutoConfiguration.class))
			.withBean(ImWebClientCustomizer.class, () -> (webClient) -> webClient.defaultHeader("User-Agent", "shop/7"))
			.withPropertyValues("im.base-url=" + this.emulator.baseUrl(), "im.org-name=" + this.emulator.orgName(),
					"im.app-name=" + this.emulator.appName(), "im.auth.client-id=" + this.emulator.clientId(),
					"im.auth.client-secret=" + this.emulator.clientSecret())
			.run(this::send);
		assertUserAgent("shop/7");
	}

	private void send(ApplicationContext context) {
		context.getBean(MessageOperations.class).send(Message.text("hi").to("user1").build()).block(TIMEOUT);
	}

	private void assertUserAgent(String expected) {
		assertThat(this.emulator.requests()).hasSize(2)
			.allSatisfy((request) -> assertThat(request.header("User-Agent")).matches(expected));
	}

}
