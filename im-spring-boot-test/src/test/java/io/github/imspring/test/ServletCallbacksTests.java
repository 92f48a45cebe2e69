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

import io.github.imspring.callback.MessageSent;
import io.github.imspring.callback.PreDeliveryFilter;
import io.github.imspring.callback.Verdict;
import io.github.imspring.emulator.ClientMessage;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@code @AutoConfigureImEmulator(callbacks = true)} on a servlet application,
 * with the paths that only such a one has.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.main.web-application-type=servlet", "server.servlet.context-path=/app",
				"spring.mvc.servlet.path=/api", "spring.webflux.base-path=/not-of-servlets",
				"im.callback.path=/callbacks", "im.callback.pre-delivery.timeout=8s" })
@AutoConfigureImEmulator(callbacks = true)
class ServletCallbacksTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	@Autowired
	private Application application;

	@Autowired
	private ImEmulator emulator;

	@BeforeEach
	void prepare() {
		this.application.events.clear();
		this.emulator.chatrooms().create("r", "host", "alice");
	}

	@Test
	void applicationHearsWhatItSent(@Autowired MessageOperations messages) {
		messages.send(Message.text("hi").from("alice").to("bob").build()).block(TIMEOUT);
		await().atMost(TIMEOUT)
			.untilAsserted(() -> assertThat(this.application.events).singleElement()
				.extracting(MessageSent::to)
				.isEqualTo("bob"));
		assertThat(this.emulator.callbacks().sent()).allMatch((callback) -> callback.received());
	}

	@Test
	void filterDecidesAboutWhatClientsSend() throws Exception {
		ClientMessage stopped = this.emulator.clients()
			.sendToChatroom("alice", "r", "a bad word")
			.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
		assertThat(stopped.error()).isEqualTo("no such words");
		assertThat(this.emulator.deliveries()).isEmpty();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		private final List<MessageSent> events = new CopyOnWriteArrayList<>();

		@EventListener
		void onMessage(MessageSent event) {
			this.events.add(event);
		}

		@Bean
		PreDeliveryFilter filter() {
			return (message) -> Mono
				.just("a bad word".equals(message.text()) ? Verdict.stop("no such words") : Verdict.deliver());
		}

	}

}
