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

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;

import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.error.ImException;
import io.github.imspring.error.ImTransportException;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpResources;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ClientHttpConnectorBuilderCustomizer;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@code im.http}: over a proxy, over TLS, and over the connections of the
 * application's own.
 */
class ImHttpTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final String PASSWORD = "changeit";

	private static final int CALLS_AT_ONCE = 12;

	private static ImEmulator emulator;

	@BeforeAll
	static void startEmulator() {
		emulator = ImEmulator.start();
	}

	@AfterAll
	static void stopEmulator() {
		emulator.close();
	}

	@BeforeEach
	void reset() {
		emulator.reset();
	}

	@Test
	void reactorNettyTunnelsThroughTheProxy() throws Exception {
		try (RecordingProxy proxy = new RecordingProxy(null)) {
			over("reactor").withPropertyValues(proxied(proxy)).run((context) -> {
				send(context);
				assertThat(emulator.deliveriesTo("user2")).hasSize(1);
				assertThat(proxy.heads()).singleElement()
					.asString()
					.startsWith("CONNECT " + emulator.baseUrl().substring("http://".length()) + " ")
					.doesNotContain("proxy-authorization");
			});
		}
	}

	@Test
	void clientOfTheJdkAsksTheProxy() throws Exception {
		try (RecordingProxy proxy = new RecordingProxy(null)) {
			over("jdk").withPropertyValues(proxied(proxy)).run((context) -> {
				send(context);
				assertThat(emulator.deliveriesTo("user2")).hasSize(1);
				assertThat(proxy.heads()).singleElement()
					.asString()
					.startsWith("POST " + emulator.baseUrl() + "/emulator-org/emulator-app/messages/users ");
			});
		}
	}

	@Test
	void userNameAndPasswordOpenTheProxy() throws Exception {
		try (RecordingProxy proxy = new RecordingProxy(basic("joe", "pr0xy-s3cret"))) {
			over("reactor").withPropertyValues(proxied(proxy))
				.withPropertyValues("im.http.proxy.username=joe", "im.http.proxy.password=pr0xy-s3cret")
				.run((context) -> {
					send(context);
					assertThat(emulator.deliveriesTo("user2")).hasSize(1);
				});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "im.http.proxy.username=", "im.http.proxy.username=joe",
			"im.http.proxy.password=pr0xy-s3cret" })
	void halfOfTheCredentialsOfTheProxyIsNone(String property) throws Exception {
		try (RecordingProxy proxy = new RecordingProxy(null)) {
			over("reactor").withPropertyValues(proxied(proxy))
				.withPropertyValues(property.isEmpty() ? new String[0] : new String[] { property })
				.run((context) -> {
					send(context);
					assertThat(proxy.heads()).singleElement().asString().doesNotContain("proxy-authorization");
				});
		}
	}

	@ParameterizedTest
	@CsvSource({ "reactor, 127.0.0.1", "reactor, no-such-proxy.invalid", "jdk, 127.0.0.1",
			"jdk, no-such-proxy.invalid" })
	void proxyThatCannotBeReachedIsWhatTheErrorNames(String client, String host) {
		ApplicationContextRunner proxied = over(client).withPropertyValues("im.http.proxy.host=" + host,
				"im.http.proxy.port=1");
		for (String[] credentials : new String[][] { {},
				{ "im.auth.token=", "im.auth.client-id=id", "im.auth.client-secret=secret" } }) {
			proxied.withPropertyValues(credentials)
				.run((context) -> assertThatExceptionOfType(ImTransportException.class).isThrownBy(() -> send(context))
					.satisfies(
							(ex) -> assertThat(ex.hint()).contains("im.http.proxy.host").doesNotContain("base-url")));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk" })
	void serviceThatOnlyTheProxyKnowsIsLookedUpThere(String client) throws Exception {
		try (RecordingProxy proxy = new RecordingProxy(null)) {
			over(client).withPropertyValues(proxied(proxy))
				.withPropertyValues("im.base-url=https://im.invalid")
				.run((context) -> {
					assertThatExceptionOfType(ImException.class).isThrownBy(() -> send(context));
					assertThat(proxy.heads()).singleElement().asString().startsWith("CONNECT im.invalid:443 ");
				});
		}
	}

	@ParameterizedTest
	@CsvSource({ "reactor, http", "reactor, https", "jdk, http", "jdk, https" })
	void proxyThatRefusesIsNotTakenForTheService(String client, String scheme) throws Exception {
		try (RecordingProxy proxy = new RecordingProxy(basic("joe", "pr0xy-s3cret"))) {
			over(client).withPropertyValues(proxied(proxy))
				.withPropertyValues("im.base-url=" + scheme + "://im.invalid")
				.run((context) -> assertThatExceptionOfType(ImException.class).isThrownBy(() -> send(context))
					.withMessageContaining("407")
					.satisfies((ex) -> assertThat(ex.mayHaveBeenProcessed()).isFalse()));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk" })
	void blankHostIsNoProxy(String client) {
		over(client).withPropertyValues("im.http.proxy.host=${NO_SUCH_PROXY:}", "im.http.proxy.port=1")
			.run((context) -> {
				send(context);
				assertThat(emulator.deliveriesTo("user2")).hasSize(1);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk" })
	void certificateOfTheBundleIsTrustedAndNoOther(String client, @TempDir Path directory) throws Exception {
		Path keys = selfSigned(directory);
		// A context that closes ends the loops that all share.
		LoopResources loops = LoopResources.create("service");
		DisposableServer service = HttpServer.create()
			.runOn(loops)
			.host("127.0.0.1")
			.port(0)
			.secure((spec) -> spec.sslContext(context(keys)))
			.handle((request, response) -> response.header("Content-Type", "application/json")
				.sendString(Mono.just("{\"data\": {\"user2\": \"1\"}}")))
			.bindNow();
		try {
			ApplicationContextRunner runner = over(client).withPropertyValues(
					"im.base-url=https://localhost:" + service.port(),
					"spring.ssl.bundle.jks.im.truststore.location=" + keys.toUri(),
					"spring.ssl.bundle.jks.im.truststore.type=PKCS12",
					"spring.ssl.bundle.jks.im.truststore.password=" + PASSWORD);
			runner.withPropertyValues("im.http.ssl.bundle=im").run(ImHttpTests::send);
			runner
				.run((context) -> assertThatExceptionOfType(ImTransportException.class).isThrownBy(() -> send(context))
					.withMessageContaining("no secure connection to the service could be made")
					.withMessageContaining("Check im.base-url and im.http.ssl.bundle"));
		}
		finally {
			service.disposeNow();
			loops.dispose();
		}
	}

	@Test
	void clientOfSpringBootsChoiceHasThePoolThatIsConfigured() {
		List<HttpClient> clients = new CopyOnWriteArrayList<>();
		runner().withPropertyValues("im.http.max-connections=7")
			.withBean(Remembering.class, () -> new Remembering(clients))
			.run((context) -> {
				send(context);
				assertThat(clients).singleElement()
					.extracting((client) -> client.configuration().connectionProvider().maxConnections())
					.isEqualTo(7);
			});
	}

	@Test
	void hostIsLookedUpOnLoopsOfOurOwn() {
		HttpResources.set((preferNative) -> {
			throw new IllegalStateException("The loops of all");
		});
		try {
			runner().withPropertyValues("im.base-url=" + emulator.baseUrl().replace("127.0.0.1", "localhost"))
				.run((context) -> {
					send(context);
					assertThat(threadsOfOurOwn()).isNotEmpty();
				});
			await().atMost(TIMEOUT).untilAsserted(() -> assertThat(threadsOfOurOwn()).isEmpty());
		}
		finally {
			HttpResources.reset();
		}
	}

	@Test
	void oneEventLoopServesAllConnectionsUnlessMoreAreConfigured() {
		assertThat(threadsThatServe()).hasSize(1);
		assertThat(threadsThatServe("im.http.event-loops=3")).hasSize(3);
	}

	/**
	 * The threads that calls are answered on which are under way together.
	 */
	private static Set<String> threadsThatServe(String... properties) {
		Set<String> threads = ConcurrentHashMap.newKeySet();
		emulator.faults().fail("send-message", Fault.delay(Duration.ofMillis(200)), CALLS_AT_ONCE);
		runner().withPropertyValues(properties).run((context) -> {
			MessageOperations messages = context.getBean(MessageOperations.class);
			Flux.range(0, CALLS_AT_ONCE)
				.flatMap((i) -> messages.send(Message.text("hi").to("user2").build())
					.doOnNext((result) -> threads.add(Thread.currentThread().getName())))
				.blockLast(TIMEOUT);
		});
		return threads;
	}

	private static List<String> threadsOfOurOwn() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith("im-http"))
			.toList();
	}

	@Test
	void builderOfTheApplicationKeepsItsFactoryOfClients() {
		ConnectionProvider connections = ConnectionProvider.create("application", 3);
		List<HttpClient> clients = new CopyOnWriteArrayList<>();
		ReactorClientHttpConnectorBuilder builder = new Remembering(clients)
			.customize(ClientHttpConnectorBuilder.reactor()
				.withHttpClientFactory(
						() -> HttpClient.create(connections).headers((headers) -> headers.add("X-Mine", "1"))));
		try {
			runner().withBean("mine", ClientHttpConnectorBuilder.class, () -> builder).run((context) -> {
				send(context);
				assertThat(clients).singleElement()
					.extracting((client) -> client.configuration().connectionProvider())
					.isSameAs(connections);
				assertThat(emulator.requests("send-message").get(0).headers())
					.anySatisfy((name, values) -> assertThat(name).isEqualToIgnoringCase("X-Mine"));
			});
			assertThat(connections.isDisposed()).isFalse();
		}
		finally {
			connections.dispose();
		}
	}

	private static String basic(String user, String password) {
		return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * A key, and a certificate for {@code localhost} that it signed itself, in a store
	 * that a server and a client can use.
	 */
	private static Path selfSigned(Path directory) throws Exception {
		Path keys = directory.resolve("keys.p12");
		Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
		Process process = new ProcessBuilder(keytool.toString(), "-genkeypair", "-alias", "im", "-keyalg", "EC",
				"-dname", "CN=localhost", "-ext", "san=dns:localhost", "-storetype", "PKCS12", "-keystore",
				keys.toString(), "-storepass", PASSWORD)
			.redirectErrorStream(true)
			.redirectOutput(directory.resolve("keytool.log").toFile())
			.start();
		assertThat(process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(Files.readString(directory.resolve("keytool.log"))).isZero();
		return keys;
	}

	private static SslContext context(Path keys) {
		try (InputStream stored = Files.newInputStream(keys)) {
			KeyStore store = KeyStore.getInstance("PKCS12");
			store.load(stored, PASSWORD.toCharArray());
			KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			managers.init(store, PASSWORD.toCharArray());
			return SslContextBuilder.forServer(managers).build();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String[] proxied(RecordingProxy proxy) {
		return new String[] { "im.http.proxy.host=localhost", "im.http.proxy.port=" + proxy.port() };
	}

	private static ApplicationContextRunner over(String client) {
		return runner().withPropertyValues("spring.http.clients.reactive.connector=" + client);
	}

	private static ApplicationContextRunner runner() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class,
					ReactiveHttpClientAutoConfiguration.class, ImAutoConfiguration.class))
			.withPropertyValues("im.base-url=" + emulator.baseUrl(), "im.org-name=" + emulator.orgName(),
					"im.app-name=" + emulator.appName(), "im.auth.token=" + emulator.tokens().issue(),
					"im.retry.max-attempts=1");
	}

	private static void send(ApplicationContext context) {
		context.getBean(MessageOperations.class).send(Message.text("hi").to("user2").build()).block(TIMEOUT);
	}

	/**
	 * Remembers what an {@link HttpClient} is like when it is built.
	 *
	 * @param clients the clients, as they were before the starter's own customizer
	 */
	private record Remembering(List<HttpClient> clients)
			implements
				ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder> {

		@Override
		public ReactorClientHttpConnectorBuilder customize(ReactorClientHttpConnectorBuilder builder) {
			return builder.withHttpClientCustomizer((client) -> {
				this.clients.add(client);
				return client;
			});
		}

	}

}
