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
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.imspring.emulator.DeliveredMessage;
import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.emulator.Latency;
import redis.embedded.RedisServer;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An application that calls for ten minutes while everything fails: faults at random, an
 * emulator that is restarted three times, a Redis that is restarted once. Every message
 * must be accounted for as sent, not sent or perhaps sent, in agreement with what the
 * emulator delivered, and heap, threads and open files must stay as they were. Ends with
 * 1 if anything is wrong. Arguments: {@code --seconds=600}, {@code --seed=}.
 */
public final class Soak {

	private static final List<String> OPERATIONS = List.of("send-message", "send-message", "send-message",
			"create-chatroom", "set-announcement", "set-attributes", "get-attributes", "delete-chatroom", "upload-file",
			"download-file", "register-users");

	private static final Duration BETWEEN_FAULTS = Duration.ofMillis(150);

	private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(10);

	private static final Duration AWAY = Duration.ofSeconds(3);

	private static final int MESSAGES_A_SECOND = 300;

	private final int seconds;

	private final Random random;

	private final Ledger ledger;

	private final RedisServer redis;

	private final int redisPort = freePort();

	private final List<Sample> samples = new ArrayList<>();

	private volatile ImEmulator emulator;

	/**
	 * How many deliveries of this emulator are in the ledger.
	 */
	private long read;

	private Soak(int seconds, long seed) throws IOException {
		this.seconds = seconds;
		this.random = new Random(seed);
		this.ledger = new Ledger(seconds * MESSAGES_A_SECOND + 1_000);
		this.redis = RedisServer.newRedisServer()
			.port(this.redisPort)
			.bind("127.0.0.1")
			.setting("save \"\"")
			.setting("appendonly no")
			.build();
		this.emulator = emulator(freePort());
	}

	/**
	 * Runs and prints what came of it.
	 * @param arguments see the description of the class
	 * @throws Exception if Redis cannot be started or stopped
	 */
	public static void main(String[] arguments) throws Exception {
		int seconds = (int) number(arguments, "--seconds=", 600);
		long seed = number(arguments, "--seed=", System.nanoTime());
		System.out.printf("%d s, seed %d%n", seconds, seed);
		System.exit(new Soak(seconds, seed).run() ? 0 : 1);
	}

	private static long number(String[] arguments, String name, long otherwise) {
		return List.of(arguments)
			.stream()
			.filter((argument) -> argument.startsWith(name))
			.map((argument) -> Long.parseLong(argument.substring(name.length())))
			.findFirst()
			.orElse(otherwise);
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static ImEmulator emulator(int port) {
		return ImEmulator.builder()
			.port(port)
			.latency(Latency.random(Duration.ZERO, Duration.ofMillis(10)))
			.maxDeliveries(5_000)
			.start();
	}

	private boolean run() throws Exception {
		this.redis.start();
		ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
		try (ConfigurableApplicationContext context = application()) {
			MixedCalls calls = new MixedCalls(context, this.ledger);
			long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(this.seconds);
			every(scheduler, BETWEEN_FAULTS, this::planFault);
			every(scheduler, Duration.ofSeconds(1), this::readDeliveries);
			every(scheduler, BETWEEN_SAMPLES, () -> sample(calls));
			for (double part : new double[] { 0.2, 0.45, 0.7 }) {
				at(scheduler, part, this::restartEmulator);
			}
			at(scheduler, 0.55, this::stopRedis);
			at(scheduler, 0.6, this::startRedis);
			calls.run(() -> System.nanoTime() < end && !this.ledger.full()).block();
			scheduler.shutdown();
			scheduler.awaitTermination(1, TimeUnit.MINUTES);
		}
		finally {
			scheduler.shutdownNow();
			closeEmulator();
			this.redis.stop();
		}
		boolean agreed = this.ledger.close() == 0;
		return flat() && agreed;
	}

	private ConfigurableApplicationContext application() {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "im.base-url=" + this.emulator.baseUrl(),
					"im.org-name=" + this.emulator.orgName(), "im.app-name=" + this.emulator.appName(),
					"im.auth.client-id=" + this.emulator.clientId(),
					"im.auth.client-secret=" + this.emulator.clientSecret(), "im.quota.store=redis",
					"im.quota.instances=1", "im.timeout=10s", "im.http.read-timeout=1s",
					"spring.data.redis.host=127.0.0.1", "spring.data.redis.port=" + this.redisPort,
					"spring.data.redis.repositories.enabled=false", "logging.level.reactor.netty=error")
			.run();
	}

