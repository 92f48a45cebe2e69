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

package io.github.imspring.autoconfigure.redis;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.imspring.callback.ReplayStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import redis.embedded.RedisServer;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisReplayStore} with a real Redis.
 */
class RedisReplayStoreTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final Duration TIME = Duration.ofMinutes(10);

	private static RedisServer server;

	private static LettuceConnectionFactory connections;

	private static ReactiveStringRedisTemplate redis;

	private Instant now = Instant.EPOCH;

	private final AtomicInteger fallbacks = new AtomicInteger();

	private final ReplayStore fallback = (identity, time) -> Mono
		.fromSupplier(() -> this.fallbacks.incrementAndGet() == 1);

	@BeforeAll
	static void startRedis() throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0)) {
			port = socket.getLocalPort();
		}
		server = RedisServer.newRedisServer().port(port).bind("127.0.0.1").setting("save \"\"").build();
		server.start();
		connections = new LettuceConnectionFactory("localhost", port);
		connections.afterPropertiesSet();
		connections.start();
		redis = new ReactiveStringRedisTemplate(connections);
	}

	@AfterAll
	static void stopRedis() throws IOException {
		connections.destroy();
		server.stop();
	}

	private RedisReplayStore store(String account, ReactiveStringRedisTemplate redis, Duration timeout) {
		return new RedisReplayStore(redis, Schedulers.boundedElastic(), account, this.fallback, timeout,
				() -> this.now);
	}

	@Test
	void instancesKnowWhatOthersHaveSeenAndAccountsDoNot() {
		RedisReplayStore one = store("default", redis, TIMEOUT);
		RedisReplayStore other = store("default", redis, TIMEOUT);
		assertThat(one.firstTime("a", TIME).block(TIMEOUT)).isTrue();
		assertThat(one.firstTime("a", TIME).block(TIMEOUT)).isFalse();
		assertThat(other.firstTime("a", TIME).block(TIMEOUT)).isFalse();
		assertThat(store("sales", redis, TIMEOUT).firstTime("a", TIME).block(TIMEOUT)).isTrue();
		assertThat(this.fallbacks).hasValue(0);
		assertThat(redis.getExpire("im:callback:default:a").block(TIMEOUT)).isPositive().isLessThanOrEqualTo(TIME);
	}

	@Test
	void instanceRemembersItselfWhileRedisIsAwayAndLeavesItAlone() {
		LettuceConnectionFactory nobody = new LettuceConnectionFactory("localhost", 1);
		nobody.afterPropertiesSet();
		nobody.start();
		try {
			RedisReplayStore store = store("default", new ReactiveStringRedisTemplate(nobody), TIMEOUT);
			assertThat(store.firstTime("a", TIME).block(TIMEOUT)).isTrue();
			assertThat(store.firstTime("a", TIME).block(TIMEOUT)).isFalse();
			assertThat(this.fallbacks).hasValue(2);
		}
		finally {
			nobody.destroy();
		}
	}

}
