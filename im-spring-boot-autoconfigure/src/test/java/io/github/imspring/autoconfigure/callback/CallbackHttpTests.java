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

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

import io.github.imspring.callback.CallbackEvent;
import io.github.imspring.callback.MessageSent;
import io.github.imspring.callback.PostDeliveryListener;
import io.github.imspring.callback.PreDeliveryFilter;
import io.github.imspring.callback.Verdict;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Tests of callbacks over HTTP, on both web stacks.
 */
@ParameterizedClass
@ExtendWith(OutputCaptureExtension.class)
@EnumSource(WebStack.class)
class CallbackHttpTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final String FAR_DEADLINE = "im.callback.pre-delivery.timeout=1h";

	@Parameter
	private WebStack stack;

	private ConfigurableApplicationContext context;

	private Application application;

	private CallbackSender sender;

	@AfterEach
	void stop() {
		if (this.context != null) {
			this.application.gate.release(1_000_000);
			this.context.close();
		}
	}

	private void start(String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.add("im.callback.secrets=first,s3cret");
		if (all.stream().noneMatch((property) -> property.startsWith("im.callback.pre-delivery.timeout="))) {
			all.add(FAR_DEADLINE);
		}
		this.context = this.stack.run(List.of(Application.class), all.toArray(String[]::new));
		this.application = this.context.getBean(Application.class);
		this.sender = new CallbackSender(WebStack.port(this.context), "/im/callbacks", "s3cret");
	}

	private double received(String kind, String outcome) {
		return this.context.getBean(MeterRegistry.class)
			.get("im.callback.received")
			.tags("account", "default", "kind", kind, "outcome", outcome)
			.counter()
			.count();
	}

	@Test
	void eventReachesListenersAndApplicationListenersAfterTheAnswer() {
		start();
		HttpResponse<String> response = this.sender.post(this.sender.message(1, "user1", "hello"));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEmpty();
		this.application.gate.release();
		await().atMost(TIMEOUT).until(() -> this.application.published.size() == 1);
		assertThat(this.application.heard).hasSize(1);
		assertThat(this.application.published).singleElement()
			.satisfies((message) -> assertThat(message.content().text()).isEqualTo("hello"));
		assertThat(this.sender.post(this.sender.message(1, "user1", "hello")).statusCode()).isEqualTo(200);
		assertThat(received("message", "accepted")).isOne();
		await().atMost(TIMEOUT).until(() -> received("message", "duplicate") == 1);
		await().atMost(TIMEOUT)
			.untilAsserted(() -> assertThat(this.context.getBean(MeterRegistry.class)
				.get("im.callback.handling")
				.tags("account", "default", "kind", "message", "outcome", "handled")
				.timer()
				.count()).isOne());
	}

	@Test
	void refusals() {
		start("im.callback.max-body-size=2KB");
		CallbackSender wrong = new CallbackSender(WebStack.port(this.context), "/im/callbacks", "other");
		assertRefused(wrong.post(wrong.message(1, "user1", "hello")), 403);
		assertRefused(this.sender.post("no JSON"), 400);
		assertRefused(this.sender.post(""), 400);
		String large = this.sender.message(2, "user1", "x".repeat(4096));
		assertRefused(this.sender.post(large), 413);
		String edge = this.sender.message(3, "user1", "");
		String text = "x".repeat(2048 - edge.length());
		assertThat(this.sender.post(this.sender.message(3, "user1", text)).statusCode()).isEqualTo(200);
		assertRefused(this.sender.post(this.sender.message(4, "user1", text + "x")), 413);
		assertThat(this.sender.get().statusCode()).isIn(404, 405);
		assertThat(received("none", "forged")).isOne();
		assertThat(received("none", "malformed")).isEqualTo(2);
		assertThat(received("none", "too-large")).isEqualTo(2);
	}

	private static void assertRefused(HttpResponse<String> response, int status) {
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.body()).isEmpty();
	}

	@Test
	void verdicts() {
		start();
		HttpResponse<String> stopped = this.sender.post(this.sender.question(1, "a bad word"));
		assertThat(stopped.statusCode()).isEqualTo(200);
		assertThat(stopped.headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("application/json"));
		assertThat(stopped.body()).isEqualTo("{\"valid\":false,\"code\":\"denied\"}");
		assertThat(this.sender.post(this.sender.question(2, "hello")).body()).isEqualTo("{\"valid\":true}");
		assertRefused(this.sender.post(this.sender.question(2, "hello")), 403);
	}

	@Test
	void filterThatNeverAnswersCostsTheDeadline() {
		start("im.callback.pre-delivery.timeout=50ms", "im.callback.pre-delivery.default-verdict=stop");
		HttpResponse<String> late = this.sender.post(this.sender.question(1, "never"));
		assertThat(late.statusCode()).isEqualTo(200);
		assertThat(late.body()).isEqualTo("{\"valid\":false}");
		assertThat(received("pre-delivery", "late")).isOne();
	}

	@Test
	void bytesByChanceAreNeverAnErrorOfTheServer() {
		start();
		this.application.gate.release(1_000_000);
		Random random = new Random(1);
		for (int number = 0; number < 300; number++) {
			byte[] body = ((number % 2 == 0) ? this.sender.message(number, "user1", "hello")
					: this.sender.question(number, "hello"))
				.getBytes(StandardCharsets.UTF_8);
			for (int changes = random.nextInt(4); changes >= 0; changes--) {
				body[random.nextInt(body.length)] = (byte) random.nextInt(256);
			}
			assertThat(this.sender.post(body).statusCode()).isIn(200, 400, 403);
		}
	}

	@Test
	void closingDrainsTheQueue() {
		start("im.shutdown-timeout=1m", "im.callback.threads=2");
		IntStream.range(0, 20)
			.forEach((number) -> assertThat(
					this.sender.post(this.sender.message(number, "user" + number, "hello")).statusCode())
				.isEqualTo(200));
		this.application.gate.release(1_000_000);
		this.context.close();
		assertThat(this.application.heard).hasSize(20);
		assertThat(this.application.published).hasSize(20);
	}

	@Test
	void closingSaysWhatItCouldNotHandleInTime(CapturedOutput output) {
		start("im.shutdown-timeout=100ms", "im.callback.threads=1");
		IntStream.range(0, 3)
			.forEach((number) -> assertThat(
					this.sender.post(this.sender.message(number, "user" + number, "hello")).statusCode())
				.isEqualTo(200));
		assertTimeoutPreemptively(TIMEOUT, () -> this.context.close());
		assertThat(this.application.heard).isEmpty();
		assertThat(output).contains("before its listeners had handled all callbacks to account 'default'", "message=3");
	}

	@Test
	void accountsHaveTheirOwnSecretsAndPaths() {
		start("im.callback.path=/hooks/9f2b", "im.accounts.sales.base-url=http://localhost:1",
				"im.accounts.sales.org-name=org", "im.accounts.sales.app-name=sales", "im.accounts.sales.auth.token=t",
				"im.accounts.sales.callback.path=/hooks/77aa", "im.accounts.sales.callback.secrets=sales-s3cret");
		this.application.gate.release(1_000_000);
		int port = WebStack.port(this.context);
		CallbackSender primary = new CallbackSender(port, "/hooks/9f2b", "s3cret");
		CallbackSender sales = new CallbackSender(port, "/hooks/77aa", "sales-s3cret");
		CallbackSender crossed = new CallbackSender(port, "/hooks/9f2b", "sales-s3cret");
		assertThat(primary.post(primary.message(1, "user1", "hello")).statusCode()).isEqualTo(200);
		assertThat(sales.post(sales.message(1, "user1", "hello")).statusCode()).isEqualTo(200);
		assertThat(crossed.post(crossed.message(2, "user1", "hello")).statusCode()).isEqualTo(403);
		assertThat(this.sender.post(this.sender.message(3, "user1", "hello")).statusCode()).isEqualTo(404);
		await().atMost(TIMEOUT).until(() -> this.application.heard.size() == 2);
		assertThat(this.application.heard).extracting(CallbackEvent::account)
			.containsExactlyInAnyOrder("default", "sales");
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		private final Semaphore gate = new Semaphore(0);

		private final List<CallbackEvent> heard = Collections.synchronizedList(new ArrayList<>());

		private final List<MessageSent> published = Collections.synchronizedList(new ArrayList<>());

		@Bean
		PostDeliveryListener listener() {
			return (event) -> {
				this.gate.acquire();
				this.heard.add(event);
			};
		}

		@EventListener
		void onMessage(MessageSent message) {
			this.published.add(message);
		}

		@Bean
		PreDeliveryFilter filter() {
			return (message) -> {
				String text = String.valueOf(message.text());
				if (text.equals("never")) {
					return Mono.never();
				}
				return text.contains("bad") ? Mono.just(Verdict.stop("denied")) : Mono.empty();
			};
		}

	}

}
