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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.reactive.RedisReactiveCommands;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import reactor.core.scheduler.Schedulers;
import redis.embedded.RedisServer;

import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * What one exchange with Redis about one quota costs: over Spring Data Redis, as the
 * starter does it, and over Lettuce alone. An instance makes twenty a second, and more
 * only while it lacks slots.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RedisExchangeBenchmark {

	private static final RedisScript<String> SCRIPT = RedisScript
		.of(new ClassPathResource("io/github/imspring/quota/redis/share-quotas.lua"), String.class);

	private static final List<String> KEYS = List.of("im:quota:{org#app}:instances",
			"im:quota:{org#app}:send-message-calls");

	private static final List<String> ARGUMENTS = List.of("instance", "1", "500", "500", "3600000", "62000", "0", "0",
			"100", "1000", "100", "100", "100", "100", "98", "0", "100", "1000");

	private final int port = freePort();

	private final RedisServer redis = redis();

	private final LettuceConnectionFactory factory = new LettuceConnectionFactory(
			new RedisStandaloneConfiguration("127.0.0.1", this.port));

	private final ReactiveStringRedisTemplate template = new ReactiveStringRedisTemplate(started(this.factory));

	private final RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", this.port));

	private final RedisReactiveCommands<String, String> commands = this.client.connect().reactive();

	private RedisServer redis() {
		try {
			RedisServer redis = RedisServer.newRedisServer()
				.port(this.port)
				.bind("127.0.0.1")
				.setting("save \"\"")
				.setting("appendonly no")
				.build();
			redis.start();
			return redis;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static LettuceConnectionFactory started(LettuceConnectionFactory factory) {
		factory.afterPropertiesSet();
		factory.start();
		return factory;
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Lettuce knows the script by its digest alone.
	 */
	@Setup
	public void load() {
		this.commands.scriptLoad(SCRIPT.getScriptAsString()).block();
	}

	/**
	 * Disconnects and stops Redis.
	 * @throws IOException if it cannot be stopped
	 */
	@TearDown
	public void stop() throws IOException {
		this.client.shutdown();
		this.factory.destroy();
		this.redis.stop();
	}

	/**
	 * Over Spring Data Redis.
	 * @return the reply, or {@code null} if there is none
	 */
	@Benchmark
	public @Nullable String springDataRedis() {
		return this.template.execute(SCRIPT, KEYS, ARGUMENTS).next().subscribeOn(Schedulers.boundedElastic()).block();
	}

	/**
	 * Over Lettuce.
	 * @return the reply, or {@code null} if there is none
	 */
	@Benchmark
	public @Nullable String lettuce() {
		return this.commands
			.<String>evalsha(SCRIPT.getSha1(), ScriptOutputType.VALUE, KEYS.toArray(String[]::new),
					ARGUMENTS.toArray(String[]::new))
			.next()
			.block();
	}

}
