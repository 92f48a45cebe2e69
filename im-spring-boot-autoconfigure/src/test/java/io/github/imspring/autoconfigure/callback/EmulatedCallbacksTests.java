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

package io.github.imspring.autoconfigure.callback;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.imspring.callback.MessageSent;
import io.github.imspring.callback.PostDeliveryListener;
import io.github.imspring.callback.PreDeliveryFilter;
import io.github.imspring.callback.Verdict;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageBody;
import io.github.imspring.message.MessageOperations;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests from the emulator to the application and back, on both web stacks: a bot that
 * answers what it is told, and a filter that changes what clients send.
 */
class EmulatedCallbacksTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final String SECRET = "s3cret";

	@ParameterizedTest
	@EnumSource(WebStack.class)
	void fromTheEmulatorToTheApplicationAndBack(WebStack stack) throws Exception {
		try (ImEmulator emulator = ImEmulator.start();
				ConfigurableApplicationContext context = stack.run(List.of(Application.class),
						"im.base-url=" + emulator.baseUrl(), "im.org-name=" + emulator.orgName(),
						"im.app-name=" + emulator.appName(), "im.auth.token=" + emulator.tokens().issue(),
						"im.callback.secrets=" + SECRET, "im.callback.pre-delivery.timeout=50s")) {
			String url = "http://localhost:" + WebStack.port(context) + "/im/callbacks";
			emulator.callbacks().postTo(url, SECRET);
			emulator.callbacks().askBefore(url, SECRET, TIMEOUT, false);
			emulator.chatrooms().create("room", "host", "alice");

			assertThat(emulator.clients()
				.sendToChatroom("alice", "room", "a bad word")
				.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
				.error()).isEqualTo("denied");
			assertThat(emulator.clients()
				.sendToChatroom("alice", "room", "hello")
				.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
				.delivered()).isTrue();

			await().atMost(TIMEOUT).until(() -> emulator.deliveriesTo("alice").size() == 1);
			assertThat(emulator.deliveriesTo("alice").get(0).from()).isEqualTo("bot");
			assertThat(emulator.deliveriesTo("alice").get(0).body().path("msg").asString())
				.isEqualTo("You said: hello");
			await().atMost(TIMEOUT).until(() -> emulator.callbacks().pending() == 0);
			assertThat(emulator.callbacks().sent()).isNotEmpty().allMatch((callback) -> callback.received());
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		PostDeliveryListener bot(MessageOperations messages) {
			return (event) -> {
				if (event instanceof MessageSent message && message.from().equals("alice")) {
					messages.send(Message.text("You said: " + message.content().text()).from("bot").to("alice").build())
						.block(TIMEOUT);
				}
			};
		}

		@Bean
		PreDeliveryFilter words() {
			return (message) -> (message.body() instanceof MessageBody.Text text && text.msg().contains("bad"))
					? Mono.just(Verdict.stop("denied")) : Mono.empty();
		}

	}

}
