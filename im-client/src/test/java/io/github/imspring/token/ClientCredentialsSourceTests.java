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

package io.github.imspring.token;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import io.github.imspring.error.ImApiException;
import io.github.imspring.error.ImAuthenticationException;
import io.github.imspring.error.ImDecodingException;
import io.github.imspring.error.ImException;
import io.github.imspring.error.ImNotFoundException;
import io.github.imspring.error.ImQuotaExceededException;
import io.github.imspring.error.ImServerException;
import io.github.imspring.error.ImTransportException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link ClientCredentialsSource}, over HTTP.
 */
class ClientCredentialsSourceTests {

	private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.890Z");

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final String ID = "YXA6i-Ak8Ol4Eei2l11ZjV-EAg";

	private static final String SECRET = "YXA6VunqiNxoB7IwXHInk/cGiXOOJfc";

	private static final String TOKEN = "YWMte3bGuOukEeiTkNP4grL7iwAAAAAAAAAAAAAAAAAAAAGL4CTg";

	private final MockWebServer server = new MockWebServer();

	private final JsonMapper mapper = JsonMapper.builder().build();

	@BeforeEach
	void start() throws IOException {
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void asksAsTheServiceDocumentsIt() throws InterruptedException {
		answer(200, tokenJson("1024000"));
		AccessToken token = fetch(null);
		RecordedRequest request = this.server.takeRequest();
		assertThat(request.getMethod()).isEqualTo("POST");
		assertThat(request.getTarget()).isEqualTo("/my-org/my-app/token");
		assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
		assertThat(request.getHeaders().get("Accept")).isEqualTo("application/json");
		assertThat(request.getHeaders().get("Authorization")).isNull();
		assertThat(this.mapper.readTree(request.getBody().utf8())).isEqualTo(this.mapper.readTree("""
				{"grant_type": "client_credentials", "client_id": "%s", "client_secret": "%s"}
				""".formatted(ID, SECRET)));
		assertThat(token.value()).isEqualTo(TOKEN);
		assertThat(token.issuedAt()).isEqualTo(NOW);
		assertThat(token.expiresAt()).isEqualTo(NOW.plusSeconds(1024000));
	}

	@ParameterizedTest
	@CsvSource({ "PT0S, 0", "PT1S, 1", "PT24H, 86400" })
	void asksForALifeInSeconds(Duration ttl, long seconds) throws InterruptedException {
		answer(200, tokenJson("1"));
		fetch(ttl);
		assertThat(this.mapper.readTree(this.server.takeRequest().getBody().utf8()).get("ttl").longValue())
			.isEqualTo(seconds);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1", "null", "\"never\"", "3153600001", "9223372036854775807", "{}" })
	void lifeThatIsNoneIsNotKnown(String expiresIn) {
		answer(200, tokenJson(expiresIn));
		assertThat(fetch(null).expiresAt()).isNull();
	}

	@Test
	void lifeThatIsMissingIsNotKnown() {
		answer(200, "{\"access_token\":\"" + TOKEN + "\"}");
		assertThat(fetch(null).expiresAt()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "1, 1", "'\"60\"', 60", "3153600000, 3153600000" })
	void lifeMayBeANumberOrAString(String expiresIn, long seconds) {
		answer(200, tokenJson(expiresIn));
		assertThat(fetch(null).expiresAt()).isEqualTo(NOW.plusSeconds(seconds));
	}

	@ParameterizedTest
	@CsvSource({ "invalid_grant, client_id does not match, Check ClientCredentials.clientId against",
			"invalid_grant, client_secret does not match, Check ClientCredentials.clientSecret against",
			"illegal_argument, client_id must be provided., Set ClientCredentials.clientId.",
			"illegal_argument, client_secret must be provided, Set ClientCredentials.clientSecret." })
	void wrongCredentialsNameTheSetting(String error, String description, String hint) {
		answer(400, errorJson(error, description));
		ImAuthenticationException failure = failure(ImAuthenticationException.class);
		assertThat(failure.tokenRejected()).isFalse();
		assertThat(failure.status()).isEqualTo(400);
		assertThat(failure.error()).isEqualTo(error);
		assertThat(failure.errorDescription()).isEqualTo(description);
		assertThat(failure.hint()).startsWith(hint);
	}

	@Test
	void unknownAppNamesTheSettings() {
		answer(404, errorJson("organization_application_not_found",
				"Could not find application for my-org/my-app from URI: my-org/my-app/token"));
		ImNotFoundException failure = failure(ImNotFoundException.class);
		assertThat(failure.hint()).contains("the base URL of ImEndpoint", "the organization of ImEndpoint",
				"the app name of ImEndpoint");
	}

