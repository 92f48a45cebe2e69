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

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.emulator.QuotaMode;
import io.github.imspring.exchange.ImEndpoint;
import io.github.imspring.file.UploadedFile;
import io.github.imspring.message.Message;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.quota.QuotaLimiterBuilder;
import io.github.imspring.quota.QuotaSettings;
import io.github.imspring.quota.redis.RedisQuotaStoreFactory;
import io.github.imspring.token.ClientCredentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.blockhound.BlockHound;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import redis.embedded.RedisServer;

import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No event loop and no timer thread is ever blocked, whatever a call has to wait for.
 */
class BlockingCallsTests {

	@TempDir
	private Path directory;

	@Test
	void noThreadThatMustNotBlockBlocks() throws Exception {
		Path output = this.directory.resolve("output.txt");
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:+AllowRedefinitionToAddDeleteMethods", "-XX:+EnableDynamicAgentLoading",
				"-Djdk.attach.allowAttachSelf=true", "-cp", System.getProperty("java.class.path"),
				Program.class.getName(), this.directory.resolve("file.bin").toString())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		boolean ended = process.waitFor(100, TimeUnit.SECONDS);
		process.destroyForcibly();
		assertThat(ended).as(() -> "end of the program, which said: " + read(output)).isTrue();
		assertThat(read(output)).contains("blocked: []");
		assertThat(process.exitValue()).as(() -> read(output)).isZero();
	}

	private static String read(Path output) {
		try {
			return Files.readString(output);
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	/**
	 * Does all that a client can do, with a guard against blocking calls.
	 */
	static final class Program {

		private static final Duration TIMEOUT = Duration.ofSeconds(60);

		private static final Set<String> BLOCKED = ConcurrentHashMap.newKeySet();

		private Program() {
		}

		/**
		 * Runs the program.
		 * @param args a file to write
		 * @throws IOException if the file cannot be written
		 */
		public static void main(String[] args) throws IOException {
			// The generator reads a device that never blocks.
			BlockHound.install((builder) -> builder.allowBlockingCallsInside("java.security.SecureRandom", "nextBytes")
				.blockingMethodCallback((method) -> BLOCKED.add(method + " from "
						+ StackWalker.getInstance().walk((frames) -> frames.skip(2).limit(25).toList()))));
			checkTheGuard();
			Path file = Path.of(args[0]);
			Files.write(file, new byte[500_000]);
			try (ImEmulator emulator = ImEmulator.builder().quota(QuotaMode.OFF).start()) {
				run(client(emulator, new QuotaLimiterBuilder()), emulator, file);
				runOnRedis(emulator, file);
			}
			System.out.println("blocked: " + BLOCKED);
			System.exit(0);
		}

		private static void checkTheGuard() {
			Mono.fromRunnable(() -> LockSupport.parkNanos(1)).subscribeOn(Schedulers.parallel()).block(TIMEOUT);
			if (BLOCKED.isEmpty()) {
				throw new IllegalStateException("The guard sees nothing");
			}
			BLOCKED.clear();
		}

		private static void runOnRedis(ImEmulator emulator, Path file) throws IOException {
			RedisServer redis = RedisServer.newRedisServer().port(freePort()).bind("127.0.0.1").build();
			redis.start();
			LettuceConnectionFactory connectionFactory = new LettuceConnectionFactory("127.0.0.1",
					redis.ports().get(0));
			connectionFactory.afterPropertiesSet();
			connectionFactory.start();
			try (RedisQuotaStoreFactory stores = new RedisQuotaStoreFactory(connectionFactory)) {
				run(client(emulator, new QuotaLimiterBuilder().store(stores.create("org#app", 1), 1)), emulator, file);
			}
			finally {
				connectionFactory.destroy();
				redis.stop();
			}
		}

		private static int freePort() throws IOException {
			try (ServerSocket socket = new ServerSocket(0)) {
				return socket.getLocalPort();
			}
		}

		private static void run(ImClient client, ImEmulator emulator, Path file) {
			emulator.faults().fail("send-message", Fault.reachLimit(), 1);
			emulator.faults().fail("send-message", Fault.expiredToken(), 1);
			Flux.range(0, 80)
				.flatMap((number) -> client.messages().send(Message.text("hi").to("user" + number).build()), 80)
				.blockLast(TIMEOUT);
			client.messages()
				.sendToAll(Message.text("hi").build(), Flux.range(0, 2000).map((number) -> "user" + number))
				.blockLast(TIMEOUT);
			client.messages()
				.sendToAll(Message.text("hi").build(),
						Flux.interval(Duration.ofMillis(10)).map((number) -> "slow" + number).take(20),
						(bulk) -> bulk.withMaxDelay(Duration.ofMillis(30)))
				.blockLast(TIMEOUT);
			UploadedFile uploaded = client.files().upload(file).block(TIMEOUT);
			DataBufferUtils.join(client.files().download(uploaded)).map(DataBufferUtils::release).block(TIMEOUT);
			emulator.faults().fail("list-chatrooms", Fault.status(503).html("<html/>"), 2);
			client.chatrooms().list(10).block(TIMEOUT);
			for (int number = 0; number < 100; number++) {
				client.messages().send(Message.text("hi").to("late" + number).build()).subscribe((result) -> {
				}, (failure) -> {
				});
			}
			client.close();
		}

		private static ImClient client(ImEmulator emulator, QuotaLimiterBuilder builder) {
			QuotaLimiter quotas = builder
				.settings(QuotaSettings.defaults()
					.withLimits(Map.of("send-message", new QuotaSettings.Limits(60, 60_000))))
				.build();
			return ImClient
				.builder(ImEndpoint.ofOrgApp(URI.create(emulator.baseUrl()), emulator.orgName(), emulator.appName()))
				.clientCredentials(new ClientCredentials(emulator.clientId(), emulator.clientSecret(), null))
				.quotas(quotas)
				.shutdownTimeout(Duration.ofMillis(500))
				.build();
		}

	}

}
