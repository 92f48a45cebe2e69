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

package io.github.imspring.autoconfigure;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;

import io.github.imspring.exchange.StrictReactorNetty;
import io.netty.resolver.NoopAddressResolverGroup;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.DuplexConnectionPool;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.client.transport.internal.HttpConnectionOverHTTP;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.netty.transport.ProxyProvider;

import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.HttpComponentsClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.JdkClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.JettyClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.util.StringUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * A connector of our own, built by the application's {@link ClientHttpConnectorBuilder}:
 * redirects and the HTTP client's own repeats and read timeouts off, because the pipeline
 * has those, connections that live no longer than {@code im.http} says, and with Reactor
 * Netty, unless the application declares the builder, a pool that never makes calls wait
 * before the quotas do, on event loops of our own. That pool comes from a factory of
 * {@link HttpClient}s, and a builder has but one: a builder of the application's own
 * keeps the factory that it has.
 */
final class ImHttpConnector implements ClientHttpConnector {

	/**
	 * Shorter than a gateway usually keeps an idle connection, so that a request rarely
	 * meets one that the other side is closing.
	 */
	private static final Duration MAX_IDLE = Duration.ofSeconds(20);

	/**
	 * By how many percent at most a connection's life is shorter, so that not all end at
	 * once.
	 */
	private static final double LIFE_VARIANCE = 20;

	private final ClientHttpConnectorBuilder<?> builder;

	private final boolean pooled;

	private final ImAccountProperties.Http http;

	private final int maxWaiting;

	private final HttpClientSettings settings;

	private final SingletonSupplier<ClientHttpConnector> connector = SingletonSupplier.of(this::make);

	private volatile @Nullable Runnable dispose;

	/**
	 * Creates the connector.
	 * @param builder builds it
	 * @param pooled whether Reactor Netty is given a pool of its own
	 * @param http what is configured
	 * @param maxWaiting the most calls that wait for a connection of that pool
	 * @param sslBundle keys and certificates, or {@code null} for the JDK's
	 */
	ImHttpConnector(ClientHttpConnectorBuilder<?> builder, boolean pooled, ImAccountProperties.Http http,
			int maxWaiting, @Nullable SslBundle sslBundle) {
		this.builder = builder;
		this.pooled = pooled;
		this.http = http;
		this.maxWaiting = maxWaiting;
		this.settings = HttpClientSettings.defaults()
			.withRedirects(HttpRedirects.DONT_FOLLOW)
			.withConnectTimeout(http.getConnectTimeout())
			.withSslBundle(sslBundle);
		if (sslBundle != null || StringUtils.hasText(http.getProxy().getHost())) {
			prepare();
		}
	}

	/**
	 * Makes the HTTP client, so that what is wrong with it is told now.
	 */
	void prepare() {
		this.connector.obtain();
	}