	private static void every(ScheduledExecutorService scheduler, Duration period, Runnable task) {
		scheduler.scheduleAtFixedRate(guarded(task), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
	}

	private void at(ScheduledExecutorService scheduler, double part, Runnable task) {
		scheduler.schedule(guarded(task), (long) (this.seconds * part * 1_000), TimeUnit.MILLISECONDS);
	}

	private static Runnable guarded(Runnable task) {
		return () -> {
			try {
				task.run();
			}
			catch (RuntimeException ex) {
				System.out.println(ex);
			}
		};
	}

	private void planFault() {
		String operation = OPERATIONS.get(this.random.nextInt(OPERATIONS.size()));
		if (this.emulator.faults().remaining(operation) < 5) {
			this.emulator.faults().fail(operation, fault(), 1 + this.random.nextInt(3));
		}
	}

	private Fault fault() {
		return switch (this.random.nextInt(10)) {
			case 0 -> Fault.reachLimit();
			case 1 -> Fault.expiredToken();
			case 2 -> Fault.status(503);
			case 3 -> Fault.status(503).afterProcessing();
			case 4 -> Fault.resetBeforeProcessing();
			case 5 -> Fault.resetAfterProcessing();
			case 6 -> Fault.truncatedBody();
			case 7 -> Fault.emptyOk();
			case 8 -> Fault.hang();
			default -> Fault.delay(Duration.ofMillis(this.random.nextInt(1_500)));
		};
	}

	/**
	 * Copies the deliveries that are new, unless more come meanwhile.
	 */
	private void readDeliveries() {
		long before = this.emulator.deliveredMessages();
		List<DeliveredMessage> deliveries = this.emulator.deliveries();
		if (this.emulator.deliveredMessages() == before) {
			int unread = Math.toIntExact(before - this.read);
			deliveries.subList(deliveries.size() - unread, deliveries.size())
				.forEach((delivery) -> this.ledger.delivered(delivery.to()));
			this.read = before;
		}
	}

	private void restartEmulator() {
		int port = this.emulator.port();
		closeEmulator();
		pause(AWAY);
		this.emulator = emulator(port);
		this.read = 0;
		System.out.println("the emulator was restarted");
	}

	/**
	 * What was being processed ends meanwhile.
	 */
	private void closeEmulator() {
		this.emulator.close();
		pause(Duration.ofSeconds(1));
		readDeliveries();
	}

	private static void pause(Duration duration) {
		try {
			Thread.sleep(duration.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void stopRedis() {
		try {
			this.redis.stop();
			System.out.println("Redis was stopped");
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void startRedis() {
		try {
			this.redis.start();
			System.out.println("Redis was started again");
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void sample(MixedCalls calls) {
		System.gc();
		Runtime runtime = Runtime.getRuntime();
		UnixOperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class);
		Sample sample = new Sample((runtime.totalMemory() - runtime.freeMemory()) >> 20,
				ManagementFactory.getThreadMXBean().getThreadCount(), system.getOpenFileDescriptorCount());
		this.samples.add(sample);
		System.out.printf("%4d s: %,8d calls, %,6d failed, %,7d messages, heap %d MB, %d threads, %d open files%n",
				this.samples.size() * BETWEEN_SAMPLES.toSeconds(), calls.calls(), calls.failures(),
				this.ledger.messages(), sample.heapMegabytes(), sample.threads(), sample.openFiles());
	}

	/**
	 * Compares the second quarter of the time with the last one.
	 */
	private boolean flat() {
		boolean heap = flat("heap, MB", Sample::heapMegabytes, 8);
		boolean threads = flat("threads", Sample::threads, 4);
		boolean files = flat("open files", Sample::openFiles, 40);
		return heap && threads && files;
	}

	private boolean flat(String what, ToLongFunction<Sample> value, long tolerance) {
		int quarter = this.samples.size() / 4;
		long before = median(this.samples.subList(quarter, 2 * quarter), value);
		long after = median(this.samples.subList(this.samples.size() - quarter, this.samples.size()), value);
		boolean flat = after <= before + tolerance;
		System.out.printf("%s: %d in the second quarter, %d in the last: %s%n", what, before, after,
				flat ? "flat" : "GREW");
		return flat;
	}

	private static long median(List<Sample> samples, ToLongFunction<Sample> value) {
		long[] sorted = samples.stream().mapToLong(value).sorted().toArray();
		return (sorted.length > 0) ? sorted[sorted.length / 2] : 0;
	}

	private record Sample(long heapMegabytes, int threads, long openFiles) {
	}

	/**
	 * The application.
	 */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
