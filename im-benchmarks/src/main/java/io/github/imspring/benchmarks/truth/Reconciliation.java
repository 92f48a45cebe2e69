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

package io.github.imspring.benchmarks.truth;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import io.github.imspring.error.ImException;
import io.github.imspring.message.Delivery;
import io.github.imspring.message.Delivery.Status;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Sends messages through a service that fails two of five requests, one by one and in
 * bulk, some cancelled at random, and compares what the client says of each with what the
 * service did: never "not sent" of one that arrived, never "sent" of one that did not,
 * and none twice. Ends with 1 if it finds any. Arguments: the HTTP client
 * ({@code reactor}, {@code jdk}, {@code jetty}, {@code http-components}), the number of
 * messages (200000), the seed.
 */
public final class Reconciliation {

	private static final int CONCURRENCY = 128;

	private static final int CHUNK = 20;

	private static final int BULK = 2_000;

	private final MessageOperations messages;

	private final Random random;

	private final Map<String, Status> said = new ConcurrentHashMap<>();

	private Reconciliation(MessageOperations messages, long seed) {
		this.messages = messages;
		this.random = new Random(seed);
	}

	/**
	 * Runs the comparison.
	 * @param arguments the HTTP client, the number of messages, the seed
	 * @throws IOException if the service cannot be started
	 */
	public static void main(String[] arguments) throws IOException {
		String client = (arguments.length > 0) ? arguments[0] : "reactor";
		int count = (arguments.length > 1) ? Integer.parseInt(arguments[1]) : 200_000;
		long seed = (arguments.length > 2) ? Long.parseLong(arguments[2]) : System.nanoTime();
		int violations;
		try (HostileService service = new HostileService(seed);
				ConfigurableApplicationContext context = start(client, service)) {
			Reconciliation run = new Reconciliation(context.getBean(MessageOperations.class), seed);
			run.send(count);
			violations = run.compare(client, seed, count, service);
		}
		System.exit((violations > 0) ? 1 : 0);
	}

	private static ConfigurableApplicationContext start(String client, HostileService service) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "spring.http.clients.reactive.connector=" + client,
					"im.base-url=" + service.baseUrl(), "im.org-name=org", "im.app-name=app", "im.auth.client-id=id",
					"im.auth.client-secret=secret", "im.quota.enabled=false", "im.http.read-timeout=500ms",
					"im.retry.backoff=1ms", "im.retry.max-backoff=10ms", "im.bulk.chunk-size=" + CHUNK,
					"spring.data.redis.repositories.enabled=false")
			.run();
	}

	private void send(int count) {
		int singles = count / 2;
		Flux.range(0, singles).flatMap(this::sendOne, CONCURRENCY).blockLast();
		Flux.range(0, (count - singles) / BULK).concatMap(this::sendMany).blockLast();
	}

	/**
	 * What is cancelled gets no result, and may have gone either way.
	 */
	private Mono<Void> sendOne(int number) {
		String user = "single" + number;
		Mono<Status> status = this.messages.send(Message.text("hi").to(user).build())
			.map((result) -> Status.SENT)
			.onErrorResume(ImException.class,
					(ex) -> Mono.just(ex.mayHaveBeenProcessed() ? Status.UNKNOWN : Status.NOT_SENT));
		boolean cancelled;
		long after;
		synchronized (this.random) {
			cancelled = this.random.nextInt(10) == 0;
			after = this.random.nextLong(5_000_000);
		}
		return (cancelled ? status.timeout(Duration.ofNanos(after), Mono.just(Status.UNKNOWN)) : status)
			.doOnNext((outcome) -> this.said.put(user, outcome))
			.then();
	}

	private Mono<Void> sendMany(int number) {
		Flux<String> users = Flux.range(0, BULK).map((index) -> "bulk" + number + "-" + index);
		Flux<Delivery> deliveries = this.messages.sendToAll(Message.text("hi").build(), users)
			.doOnDiscard(Delivery.class, this::note);
		boolean cancelled = number % 3 == 0;
		return (cancelled ? deliveries.take(BULK / 2) : deliveries).doOnNext(this::note).then();
	}

	private void note(Delivery delivery) {
		Status before = this.said.putIfAbsent(delivery.recipient(), delivery.status());
		if (before != null) {
			throw new IllegalStateException("Two results for " + delivery.recipient());
		}
	}

	private int compare(String client, long seed, int count, HostileService service) {
		Map<Status, AtomicLong> counts = new EnumMap<>(Status.class);
		List.of(Status.values()).forEach((status) -> counts.put(status, new AtomicLong()));
		int violations = 0;
		for (Map.Entry<String, Status> entry : this.said.entrySet()) {
			Status status = entry.getValue();
			AtomicLong counter = counts.get(status);
			if (counter != null) {
				counter.incrementAndGet();
			}
			long delivered = service.delivered(entry.getKey());
			boolean wrong = delivered > 1 || (status == Status.SENT && delivered == 0)
					|| (status == Status.NOT_SENT && delivered > 0);
			if (wrong && ++violations <= 20) {
				System.out.printf("%s: said %s, delivered %d times%n", entry.getKey(), status, delivered);
			}
		}
		System.out.printf("%s, seed %d: %d messages, %d requests, %s; %d violations%n", client, seed, count,
				service.requests(), counts, violations);
		return violations;
	}

	/**
	 * The application.
	 */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
