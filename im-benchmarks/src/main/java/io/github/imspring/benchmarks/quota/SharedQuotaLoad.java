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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.emulator.Latency;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import reactor.core.scheduler.Schedulers;
import redis.embedded.RedisServer;

/**
 * Three processes that share the quota of one app through one Redis, as fast as they can,
 * against one service that counts in strict sliding windows.
 * <p>
 * Arguments, in any order: {@code --seconds=120} (tens), {@code --recipients=1} of a
 * message, {@code --kill}, which stops Redis after a quarter of the time and starts it
 * again, empty, after half of it, {@code --asleep}, which lets one process send nothing
 * until three eighths of the time are over and after five eighths, and {@code --idle},
 * which lets two processes send nothing after one second and counts the commands of a
 * minute that both of them are idle.
 */
public final class SharedQuotaLoad {

	private static final int INSTANCES = 3;

	private static final int PERIOD = 10;

	private static final int BEFORE_IDLE = 10;

	private static final int MESSAGES_PER_MINUTE = 6000;

	private static final String OPERATION = "send-message";

	private final PrintStream out;

	private final int seconds;

	private final int recipients;

	private final boolean kill;

	private final boolean asleep;

	private final boolean idle;

	private final RedisServer redis;

	private final int redisPort;

	private final List<String> results = new ArrayList<>();

	private final AtomicLong begin = new AtomicLong(System.nanoTime());

	private SharedQuotaLoad(PrintStream out, List<String> arguments) throws IOException {
		this.out = out;
		this.seconds = number(arguments, "--seconds=", 120);
		this.recipients = number(arguments, "--recipients=", 1);
		this.kill = arguments.contains("--kill");
		this.asleep = arguments.contains("--asleep");
		this.idle = arguments.contains("--idle");
		this.redisPort = freePort();
		this.redis = RedisServer.newRedisServer()
			.port(this.redisPort)
			.bind("127.0.0.1")
			.setting("save \"\"")
			.setting("appendonly no")
			.build();
	}

	/**
	 * Runs the load and prints what came of it.
	 * @param arguments see the description of the class
	 * @throws Exception if a process or Redis cannot be started
	 */
	public static void main(String[] arguments) throws Exception {
		new SharedQuotaLoad(System.out, List.of(arguments)).run();
		System.exit(0);
	}

