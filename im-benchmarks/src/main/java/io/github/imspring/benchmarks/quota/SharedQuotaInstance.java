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

package io.github.imspring.benchmarks.quota;

import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.github.imspring.ImClient;
import io.github.imspring.exchange.ImEndpoint;
import io.github.imspring.message.Message;
import io.github.imspring.operation.Quota;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.quota.QuotaLimiterBuilder;
import io.github.imspring.quota.QuotaListener;
import io.github.imspring.quota.redis.RedisQuotaStoreFactory;
import io.github.imspring.token.ClientCredentials;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * One process of {@link SharedQuotaLoad}.
 */
final class SharedQuotaInstance {

	static final String READY = "ready";

	static final String RESULT = "sent ";

	private static final int CALLERS = 100;

	private static final int ATTEMPTS = 5;

	private final AtomicInteger sent = new AtomicInteger();

	private final AtomicInteger failed = new AtomicInteger();

	private final AtomicInteger throttled = new AtomicInteger();

	private final AtomicReference<String> failure = new AtomicReference<>("none");

	private SharedQuotaInstance() {
	}

	/**
	 * Waits for a line on the standard input, sends for a time, and prints what came of
	 * it.
	 * @param arguments the base URL, the port of Redis, the number of instances, the time
	 * in seconds, the recipients of a message, and from when until when it sends
	 * @throws Exception if there is no standard input
	 */
	public static void main(String[] arguments) throws Exception {
		new SharedQuotaInstance().run(arguments, System.out);
		System.exit(0);
	}

	private void run(String[] arguments, PrintStream out) throws Exception {
		int instances = Integer.parseInt(arguments[2]);
		LettuceConnectionFactory connectionFactory = new LettuceConnectionFactory("127.0.0.1",
				Integer.parseInt(arguments[1]));
		connectionFactory.afterPropertiesSet();
		connectionFactory.start();
		QuotaLimiter quotas = new QuotaLimiterBuilder().listener(new QuotaListener() {

			@Override
			public void throttled(Quota quota, Duration heldBackFor) {
				SharedQuotaInstance.this.throttled.incrementAndGet();
			}

		})
			.store(new RedisQuotaStoreFactory(connectionFactory).create("emulator-org#emulator-app", instances),
					instances)
			.build();
		ImClient client = ImClient
			.builder(ImEndpoint.ofOrgApp(URI.create(arguments[0]), "emulator-org", "emulator-app"))
			.clientCredentials(new ClientCredentials("emulator-client-id", "emulator-client-secret", null))
			.quotas(quotas)
			.build();
		client.tokenProvider().token().retry(ATTEMPTS).block();
		List<String> recipients = IntStream.range(0, Integer.parseInt(arguments[4]))
			.mapToObj((i) -> "user" + i)
			.toList();
		Message message = Message.text("Hello").from("admin").to(recipients).build();
		out.println(READY);
		System.in.read();
		long seconds = Long.parseLong(arguments[3]);
		long from = Long.parseLong(arguments[5].split("-")[0]);
		long until = Long.parseLong(arguments[5].split("-")[1]);
		Mono.delay(Duration.ofSeconds(from))
			.thenMany(Flux.range(0, CALLERS).flatMap((caller) -> send(client, message).repeat(), CALLERS))
			.take(Duration.ofSeconds(until))
			.blockLast();
		Mono.delay(Duration.ofSeconds(seconds - until)).block();
		out.println(RESULT + "%d, failed %d (%s), throttled %d".formatted(this.sent.get(), this.failed.get(),
				this.failure.get(), this.throttled.get()));
	}

	private Mono<Void> send(ImClient client, Message message) {
		return client.messages()
			.send(message)
			.doOnSuccess((result) -> this.sent.incrementAndGet())
			.onErrorResume((failure) -> {
				this.failed.incrementAndGet();
				this.failure.set(failure.toString());
				return Mono.empty();
			})
			.then();
	}

}
