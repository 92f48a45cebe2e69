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

package io.github.imspring.benchmarks.callback;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.github.imspring.autoconfigure.callback.ImCallbacks;
import io.github.imspring.callback.CallbackSnapshot;
import io.github.imspring.callback.PostDeliveryListener;
import io.github.imspring.callback.PreDeliveryFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Callbacks at a steady rate to a WebFlux application whose listener takes 50 ms: how
 * long the service waits for its answer, whether any event is lost, how long the queue
 * for the listener gets, and what memory is in use. {@code --seconds=60},
 * {@code --rate=1000}; {@code --questions} sends questions to a filter that never answers
 * instead. Times count from when a callback was due.
 */
public final class CallbackLoad {

	private static final Duration WARM_UP = Duration.ofSeconds(10);

	private static final Duration LISTENER = Duration.ofMillis(50);

	private static final Duration LIMIT = Duration.ofMillis(50);

	private static final String SECRET = "load-secret";

	private static final int MAX_UNANSWERED = 5000;

	private final int rate;

	private final boolean questions;

	private final CallbackSource source;

	private final AtomicInteger longestQueue = new AtomicInteger();

	private CallbackLoad(int rate, boolean questions, CallbackSource source) {
		this.rate = rate;
		this.questions = questions;
		this.source = source;
	}

	/**
	 * Runs the load and prints the figures.
	 * @param arguments see above
	 */
	public static void main(String[] arguments) {
		int seconds = number(arguments, "--seconds=", 60);
		int rate = number(arguments, "--rate=", 1000);
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.REACTIVE)
			.properties(Map.of("server.port", 0, "im.callback.secrets", SECRET, "im.base-url", "http://localhost:1",
					"im.org-name", "org", "im.app-name", "app", "im.auth.token", "token", "logging.level.root", "warn",
					"spring.main.banner-mode", "off", "im.callback.max-remembered", 1_000_000))
			.run()) {
			int port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
			new CallbackLoad(rate, Stream.of(arguments).anyMatch("--questions"::equals),
					new CallbackSource(port, SECRET))
				.run(Duration.ofSeconds(seconds), context);
		}
	}

	private static int number(String[] arguments, String name, int otherwise) {
		return Stream.of(arguments)
			.filter((argument) -> argument.startsWith(name))
			.map((argument) -> Integer.valueOf(argument.substring(name.length())))
			.findFirst()
			.orElse(otherwise);
	}

	private void run(Duration time, ConfigurableApplicationContext context) {
		AtomicLong handled = context.getBean(Application.class).handled;
		ImCallbacks callbacks = context.getBean(ImCallbacks.class);
		send(WARM_UP, callbacks);
		long memoryBefore = usedMemory();
		this.longestQueue.set(0);
		Queue<Long> micros = send(time, callbacks);
		long memoryAfter = usedMemory();
		CallbackSnapshot snapshot = snapshot(callbacks);
		while (snapshot.queued() > 0) {
			snapshot = Mono.delay(LISTENER)
				.thenReturn(callbacks)
				.map(CallbackLoad::snapshot)
				.blockOptional()
				.orElseThrow();
		}
		long[] sorted = micros.stream().mapToLong(Long::longValue).sorted().toArray();
		System.out.printf(
				"%d answers, %.2f %% below %d ms | median %.1f ms, 99 %% %.1f ms, all %.1f ms | received %d, handled %d, "
						+ "lost %d, refused %d | queue up to %d of %d | memory before %d MB, after %d MB%n",
				sorted.length, 100 * shareBelow(LIMIT, sorted), LIMIT.toMillis(), quantile(sorted, 0.5),
				quantile(sorted, 0.99), quantile(sorted, 1), snapshot.received(), handled.get(), snapshot.overflowed(),
				snapshot.refused(), this.longestQueue.get(), snapshot.capacity(), memoryBefore >> 20,
				memoryAfter >> 20);
	}

	private static CallbackSnapshot snapshot(ImCallbacks callbacks) {
		CallbackSnapshot snapshot = callbacks.snapshot("default");
		if (snapshot == null) {
			throw new IllegalStateException("The account receives no callbacks");
		}
		return snapshot;
	}

	/**
	 * The microseconds until each answer.
	 */
	private Queue<Long> send(Duration time, ImCallbacks callbacks) {
		Queue<Long> micros = new ConcurrentLinkedQueue<>();
		long start = System.nanoTime();
		long period = Duration.ofSeconds(1).dividedBy(this.rate).toNanos();
		Flux.interval(Duration.ofNanos(period))
			.onBackpressureBuffer()
			.take(time.toSeconds() * this.rate)
			.flatMap(
					(number) -> (this.questions ? this.source.question() : this.source.message()).doOnNext((status) -> {
						micros.add((System.nanoTime() - start - number * period) / 1000);
						this.longestQueue.accumulateAndGet(snapshot(callbacks).queued(), Math::max);
					}), MAX_UNANSWERED)
			.blockLast();
		return micros;
	}

	private static double shareBelow(Duration limit, long[] micros) {
		return (double) Arrays.stream(micros).filter((time) -> time < limit.toNanos() / 1000).count() / micros.length;
	}

	private static double quantile(long[] sorted, double quantile) {
		int index = (int) Math.ceil(quantile * sorted.length) - 1;
		return sorted[Math.max(index, 0)] / 1000.0;
	}

	private static long usedMemory() {
		Runtime runtime = Runtime.getRuntime();
		return Arrays.stream(new int[3]).mapToLong((run) -> {
			System.gc();
			return runtime.totalMemory() - runtime.freeMemory();
		}).min().orElseThrow();
	}

	/**
	 * The application that receives the callbacks.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		private final AtomicLong handled = new AtomicLong();

		@Bean
		PostDeliveryListener slowListener() {
			return (event) -> {
				Thread.sleep(LISTENER.toMillis());
				this.handled.incrementAndGet();
			};
		}

		@Bean
		PreDeliveryFilter silentFilter() {
			return (message) -> Mono.never();
		}

	}

}