	private static int number(List<String> arguments, String name, int otherwise) {
		return arguments.stream()
			.filter((argument) -> argument.startsWith(name))
			.map((argument) -> Integer.parseInt(argument.substring(name.length())))
			.findFirst()
			.orElse(otherwise);
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	private void run() throws Exception {
		this.redis.start();
		Latency latency = Latency.random(Duration.ofMillis(1), Duration.ofMillis(10));
		try (ImEmulator emulator = ImEmulator.builder().latency(latency).start()) {
			CountDownLatch ready = new CountDownLatch(this.idle ? 2 : INSTANCES);
			List<Process> processes = new ArrayList<>();
			List<Thread> readers = new ArrayList<>();
			for (int i = 0; i < (this.idle ? 2 : INSTANCES); i++) {
				Process process = start(emulator, i);
				processes.add(process);
				readers.add(read(i + 1, process, ready));
			}
			ready.await();
			this.begin.set(System.nanoTime());
			for (Process process : processes) {
				process.getOutputStream().write('\n');
				process.getOutputStream().flush();
			}
			if (this.kill) {
				at(this.seconds / 4, this::stopRedis);
				at(this.seconds / 2, this::startRedis);
			}
			if (this.idle) {
				countCommands();
			}
			else {
				sample(emulator);
			}
			for (Thread reader : readers) {
				reader.join();
			}
			report(emulator);
		}
		finally {
			this.redis.stop();
		}
	}

	private Process start(ImEmulator emulator, int instance) throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-cp",
				System.getProperty("java.class.path"), SharedQuotaInstance.class.getName(), emulator.baseUrl(),
				String.valueOf(this.redisPort), String.valueOf(INSTANCES), String.valueOf(this.seconds),
				String.valueOf(this.recipients), awake(instance))
			.redirectErrorStream(true)
			.start();
	}

	/**
	 * From when until when a process sends, in seconds.
	 */
	private String awake(int instance) {
		if (this.idle) {
			return "0-1";
		}
		return (this.asleep && instance == 0) ? (this.seconds * 3 / 8) + "-" + (this.seconds * 5 / 8)
				: "0-" + this.seconds;
	}

	private Thread read(int instance, Process process, CountDownLatch ready) {
		Thread reader = new Thread(() -> {
			try (BufferedReader lines = process.inputReader()) {
				String line = lines.readLine();
				while (line != null) {
					take(instance, line, ready);
					line = lines.readLine();
				}
			}
			catch (IOException ex) {
				print("instance %d: %s", instance, ex);
			}
			finally {
				ready.countDown();
			}
		});
		reader.start();
		return reader;
	}

	private void take(int instance, String line, CountDownLatch ready) {
		if (line.equals(SharedQuotaInstance.READY)) {
			ready.countDown();
		}
		else if (line.startsWith(SharedQuotaInstance.RESULT)) {
			synchronized (this.results) {
				this.results.add("instance %d: %s".formatted(instance, line));
			}
		}
		else if (line.contains("StoreHeartbeat") || line.startsWith("Exception")) {
			print("instance %d: %s", instance, line);
		}
	}

	private void sample(ImEmulator emulator) {
		long[] delivered = new long[this.seconds + 1];
		for (int second = PERIOD; second <= this.seconds; second += PERIOD) {
			int now = second;
			at(now, () -> {
				delivered[now] = emulator.deliveredMessages();
				long messages = delivered[now] - delivered[now - PERIOD];
				print("%d messages, %.1f %% of the quota", messages, share(messages, PERIOD));
			});
		}
	}

	private static double share(long messages, int seconds) {
		return 100.0 * messages / (MESSAGES_PER_MINUTE / 60.0 * seconds);
	}

	/**
	 * Counts what an idle pair sends to Redis in a minute: its scripts. The commands that
	 * a script runs within Redis cross no network.
	 */
	private void countCommands() {
		at(BEFORE_IDLE, () -> {
			long before = scripts();
			at(60, () -> print("an idle pair sent %d commands to Redis in a minute", scripts() - before));
		});
	}

	private long scripts() {
		try (RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", this.redisPort))) {
			return client.connect()
				.sync()
				.info("commandstats")
				.lines()
				.filter((line) -> line.startsWith("cmdstat_eval"))
				.mapToLong((line) -> Long.parseLong(line.substring(line.indexOf('=') + 1, line.indexOf(','))))
				.sum();
		}
	}

	private void stopRedis() {
		try {
			this.redis.stop();
			print("Redis stopped");
		}
		catch (IOException ex) {
			print("Redis could not be stopped: %s", ex);
		}
	}

	private void startRedis() {
		try {
			this.redis.start();
			print("Redis started");
		}
		catch (IOException ex) {
			print("Redis could not be started: %s", ex);
		}
	}

	private void at(int seconds, Runnable task) {
		Schedulers.boundedElastic().schedule(task, seconds, TimeUnit.SECONDS);
	}

	private void report(ImEmulator emulator) {
		long messages = emulator.deliveredMessages();
		print("in all: %d messages, %.1f %% of the quota", messages, share(messages, this.seconds));
		this.results.stream().sorted().forEach((result) -> print("%s", result));
		print("throttled by the service: %d with 429, %d with 403", emulator.quotas().rejections(OPERATION, 429),
				emulator.quotas().rejections(OPERATION, 403));
		print("most in any window: %d calls of 100, %d messages of 6000", emulator.quotas().peakCalls(OPERATION),
				emulator.quotas().peakMessages());
	}

	private void print(String format, Object... arguments) {
		double at = (System.nanoTime() - this.begin.get()) / 1e9;
		synchronized (this.out) {
			this.out.println("%6.1f s  ".formatted(at) + format.formatted(arguments));
		}
	}

}