	@Test
	void unauthorizedHasNoTokenToReject() {
		answer(401, errorJson("unauthorized", "Unable to authenticate (OAuth)"));
		assertThat(failure(ImAuthenticationException.class).tokenRejected()).isFalse();
	}

	@Test
	void limitCarriesThePauseThatTheServiceAskedFor() {
		this.server.enqueue(new MockResponse.Builder().code(429)
			.setHeader("Retry-After", "3")
			.body(errorJson("reach_limit", "This request has reached api limit"))
			.build());
		ImQuotaExceededException failure = failure(ImQuotaExceededException.class);
		assertThat(failure.retryable()).isTrue();
		assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void gatewaysPageKeepsStatusAndHead() {
		answer(503, "<html><h1>Service Unavailable</h1></html>");
		ImServerException failure = failure(ImServerException.class);
		assertThat(failure.status()).isEqualTo(503);
		assertThat(failure.body()).isEqualTo("<html><h1>Service Unavailable</h1></html>");
		assertThat(failure.mayHaveBeenProcessed()).isFalse();
	}

	@Test
	void hugePageKeepsStatusAndHead() {
		answer(502, "<html>" + "x".repeat(1_000_000));
		ImServerException failure = failure(ImServerException.class);
		assertThat(failure.status()).isEqualTo(502);
		assertThat(failure.body()).startsWith("<html>xxx").hasSize(2048);
	}

	@Test
	void redirectIsNotFollowed() {
		this.server.enqueue(new MockResponse.Builder().code(302)
			.setHeader("Location", this.server.url("/elsewhere").toString())
			.build());
		ImApiException failure = failure(ImApiException.class);
		assertThat(failure.status()).isEqualTo(302);
		assertThat(this.server.getRequestCount()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "[]", "{}", "{\"access_token\":null}", "{\"access_token\":\"\"}",
			"{\"access_token\":\"two words\"}", "{\"access_token\":{}}", "{\"access_token\":\"" + TOKEN, TOKEN,
			"<html>Log in</html>" })
	void successThatCannotBeReadIsAnErrorThatQuotesNothing(String body) {
		answer(200, body);
		ImDecodingException failure = failure(ImDecodingException.class);
		assertThat(failure).hasNoCause();
		assertThat(failure.getMessage()).doesNotContain("two words", "Log in");
	}

	@Test
	void answerIsReadUpToABound() {
		answer(200, tokenJson("1").replace("{", "{\"padding\":\"" + "x".repeat(1_000_000) + "\","));
		failure(ImDecodingException.class);
	}

	@Test
	void refusedConnectionIsATransportFailure() throws IOException {
		int free;
		try (ServerSocket socket = new ServerSocket(0)) {
			free = socket.getLocalPort();
		}
		ImTransportException failure = failure(ImTransportException.class,
				source(URI.create("http://localhost:" + free + "/o/a/token"), null));
		assertThat(failure.getMessage()).contains("there was no answer (", "refused", ":" + free);
		assertThat(failure.hint()).isEqualTo(
				"Check that the base URL of ImEndpoint (or the proxy of ImClientBuilder.webClient) can be reached "
						+ "from here, and the TLS settings of ImClientBuilder.webClient.");
	}

	@Test
	void connectionThatBreaksBeforeTheAnswerIsATransportFailure() {
		this.server.enqueue(new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
		failure(ImTransportException.class);
	}

	@Test
	void connectionThatBreaksWithinTheAnswerIsATransportFailure() {
		this.server.enqueue(new MockResponse.Builder().code(200)
			.body(tokenJson("1"))
			.onResponseBody(new SocketEffect.CloseSocket())
			.build());
		failure(ImTransportException.class);
	}

	@Test
	void whatKeptTheAnswerAwayIsSaid() {
		assertThat(noAnswer(new IOException())).isEqualTo("there was no answer (java.io.IOException)");
		assertThat(noAnswer(new SSLException("untrusted"))).isEqualTo("there was no answer (untrusted)");
		assertThat(noAnswer(new SSLException("untrusted", new IOException("reset"))))
			.isEqualTo("there was no answer (untrusted)");
		assertThat(noAnswer(new SSLException("handshake", new ConnectException("refused by the proxy"))))
			.isEqualTo("there was no answer (refused by the proxy)");
	}

	private String noAnswer(IOException failure) {
		WebClient client = WebClient.builder()
			.exchangeFunction((request) -> Mono
				.error(new WebClientRequestException(failure, request.method(), request.url(), request.headers())))
			.build();
		return failure(ImTransportException.class, TokenSources.clientCredentials(uri(),
				new ClientCredentials(ID, SECRET, null), client, this.mapper, InstantSource.fixed(NOW)))
			.problem();
	}

	@Test
	void secretThatIsEchoedShowsUpNowhere() {
		answer(400, errorJson("invalid_grant", "client_secret " + SECRET + " does not match"));
		ImAuthenticationException failure = failure(ImAuthenticationException.class);
		assertThat(failure.errorDescription()).isEqualTo("client_secret ****** does not match");
	}

	@Test
	void secretAndTokenAreInNoText() {
		ClientCredentials credentials = new ClientCredentials(ID, SECRET, Duration.ofSeconds(1));
		assertThat(credentials).hasToString("ClientCredentials[clientId=" + ID + ", ttl=PT1S]");
		assertThat(source(uri(), null).toString()).contains("/my-org/my-app/token").doesNotContain(SECRET);
	}

	@Test
	void secretAndTokenAreInNoLogEvenAtTrace() {
		Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		Level level = root.getLevel();
		List<Appender<ILoggingEvent>> appenders = new ArrayList<>();
		root.iteratorForAppenders().forEachRemaining(appenders::add);
		ListAppender<ILoggingEvent> events = new ListAppender<>();
		events.start();
		appenders.forEach(root::detachAppender);
		root.addAppender(events);
		root.setLevel(Level.TRACE);
		try {
			answer(200, tokenJson("60"));
			answer(400, errorJson("invalid_grant", "client_secret " + SECRET + " does not match"));
			fetch(null);
			failure(ImAuthenticationException.class);
		}
		finally {
			root.setLevel(level);
			root.detachAppender(events);
			appenders.forEach(root::addAppender);
		}
		assertThat(List.copyOf(events.list)).isNotEmpty()
			.extracting((event) -> event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy()))
			.noneMatch((text) -> text.contains(SECRET) || text.contains(TOKEN));
	}

	@Test
	void twoHundredFirstCallsMakeOneRequest() {
		this.server
			.enqueue(new MockResponse.Builder().body(tokenJson("60")).headersDelay(50, TimeUnit.MILLISECONDS).build());
		ManagedTokenProvider provider = ManagedTokenProvider.builder(source(uri(), null))
			.clock(InstantSource.fixed(NOW))
			.build();
		List<AccessToken> tokens = Flux.range(0, 200)
			.flatMap((i) -> provider.token().subscribeOn(Schedulers.boundedElastic()), 200)
			.collectList()
			.block(LIMIT);
		assertThat(tokens).hasSize(200).containsOnly(tokens.get(0));
		assertThat(this.server.getRequestCount()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " " })
	void credentialsAreNotBlank(String blank) {
		assertThatIllegalArgumentException().isThrownBy(() -> new ClientCredentials(blank, SECRET, null))
			.withMessage("The client ID must not be blank");
		assertThatIllegalArgumentException().isThrownBy(() -> new ClientCredentials(ID, blank, null))
			.withMessage("The client secret must not be blank");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT-1S", "PT0.5S", "PT1.000000001S" })
	void lifeIsZeroOrWholeSeconds(Duration ttl) {
		assertThatIllegalArgumentException().isThrownBy(() -> new ClientCredentials(ID, SECRET, ttl))
			.withMessageContaining("The life of a token must");
	}

	private void answer(int status, String body) {
		this.server.enqueue(new MockResponse.Builder().code(status).body(body).build());
	}

	private static String tokenJson(String expiresIn) {
		return """
				{"access_token":"%s","expires_in":%s,"application":"8be024f0-e978-11e8-b697-5d598d5f8402"}"""
			.formatted(TOKEN, expiresIn);
	}

	private static String errorJson(String error, String description) {
		return """
				{"error":"%s","exception":"E","timestamp":1542350943210,"duration":0,"error_description":"%s"}"""
			.formatted(error, description);
	}

	private URI uri() {
		return this.server.url("/my-org/my-app/token").uri();
	}

	private TokenSource source(URI uri, @Nullable Duration ttl) {
		return TokenSources.clientCredentials(uri, new ClientCredentials(ID, SECRET, ttl), WebClient.create(),
				this.mapper, InstantSource.fixed(NOW));
	}

	private AccessToken fetch(@Nullable Duration ttl) {
		return source(uri(), ttl).fetch().block(LIMIT);
	}

	private <E extends ImException> E failure(Class<E> type) {
		return failure(type, source(uri(), null));
	}

	private static <E extends ImException> E failure(Class<E> type, TokenSource source) {
		E failure = catchThrowableOfType(type, () -> source.fetch().block(LIMIT));
		assertThat(failure).isNotNull();
		assertThat(failure.operation()).isEqualTo("token");
		assertThat(failure.mayHaveBeenProcessed()).isFalse();
		assertThat(failure).asString().doesNotContain(SECRET, TOKEN);
		for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
			assertThat(cause).asString().doesNotContain(SECRET, TOKEN);
		}
		return failure;
	}

}
