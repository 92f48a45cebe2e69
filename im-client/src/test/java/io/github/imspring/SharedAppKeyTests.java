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
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.exchange.ImEndpoint;
import io.github.imspring.message.Delivery;
import io.github.imspring.message.Message;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.quota.QuotaLimiterBuilder;
import io.github.imspring.quota.QuotaSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.util.function.Tuple2;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients that do not know of each other use the same quota, which the emulator counts in
 * strict sliding windows: that costs a pause, never a storm and never a message.
 */
class SharedAppKeyTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(90);

	private static final int CALLS_PER_SECOND = 20;

	private static final int MESSAGES_PER_MINUTE = 400;

	private static final ConnectionProvider CONNECTIONS = ConnectionProvider.builder("test")
		.maxConnections(300)
		.pendingAcquireMaxCount(-1)
		.build();

	@AfterAll
	static void closeConnections() {
		CONNECTIONS.dispose();
	}

	@Test
	void aRestartWithinASecondCostsAPause() {
		try (ImEmulator emulator = emulator()) {
			sendAll(client(emulator), "before", CALLS_PER_SECOND);
			sendAll(client(emulator), "after", CALLS_PER_SECOND);
			assertThat(emulator.deliveries()).hasSize(2 * CALLS_PER_SECOND)
				.extracting((delivery) -> delivery.to())
				.doesNotHaveDuplicates();
			// Each call of the second client may be refused once before its limiter
			// knows.
			assertThat(emulator.requestCount("send-message")).isLessThanOrEqualTo(4 * CALLS_PER_SECOND);
		}
	}

	@Test
	void aRestartWithinAMinuteCostsAPause() {
		try (ImEmulator emulator = emulator()) {
			List<String> before = IntStream.range(0, MESSAGES_PER_MINUTE)
				.mapToObj((number) -> "before" + number)
				.toList();
			client(emulator).messages().send(Message.text("hi").to(before).build()).block(TIMEOUT);
			Mono<List<Delivery>> after = bulkSend(client(emulator), "after", 40, 4).collectList().cache();
			after.subscribe();
			await().atMost(TIMEOUT).until(() -> emulator.quotas().rejections("send-message", 403) > 0);
			emulator.clock().advance(Duration.ofMinutes(1));
			assertThat(after.block(TIMEOUT)).hasSize(40).allMatch(Delivery::isSent);
			assertThat(emulator.deliveries()).hasSize(MESSAGES_PER_MINUTE + 40)
				.extracting((delivery) -> delivery.to())
				.doesNotHaveDuplicates();
			assertThat(emulator.requestCount("send-message")).isLessThanOrEqualTo(1 + 2 * 10 + 4);
		}
	}

	@Test
	void aSecondProgramCostsPauses() {
		try (ImEmulator emulator = emulator()) {
			int each = CALLS_PER_SECOND;
			Flux<?> one = sends(client(emulator), "one", each);
			Flux<?> other = sends(client(emulator), "other", each);
			assertThat(Flux.merge(one, other).count().block(TIMEOUT)).isEqualTo(2 * each);
			assertThat(emulator.deliveries()).hasSize(2 * each)
				.extracting((delivery) -> delivery.to())
				.doesNotHaveDuplicates();
			assertThat(emulator.requestCount("send-message")).isLessThanOrEqualTo(2 * 2 * each);
		}
	}

	@Test
	void aBulkSendBesideASecondProgramLosesNobody() {
		try (ImEmulator emulator = emulator()) {
			Flux<?> one = sends(client(emulator), "one", CALLS_PER_SECOND);
			Mono<List<Delivery>> other = bulkSend(client(emulator), "other", CALLS_PER_SECOND, 1).collectList();
			assertThat(Mono.zip(one.then(Mono.just(true)), other).map(Tuple2::getT2).block(TIMEOUT))
				.hasSize(CALLS_PER_SECOND)
				.allMatch(Delivery::isSent);
			assertThat(emulator.deliveries()).hasSize(2 * CALLS_PER_SECOND)
				.extracting((delivery) -> delivery.to())
				.doesNotHaveDuplicates();
			assertThat(emulator.requestCount("send-message")).isLessThanOrEqualTo(2 * 2 * CALLS_PER_SECOND);
		}
	}

	private static void sendAll(ImClient client, String name, int count) {
		assertThat(sends(client, name, count).count().block(TIMEOUT)).isEqualTo(count);
	}

	private static Flux<?> sends(ImClient client, String name, int count) {
		return Flux.range(0, count)
			.flatMap((number) -> client.messages().send(Message.text("hi").to(name + number).build()), count);
	}

	private static Flux<Delivery> bulkSend(ImClient client, String name, int count, int chunkSize) {
		return client.messages()
			.sendToAll(Message.text("hi").build(), Flux.range(0, count).map((number) -> name + number),
					(bulk) -> bulk.withChunkSize(chunkSize));
	}

	private static ImEmulator emulator() {
		return ImEmulator.builder()
			.callsPerSecond("send-message", CALLS_PER_SECOND)
			.messagesPerMinute(MESSAGES_PER_MINUTE)
			.start();
	}

	private static ImClient client(ImEmulator emulator) {
		QuotaLimiter quotas = new QuotaLimiterBuilder()
			.settings(QuotaSettings.defaults()
				.withMaxWait(TIMEOUT)
				.withBulkShare(1)
				.withLimits(Map.of("send-message", new QuotaSettings.Limits(CALLS_PER_SECOND, MESSAGES_PER_MINUTE))))
			.build();
		return ImClient
			.builder(ImEndpoint.ofOrgApp(URI.create(emulator.baseUrl()), emulator.orgName(), emulator.appName()))
			.token(emulator.tokens().issue())
			.webClient(WebClient.builder()
				.clientConnector(new ReactorClientHttpConnector(HttpClient.create(CONNECTIONS).disableRetry(true))))
			.quotas(quotas)
			.timeout(TIMEOUT)
			.build();
	}

}
