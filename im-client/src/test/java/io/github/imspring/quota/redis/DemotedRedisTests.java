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

package io.github.imspring.quota.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Quota;
import io.github.imspring.operation.Quota.Unit;
import io.github.imspring.quota.Grant;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.quota.QuotaLimiterBuilder;
import io.github.imspring.quota.QuotaRequest;
import io.github.imspring.quota.QuotaStoreState;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A primary that is demoted while the connection to it lives.
 */
class DemotedRedisTests {

	private static final Operation PROBE = new Operation("probe", true, List.of(new Quota("probe", Unit.CALLS, 60)));

	@Test
	void connectionThatLeadsToAReplicaIsOpenedAnew() throws IOException {
		try (RealRedis old = new RealRedis().start();
				RealRedis next = new RealRedis().start();
				Switch address = new Switch(old.port())) {
			LettuceConnectionFactory connectionFactory = RealRedis.connect(address.port());
			QuotaLimiter limiter = new QuotaLimiterBuilder()
				.store(new RedisQuotaStoreFactory(connectionFactory).create("org#app", 2), 2)
				.build();
			Grant grant = limiter.acquire(QuotaRequest.of(PROBE)).block(Duration.ofSeconds(10));
			assertThat(limiter.storeState()).isEqualTo(QuotaStoreState.SHARED);
			address.turnTo(next.port());
			old.replicate(next.port());
			LettuceConnectionFactory look = RealRedis.connect(next.port());
			await().atMost(Duration.ofSeconds(20)).until(() -> knowsInstances(look));
			look.destroy();
			await().atMost(Duration.ofSeconds(20)).until(() -> limiter.storeState() == QuotaStoreState.SHARED);
			grant.release();
			limiter.close(Duration.ZERO).block(Duration.ofSeconds(10));
			connectionFactory.destroy();
		}
	}

	private static boolean knowsInstances(LettuceConnectionFactory look) {
		try (var connection = look.getConnection()) {
			return Boolean.TRUE.equals(connection.keyCommands().exists("im:quota:{org#app}:instances".getBytes()));
		}
	}

	/**
	 * An address whose connections lead to one server, and new ones to another.
	 */
	private static final class Switch implements AutoCloseable {

		private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());

		private volatile int target;

		private Switch(int target) throws IOException {
			this.target = target;
			run(this::accept);
		}

		int port() {
			return this.server.getLocalPort();
		}

		void turnTo(int port) {
			this.target = port;
		}

		private void accept() throws IOException {
			while (!this.server.isClosed()) {
				Socket client = this.server.accept();
				Socket redis = new Socket(InetAddress.getLoopbackAddress(), this.target);
				run(() -> copy(client, redis));
				run(() -> copy(redis, client));
			}
		}

		private static void copy(Socket from, Socket to) throws IOException {
			try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
				in.transferTo(out);
			}
		}

		private static void run(Task task) {
			Thread thread = new Thread(() -> {
				try {
					task.run();
				}
				catch (IOException ex) {
					// A connection ended.
				}
			});
			thread.setDaemon(true);
			thread.start();
		}

		@Override
		public void close() {
			try {
				this.server.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private interface Task {

			void run() throws IOException;

		}

	}

}
