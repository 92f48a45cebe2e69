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
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.exchange.ImEndpoint;
import io.github.imspring.exchange.StrictReactorNetty;
import io.github.imspring.message.Message;
import io.github.imspring.token.AccessToken;
import io.github.imspring.token.ClientCredentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ImClient} and its builder.
 */
class ImClientTests {

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

	private ImClientBuilder builder() {
		return ImClient.builder(ImEndpoint.ofOrgApp(URI.create(this.emulator.baseUrl()), this.emulator.orgName(),
				this.emulator.appName()));
	}

	private ClientCredentials credentials() {
		return new ClientCredentials(this.emulator.clientId(), this.emulator.clientSecret(), null);
	}

	private static void send(ImClient client) {
		client.messages().send(Message.text("hi").to("user2").build()).block(TIMEOUT);
	}

	@Test
	void clientsOfOneBuilderCloseApart() {
		ImClientBuilder builder = builder().clientCredentials(credentials());
		ImClient first = builder.build();
		ImClient second = builder.build();
		first.close();
		send(second);
		assertThat(this.emulator.deliveriesTo("user2")).hasSize(1);
		second.close();
	}

	@Test
	void httpClientIsMadeOnceWithTheFirstCall() {
		AtomicInteger made = new AtomicInteger();
		try (ImClient client = builder().clientCredentials(credentials()).webClient(() -> {
			made.incrementAndGet();
			return WebClient.builder();
		}).build()) {
			assertThat(made).hasValue(0);
			send(client);
			send(client);
			assertThat(made).hasValue(1);
		}
	}

	@Test
	void builderThatIsChangedLaterChangesNoClient() {
		WebClient.Builder webClient = WebClient.builder();
		ImClientBuilder builder = builder().clientCredentials(credentials()).webClient(webClient);
		try (ImClient client = builder.build()) {
			builder.webClient(WebClient.builder().defaultHeader("x-late", "yes"));
			webClient.defaultHeader("x-late", "yes");
			send(client);
			assertThat(this.emulator.requests("send-message").get(0).headers()).doesNotContainKey("x-late");
		}
	}

	@Test
	void subjectsAreTheSameEachTime() {
		try (ImClient client = builder().clientCredentials(credentials()).build()) {
			assertThat(client.users()).isSameAs(client.users());
		}
	}

	@Test
	void whatWasSetLastSaysWhereTokensComeFrom() {
		AccessToken token = new AccessToken(this.emulator.tokens().issue(), Instant.now(), null);
		try (ImClient client = builder().token("none").clientCredentials(credentials()).build()) {
			send(client);
		}
		assertThat(this.emulator.requestCount("token")).isEqualTo(1);
		try (ImClient client = builder().clientCredentials(credentials()).tokenSource(() -> Mono.just(token)).build()) {
			send(client);
			try (ImClient provided = builder().clientCredentials(credentials())
				.tokenProvider(client.tokenProvider())
				.build()) {
				send(provided);
			}
			try (ImClient own = builder().tokenProvider(client.tokenProvider())
				.clientCredentials(credentials())
				.build()) {
				send(own);
			}
		}
		assertThat(this.emulator.requestCount("token")).isEqualTo(2);
	}

	@Test
	void eachRequestNamesTheClientUnlessTheApplicationNamesAnother() {
		try (ImClient client = builder().clientCredentials(credentials()).build()) {
			send(client);
		}
		assertThat(this.emulator.requests()).hasSize(2)
			.allSatisfy((request) -> assertThat(request.header("User-Agent")).startsWith("im-spring-boot"));
		this.emulator.reset();
		try (ImClient client = builder().clientCredentials(credentials())
			.webClient(StrictReactorNetty.webClient().defaultHeader("User-Agent", "shop/7"))
			.build()) {
			send(client);
		}
		assertThat(this.emulator.requests()).hasSize(2)
			.allSatisfy((request) -> assertThat(request.header("User-Agent")).isEqualTo("shop/7"));
	}

	@Test
	void tokensMustComeFromSomewhere() {
		assertThatIllegalStateException().isThrownBy(() -> builder().build()).withMessageContaining("Set credentials");
	}

}
