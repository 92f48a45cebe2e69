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

package io.github.imspring.autoconfigure.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.imspring.exchange.ImRequest;
import io.github.imspring.exchange.ImRestOperations;
import io.github.imspring.operation.Operation;
import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.http.client.autoconfigure.reactive.ClientHttpConnectorBuilderCustomizer;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A connection lives no longer than {@code im.http.max-connection-life}, also while it is
 * used all the time, so that the service is looked up anew.
 */
class ConnectionLifeTests {

	private static final String SHORT_LIFE = "im.http.max-connection-life=200ms";

	private static final Operation PROBE = Operation.of("probe", true);

	@ParameterizedTest
	@EnumSource(value = Clients.class, mode = EnumSource.Mode.EXCLUDE, names = "JDK")
	void connectionThatIsUsedAllTheTimeIsReplaced(Clients client) throws IOException {
		try (HostileServer server = new HostileServer((request, wire) -> wire.send(HostileServer.ok("{}")))) {
			client.against(server, (context) -> {
				await().atMost(Clients.TIMEOUT).pollInterval(Duration.ofMillis(10)).until(() -> {
					call(context);
					return server.accepted() > 2;
				});
				assertThat(server.requests()).hasSizeGreaterThan(server.accepted());
			}, SHORT_LIFE);
		}
	}

	/**
	 * The JDK's client only knows how long a connection may be idle.
	 */
	@Test
	void connectionOfTheJdkLivesAsLongAsItIsUsed() throws IOException {
		try (HostileServer server = new HostileServer((request, wire) -> wire.send(HostileServer.ok("{}")))) {
			Clients.JDK.against(server, (context) -> {
				long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
				while (System.nanoTime() < end) {
					call(context);
				}
				assertThat(server.accepted()).isEqualTo(1);
			}, SHORT_LIFE);
		}
	}

	@Test
	void notAllConnectionsEndAtOnce() throws IOException {
		int calls = 60;
		CountDownLatch together = new CountDownLatch(calls);
		try (HostileServer server = new HostileServer((request, wire) -> {
			together.countDown();
			awaitQuietly(together);
			wire.send(HostileServer.ok("{}"));
		})) {
			Clients.REACTOR.against(server, (context) -> {
				Flux<Object> all = Flux.range(0, calls)
					.flatMap((number) -> context.getBean(ImRestOperations.class).exchange(probe()), calls);
				all.blockLast(Clients.TIMEOUT);
				Set<Integer> first = connections(server);
				assertThat(first).hasSize(calls);
				await().pollDelay(Duration.ofMillis(1800)).until(() -> true);
				all.blockLast(Clients.TIMEOUT);
				assertThat(connections(server).size()).isBetween(calls + 1, 2 * calls - 1);
			}, "im.http.max-connection-life=2s");
		}
	}

	private static Set<Integer> connections(HostileServer server) {
		Set<Integer> connections = new HashSet<>();
		server.requests().forEach((request) -> connections.add(request.connection()));
		return connections;
	}

	@Test
	void changedAddressIsNoticed() throws IOException {
		try (HostileServer before = new HostileServer((request, wire) -> wire.send(HostileServer.ok("{}")));
				HostileServer after = new HostileServer((request, wire) -> wire.send(HostileServer.ok("{}")))) {
			Names names = new Names(before.port());
			Clients.REACTOR.against("http://im.example", (context) -> {
				call(context);
				names.port = after.port();
				await().atMost(Clients.TIMEOUT).pollInterval(Duration.ofMillis(10)).until(() -> {
					call(context);
					return !after.requests().isEmpty();
				});
				int old = before.requests().size();
				call(context);
				assertThat(before.requests()).hasSize(old);
			}, (runner) -> runner.withUserConfiguration(OwnNames.class).withBean(Names.class, () -> names), SHORT_LIFE);
		}
	}

	private static void call(ApplicationContext context) {
		Mono<?> call = context.getBean(ImRestOperations.class).exchange(probe());
		assertThat(call.block(Clients.TIMEOUT)).isNotNull();
	}

	private static ImRequest probe() {
		return ImRequest.get(PROBE).path("probe").build();
	}

	private static void awaitQuietly(CountDownLatch latch) throws IOException {
		try {
			latch.await(Clients.TIMEOUT.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnNames {

		@Bean
		ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder> names(Names names) {
			return (builder) -> builder.withHttpClientCustomizer((client) -> client.resolver(names));
		}

	}

	/**
	 * Finds every host on a port of this one, as if it were its address.
	 */
	private static final class Names extends AddressResolverGroup<InetSocketAddress> {

		private volatile int port;

		Names(int port) {
			this.port = port;
		}

		@Override
		protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
			return new AbstractAddressResolver<>(executor, InetSocketAddress.class) {

				@Override
				protected boolean doIsResolved(InetSocketAddress address) {
					return !address.isUnresolved();
				}

				@Override
				protected void doResolve(InetSocketAddress host, Promise<InetSocketAddress> address) {
					address.setSuccess(new InetSocketAddress(InetAddress.getLoopbackAddress(), Names.this.port));
				}

				@Override
				protected void doResolveAll(InetSocketAddress host, Promise<List<InetSocketAddress>> addresses) {
					addresses
						.setSuccess(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), Names.this.port)));
				}

			};
		}

	}

}