	@Override
	public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
			Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
		return this.connector.obtain().connect(method, uri, requestCallback);
	}

	private ClientHttpConnector make() {
		if (this.builder instanceof ReactorClientHttpConnectorBuilder reactor) {
			return ReactorNetty.customize(this, reactor).build(this.settings);
		}
		String proxyHost = this.http.getProxy().getHost();
		if (!StringUtils.hasText(proxyHost)) {
			return withoutProxy();
		}
		if (this.builder instanceof JdkClientHttpConnectorBuilder jdk) {
			ProxySelector proxy = ProxySelector
				.of(InetSocketAddress.createUnresolved(proxyHost, this.http.getProxy().getPort()));
			return jdk.withHttpClientCustomizer((client) -> client.proxy(proxy)).build(this.settings);
		}
		throw new ImConfigurationException(
				"'im.http.proxy.host' is set but the HTTP client is built by a " + this.builder.getClass().getName()
						+ ", whose proxy cannot be set from here.",
				"Remove 'im.http.proxy.host' and set the proxy on the ClientHttpConnectorBuilder bean.");
	}

	private ClientHttpConnector withoutProxy() {
		if (this.builder instanceof JettyClientHttpConnectorBuilder jetty) {
			return Jetty.customize(this, jetty).build(this.settings);
		}
		if (this.builder instanceof HttpComponentsClientHttpConnectorBuilder apache) {
			return HttpComponents.customize(this, apache).build(this.settings);
		}
		return this.builder.build(this.settings);
	}

	/**
	 * Closes the connections and ends their threads, without waiting for it, if they are
	 * not the application's.
	 */
	void close() {
		Runnable dispose = this.dispose;
		if (dispose != null) {
			dispose.run();
		}
	}

	/**
	 * Apart, so that Reactor Netty need not be there.
	 */
	private static final class ReactorNetty {

		private static final Duration LONGEST_END = Duration.ofSeconds(5);

		static ReactorClientHttpConnectorBuilder customize(ImHttpConnector connector,
				ReactorClientHttpConnectorBuilder builder) {
			return (connector.pooled ? pooled(connector, builder) : builder)
				.withHttpClientCustomizer((client) -> StrictReactorNetty.of(proxy(client, connector.http.getProxy()),
						connector.http.getConnectTimeout()));
		}

		/**
		 * Hosts are looked up on our own event loops too: those that Reactor Netty has
		 * for all are disposed of before the beans that may still call, and by whichever
		 * context of the process closes first.
		 */
		private static ReactorClientHttpConnectorBuilder pooled(ImHttpConnector connector,
				ReactorClientHttpConnectorBuilder builder) {
			ConnectionProvider connections = ConnectionProvider.builder("im")
				.maxConnections(connector.http.getMaxConnections())
				.pendingAcquireMaxCount(connector.maxWaiting)
				.maxIdleTime(MAX_IDLE)
				.maxLifeTime(connector.http.getMaxConnectionLife())
				.maxLifeTimeVariance(LIFE_VARIANCE)
				.build();
			LoopResources loops = LoopResources.create("im-http", connector.http.getEventLoops(), true);
			connector.dispose = () -> connections.disposeLater()
				.then(loops.disposeLater(Duration.ZERO, LONGEST_END))
				.subscribe();
			return builder
				.withHttpClientFactory(() -> HttpClient.create(connections).resolver((spec) -> spec.runOn(loops)))
				.withHttpClientCustomizer((client) -> client.runOn(loops));
		}

		private static HttpClient proxy(HttpClient client, ImAccountProperties.Proxy proxy) {
			String host = proxy.getHost();
			if (!StringUtils.hasText(host)) {
				return client;
			}
			// The proxy looks the service up: this host may not be able to.
			return client.resolver(NoopAddressResolverGroup.INSTANCE).proxy((spec) -> {
				ProxyProvider.Builder builder = spec.type(ProxyProvider.Proxy.HTTP).host(host).port(proxy.getPort());
				String username = proxy.getUsername();
				String password = proxy.getPassword();
				if (StringUtils.hasText(username) && password != null) {
					builder.username(username).password((name) -> password);
				}
			});
		}

	}

	/**
	 * Apart, so that Jetty need not be there.
	 */
	private static final class Jetty {

		static JettyClientHttpConnectorBuilder customize(ImHttpConnector connector,
				JettyClientHttpConnectorBuilder builder) {
			return builder.withHttpClientCustomizer((client) -> {
				int connections = connector.http.getMaxConnections();
				client.setMaxConnectionsPerDestination(connections);
				client.setMaxRequestsQueuedPerDestination(connector.maxWaiting);
				client.setIdleTimeout(0);
				client.setUserAgentField(null);
				client.addEventListener(new WithoutChallenges(client));
				client.getHttpClientTransport().setConnectionPoolFactory((destination) -> {
					DuplexConnectionPool pool = new QuietConnectionPool(destination, connections);
					pool.setMaxDuration(connector.http.getMaxConnectionLife().toMillis());
					return pool;
				});
			});
		}

	}

	/**
	 * The handler of challenges, which comes with the start of the client, withholds the
	 * body of a 401: what is wrong with the token could not be read.
	 */
	private record WithoutChallenges(org.eclipse.jetty.client.HttpClient client) implements LifeCycle.Listener {

		@Override
		public void lifeCycleStarted(LifeCycle started) {
			this.client.getProtocolHandlers().remove(WWWAuthenticationProtocolHandler.NAME);
		}

	}

	/**
	 * Gives no connection out that has brought anything since its last answer: that would
	 * be taken for the next answer.
	 */
	private static final class QuietConnectionPool extends DuplexConnectionPool {

		QuietConnectionPool(Destination destination, int maxConnections) {
			super(destination, maxConnections);
		}

		@Override
		protected @Nullable Connection activate() {
			Connection connection = super.activate();
			while (connection instanceof HttpConnectionOverHTTP http && !isQuiet(http)) {
				http.close();
				connection = super.activate();
			}
			return connection;
		}

		private static boolean isQuiet(HttpConnectionOverHTTP connection) {
			try {
				return connection.getEndPoint().fill(BufferUtil.allocate(1)) == 0;
			}
			catch (IOException ex) {
				return false;
			}
		}

	}

	/**
	 * Apart, so that Apache HttpComponents need not be there.
	 */
	private static final class HttpComponents {

		private static final int LAST_RESORT = 3;

		static HttpComponentsClientHttpConnectorBuilder customize(ImHttpConnector connector,
				HttpComponentsClientHttpConnectorBuilder builder) {
			// Nothing else ends a connection whose call was given up.
			Timeout lastResort = Timeout.of(connector.http.getReadTimeout().multipliedBy(LAST_RESORT));
			Timeout handshake = Timeout.of(connector.http.getConnectTimeout());
			return builder.withHttpClientCustomizer(HttpAsyncClientBuilder::disableAutomaticRetries)
				.withConnectionManagerCustomizer(
						(manager) -> manager.setMaxConnTotal(connector.http.getMaxConnections())
							.setMaxConnPerRoute(connector.http.getMaxConnections())
							.setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(handshake).build()))
				.withDefaultRequestConfigCustomizer((config) -> config.setResponseTimeout(lastResort))
				.withConnectionConfigCustomizer(
						(config) -> config.setTimeToLive(TimeValue.of(connector.http.getMaxConnectionLife())));
		}

	}

}
