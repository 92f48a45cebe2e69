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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.github.imspring.callback.CallbackEvent;
import io.github.imspring.callback.GroupChanged;
import io.github.imspring.callback.MessageSent;
import io.github.imspring.callback.PostDeliveryListener;
import io.github.imspring.callback.PreDeliveryFilter;
import io.github.imspring.callback.PresenceChanged;
import io.github.imspring.callback.Verdict;
import io.github.imspring.emulator.ClientMessage;
import io.github.imspring.emulator.Clients;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@code @AutoConfigureImEmulator(callbacks = true)}: from the application to
 * the emulator and back.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.main.web-application-type=reactive", "spring.webflux.base-path=/app",
				"im.callback.secrets=of-the-real-service", "im.callback.pre-delivery.timeout=8s",
				"im.accounts.sales.org-name=o", "im.accounts.sales.app-name=a", "im.accounts.sales.auth.client-id=i",
				"im.accounts.sales.auth.client-secret=s", "im.accounts.sales.base-url=https://service.invalid",
				"im.accounts.sales.callback.path=/im/callbacks/sales", "im.accounts.[North.East].org-name=o",
				"im.accounts.[North.East].app-name=a", "im.accounts.[North.East].auth.client-id=i",
				"im.accounts.[North.East].auth.client-secret=s",
				"im.accounts.[North.East].base-url=https://service.invalid",
				"im.accounts.[North.East].callback.path=/im/callbacks/north" })
@AutoConfigureImEmulator(callbacks = true)
class ImEmulatorCallbacksTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	@Autowired
	private Application application;

	@Autowired
	private ImEmulator emulator;

	@BeforeEach
	void prepare() {
		this.emulator.chatrooms().create("r", "host", "alice");
	}

	@AfterEach
	void forget() {
		await().atMost(TIMEOUT).until(() -> this.emulator.callbacks().pending() == 0);
		this.application.events.clear();
	}

	@RepeatedTest(2)
	void applicationHearsWhatItSent(@Autowired MessageOperations messages) {
		messages.send(Message.text("hi").from("alice").to("bob").build()).block(TIMEOUT);

		MessageSent sent = event(MessageSent.class);
		assertThat(sent.from()).isEqualTo("alice");
		assertThat(sent.to()).isEqualTo("bob");
		assertThat(sent.messageId()).isEqualTo(this.emulator.deliveriesTo("bob").get(0).messageId());
		assertThat(this.emulator.callbacks().sent()).allMatch((callback) -> callback.received());
	}

	@Test
	void applicationHearsWhoComesAndGoes() {
		this.emulator.users().logIn("alice", "ios_1");
		assertThat(event(PresenceChanged.class)).isNotNull();
		this.emulator.chatrooms().create("r2", "host");
		this.emulator.users().logOut("alice", "ios_1");
		await().atMost(TIMEOUT).until(() -> this.application.events.size() == 2);
	}

	@Test
	void filterDecidesAboutWhatClientsSend() throws Exception {
		Clients clients = this.emulator.clients();
		ClientMessage stopped = clients.sendToChatroom("alice", "r", "a bad word").get(30, TimeUnit.SECONDS);
		assertThat(stopped.error()).isEqualTo("no such words");
		assertThat(clients.sendToChatroom("alice", "r", "hello").get(30, TimeUnit.SECONDS).delivered()).isTrue();
		assertThat(event(MessageSent.class).from()).isEqualTo("alice");
		assertThat(this.emulator.deliveries()).hasSize(1);
	}

	@Test
	void accountsWithAPathOfTheirOwnHearTheirs(@Qualifier("sales") MessageOperations sales,
			@Qualifier("North.East") MessageOperations northEast) {
		sales.send(Message.text("hi").from("sales").to("bob").build()).block(TIMEOUT);

		assertThat(event(MessageSent.class).envelope().account()).isEqualTo("sales");
		assertThat(this.emulator.app("sales").callbacks().sent()).hasSize(1);
		this.application.events.clear();
		northEast.send(Message.text("hi").from("north").to("bob").build()).block(TIMEOUT);

		assertThat(event(MessageSent.class).envelope().account()).isEqualTo("North.East");
		assertThat(this.emulator.callbacks().sent()).isEmpty();
	}

	@Test
	void webServerMustListen() {
		SpringApplication application = new SpringApplication(WithoutWebServer.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		assertThatIllegalStateException()
			.isThrownBy(() -> application.run("--im.test.emulator.callbacks=true", "--spring.main.banner-mode=off"))
			.withMessageContaining("webEnvironment = WebEnvironment.RANDOM_PORT");
	}

	private <E extends CallbackEvent> E event(Class<E> type) {
		await().atMost(TIMEOUT).until(() -> this.application.events.stream().anyMatch(type::isInstance));
		return this.application.events.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		private final List<CallbackEvent> events = new CopyOnWriteArrayList<>();

		@Bean
		PostDeliveryListener listener() {
			return (event) -> {
				if (!(event instanceof GroupChanged)) {
					this.events.add(event);
				}
			};
		}

		@Bean
		PreDeliveryFilter filter() {
			return (message) -> Mono.just(message.content().bodies().toString().contains("bad word")
					? Verdict.stop("no such words") : Verdict.deliver());
		}

	}

	/** No configuration of the tests: those are found by their annotation. */
	@EnableAutoConfiguration
	@Import(ImEmulatorAutoConfiguration.class)
	static class WithoutWebServer {

	}

}
