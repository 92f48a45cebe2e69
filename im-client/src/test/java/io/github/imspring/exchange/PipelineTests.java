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

package io.github.imspring.exchange;

import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLHandshakeException;

import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.emulator.QuotaMode;
import io.github.imspring.emulator.UserPolicy;
import io.github.imspring.error.Hint;
import io.github.imspring.error.ImApiException;
import io.github.imspring.error.ImAuthenticationException;
import io.github.imspring.error.ImDecodingException;
import io.github.imspring.error.ImException;
import io.github.imspring.error.ImQuotaExceededException;
import io.github.imspring.error.ImServerException;
import io.github.imspring.error.ImTimeoutException;
import io.github.imspring.error.ImTransportException;
import io.github.imspring.error.ImValidationException;
import io.github.imspring.error.SettingNames;
import io.github.imspring.observation.CallListener;
import io.github.imspring.observation.CallObservations;
import io.github.imspring.observation.ObservedCall;
import io.github.imspring.observation.RetryReason;
import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Operations;
import io.github.imspring.operation.Quota;
import io.github.imspring.operation.Quota.Unit;
import io.github.imspring.quota.Lane;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.quota.QuotaLimiterBuilder;
import io.github.imspring.quota.QuotaRequest;
import io.github.imspring.quota.QuotaSettings;
import io.github.imspring.token.AccessToken;
import io.github.imspring.token.ClientCredentials;
import io.github.imspring.token.ManagedTokenProvider;
import io.github.imspring.token.TokenProvider;
import io.github.imspring.token.TokenSources;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.mock.http.client.reactive.MockClientHttpRequest;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Pipeline} against the emulator.
 */
class PipelineTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final RetrySettings QUICK = new RetrySettings(3, Duration.ofMillis(1), Duration.ofMillis(5), false);

	private static final Operation GET_USER = Operation.of("get-user", true);

	private static ImEmulator emulator;

	private final RecordingLimiter limiter = new RecordingLimiter();

	private RetrySettings retry = QUICK;

	@BeforeAll
	static void startEmulator() {
		emulator = ImEmulator.builder().quota(QuotaMode.OFF).users(UserPolicy.REGISTERED).start();
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
	void sendsAndReads() {
		ImResponse response = exchange(send("user2"));
		assertThat(response.data().path("user2").asString()).matches("\\d{17,}");
		assertThat(response.envelope().action()).isEqualTo("post");
		assertThat(response.envelope().timestamp()).isNotNull();
		assertThat(this.limiter.ends).containsExactly("answered");
		assertThat(emulator.deliveriesTo("user2")).hasSize(1);
	}

	@Test
	void serverErrorKeepsStatusAndHeadOfHtmlAndIsNotRepeatedForSending() {
		emulator.faults().fail("send-message", Fault.status(503).html("<html>Service Unavailable</html>"), 1);
		ImServerException ex = fails(ImServerException.class, send("user2"));
		assertThat(ex.status()).isEqualTo(503);
		assertThat(ex.body()).isEqualTo("<html>Service Unavailable</html>");
		assertThat(ex.mayHaveBeenProcessed()).isTrue();
		assertThat(emulator.requestCount("send-message")).isOne();
	}

	@Test
	void serverErrorIsRepeatedForReading() {
		createUser("u1");
		emulator.faults().fail("get-user", Fault.status(503).html("<html/>"), 2);
		assertThat(exchange(getUser("u1")).body().path("entities").isArray()).isTrue();
		assertThat(emulator.requestCount("get-user")).isEqualTo(3);
		emulator.faults().fail("get-user", Fault.status(503).html("<html/>"), 3);
		assertThat(fails(ImServerException.class, getUser("u1")).status()).isEqualTo(503);
		assertThat(emulator.requestCount("get-user")).isEqualTo(6);
	}

	@ParameterizedTest
	@ValueSource(strings = { "unsupported_service_operation", "web_application" })
	void wrongCallIsNeverRepeated(String error) {
		emulator.faults().fail("get-user", Fault.error(500, error, "no"), 1);
		ImServerException ex = fails(ImServerException.class, getUser("u1"));
		assertThat(ex.wrongCall()).isTrue();
		assertThat(ex.mayHaveBeenProcessed()).isFalse();
		assertThat(emulator.requestCount("get-user")).isOne();
	}

	@Test
	void resetAfterSendingMayHaveBeenProcessedAndIsNotRepeatedForSending() {
		emulator.faults().fail("send-message", Fault.resetAfterProcessing(), 1);
		ImTransportException ex = fails(ImTransportException.class, send("user2"));
		assertThat(ex.mayHaveBeenProcessed()).isTrue();
		assertThat(ex).hasMessageContaining("send-message failed")
			.hasMessageEndingWith("The service may have processed the call.");
		assertThat(emulator.requestCount("send-message")).isOne();
		assertThat(emulator.deliveriesTo("user2")).hasSize(1);
		assertThat(this.limiter.ends).containsExactly("unanswered");
	}

	@Test
	void resetAfterSendingIsRepeatedForSendingWhereTheUserTakesTheRisk() {
		this.retry = new RetrySettings(3, Duration.ofMillis(1), Duration.ofMillis(5), true);
		emulator.faults().fail("send-message", Fault.resetAfterProcessing(), 1);
		exchange(send("user2"));
		assertThat(emulator.deliveriesTo("user2")).hasSize(2);
	}

	@Test
	void lastErrorRemembersThatAnEarlierAttemptMayHaveBeenProcessed() {
		emulator.faults().fail("get-user", Fault.resetAfterProcessing(), 1);
		ImApiException ex = fails(ImApiException.class, getUser("nobody"));
		assertThat(ex.status()).isEqualTo(404);
		assertThat(ex.mayHaveBeenProcessed()).isTrue();
	}

	@Test
	void failureBeforeTheNextAttemptDoesNotHideThatAnEarlierOneMayHaveBeenProcessed() {
		emulator.faults().fail("get-user", Fault.resetAfterProcessing(), 1);
		AccessToken token = new AccessToken(emulator.tokens().issue(), Instant.now(), null);
		Iterator<Mono<AccessToken>> answers = List
			.of(Mono.just(token), Mono.<AccessToken>error(new IllegalStateException("gone")))
			.iterator();
		TokenProvider onlyOnce = new NeverToken() {
			@Override
			public Mono<AccessToken> token() {
				return answers.hasNext() ? answers.next() : Mono.error(new IllegalStateException("gone"));
			}
		};
		ImTransportException ex = fails(ImTransportException.class, rest(onlyOnce), getUser("u1"));
		assertThat(ex.mayHaveBeenProcessed()).isTrue();
	}

	@Test
	void refusalOfTheNextAttemptDoesNotHideThatAnEarlierOneMayHaveBeenProcessed() {
		emulator.faults().fail("get-user", Fault.resetAfterProcessing(), 1);
		ImQuotaExceededException refusal = new ImQuotaExceededException("get-user", "refused", Hint.of("Wait."), null);
		QuotaLimiter onlyOnce = (request) -> this.limiter.requests.isEmpty() ? this.limiter.acquire(request)
				: Mono.error(refusal);
		ImRestOperations rest = new ImRestOperationsBuilder(endpoint(), PipelineTests::webClient, constantToken(),
				onlyOnce)
			.retry(this.retry)
			.build();
		ImTransportException ex = fails(ImTransportException.class, rest, getUser("u1"));
		assertThat(ex.mayHaveBeenProcessed()).isTrue();
		assertThat(ex.getSuppressed()).startsWith(refusal);
	}

	@Test
	void emptySuccessIsAnError() {
		emulator.faults().fail("send-message", Fault.emptyOk(), 1);
		assertThat(fails(ImDecodingException.class, send("user2"))).hasMessageContaining("the answer is empty");
	}

	@Test
	void truncatedBodyIsAnError() {
		emulator.faults().fail("send-message", Fault.truncatedBody(), 1);
		assertThat(fails(ImTransportException.class, send("user2")).mayHaveBeenProcessed()).isTrue();
		assertThat(this.limiter.ends).containsExactly("answered");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<html>ok</html>", "[]", "{", "{} {}" })
	void successThatIsNoJsonObjectIsAnError(String body) {
		emulator.faults().fail("get-user", Fault.status(200).body("application/json", body), 1);
		ImDecodingException ex = fails(ImDecodingException.class, getUser("u1"));
		assertThat(ex.mayHaveBeenProcessed()).isTrue();
		assertThat(emulator.requestCount("get-user")).isOne();
	}

	@Test
	void readerThatFailsIsADecodingError() {
		createUser("u1");
		Mono<Object> call = rest(constantToken()).exchange(getUser("u1"), (response) -> {
			throw new IllegalStateException("not as documented");
		});
		StepVerifier.create(call)
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(ImDecodingException.class)
				.hasCauseInstanceOf(IllegalStateException.class))
			.verify(TIMEOUT);
	}

	@Test
	void answerLargerThanAllowedIsAnErrorAndOneOfJustThatSizeIsNot() {
		String body = "{\"data\":\"" + "x".repeat(1000) + "\"}";
		emulator.faults().fail("get-user", Fault.status(200).json(body), 2);
		ImRestOperations exact = builder(constantToken()).maxResponseSize(body.length()).build();
		assertThat(exact.exchange(getUser("u1")).block(TIMEOUT)).isNotNull();
		ImRestOperations less = builder(constantToken()).maxResponseSize(body.length() - 1).build();
		StepVerifier.create(less.exchange(getUser("u1")))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(ImDecodingException.class)
				.hasMessageContaining("raise ImClientBuilder.maxResponseSize")
				.hasMessageContaining("larger than " + (body.length() - 1) + " bytes"))
			.verify(TIMEOUT);
	}

	@Test
	void refusedConnectionIsRepeatedForSendingAndWasSurelyNotProcessed() throws Exception {
		int port;
		try (ServerSocket socket = new ServerSocket(0)) {
			port = socket.getLocalPort();
		}
		ImRestOperations rest = builder(constantToken(),
				ImEndpoint.ofOrgApp(URI.create("http://127.0.0.1:" + port), "o", "a"))
			.build();
		ImTransportException ex = fails(ImTransportException.class, rest, send("user2"));
		assertThat(ex.mayHaveBeenProcessed()).isFalse();
		assertThat(ex.hint())
			.startsWith("Check the base URL of ImEndpoint (or the proxy of ImClientBuilder.webClient), DNS");
		assertThat(this.limiter.ends).containsExactly("released", "released", "released");
	}

	@Test
	void unknownHostNamesTheHost() {
		ImRestOperations rest = builder(constantToken(),
				ImEndpoint.ofOrgApp(URI.create("http://no-such-host.invalid"), "o", "a"))
			.build();
		ImTransportException ex = fails(ImTransportException.class, rest, send("user2"));
		assertThat(ex.mayHaveBeenProcessed()).isFalse();
		assertThat(ex).hasMessageContaining("no-such-host.invalid");
	}

	@Test
	void eventLoopsThatWereClosedAreNotTakenForTheNetwork() {
		LoopResources loops = LoopResources.create("closed");
		HttpClient client = HttpClient.create(ConnectionProvider.newConnection()).runOn(loops);
		loops.disposeLater(Duration.ZERO, TIMEOUT).block(TIMEOUT);
		ImTransportException ex = fails(ImTransportException.class,
				rest(new ReactorClientHttpConnector(client)).build(), send("user2"));
		assertThat(ex.mayHaveBeenProcessed()).isFalse();
		assertThat(ex).hasMessageContaining("the threads of the HTTP client were shut down");
		assertThat(ex.hint()).contains("ReactorResourceFactory").doesNotContain("network");
	}

	@Test
	void rejectedTokenIsRenewedOnce() {
		emulator.faults().fail("send-message", Fault.expiredToken(), 1);
		exchange(managedToken(), send("user2"));
		assertThat(emulator.requestCount("token")).isEqualTo(2);
		assertThat(this.limiter.ends).containsExactly("answered", "answered");
		emulator.faults().fail("send-message", Fault.expiredToken(), 2);
		ImAuthenticationException ex = fails(ImAuthenticationException.class, rest(managedToken()), send("user2"));
		assertThat(ex.tokenRejected()).isTrue();
		assertThat(emulator.requestCount("send-message")).isEqualTo(4);
	}

	@Test
	void otherUnauthorizedErrorsDoNotRenewTheToken() {
		emulator.faults().fail("get-user", Fault.error(401, "MetadataException", "user is not in chatroom"), 1);
		ImApiException ex = fails(ImApiException.class, rest(managedToken()), getUser("u1"));
		assertThat(ex.status()).isEqualTo(401);
		assertThat(emulator.requestCount("token")).isOne();
		assertThat(emulator.requestCount("get-user")).isOne();
	}

	@Test
	void concurrentCallsShareTheTokenAndSurviveItsRevocation() {
		ImRestOperations rest = rest(managedToken());
		sendConcurrently(rest, 200);
		assertThat(emulator.requestCount("token")).isOne();
		emulator.tokens().revoke();
		sendConcurrently(rest, 200);
		assertThat(emulator.requestCount("token")).isEqualTo(2);
		assertThat(emulator.deliveredMessages()).isEqualTo(400);
	}

	@Test
	void tokenEndpointThatFailsOnceFailsNoCall() {
		emulator.faults().fail("token", Fault.status(503).html("<html/>"), 1);
		exchange(managedToken(), send("user2"));
		assertThat(emulator.requestCount("token")).isEqualTo(2);
		assertThat(this.limiter.ends).containsExactly("released", "answered");
	}

	@Test
	void rateIsWaitedForAndNamesTheQuotaToTheLimiter() {
		emulator.faults().fail("send-message", Fault.reachLimit(), 1);
		emulator.faults().fail("send-message", Fault.messageReachLimit(), 1);
		List<String> rejections = new ArrayList<>();
		builder(constantToken()).observations(rejectionsTo(rejections)).build().exchange(send("user2")).block(TIMEOUT);
		assertThat(this.limiter.ends).containsExactly("rejected CALLS null", "rejected MESSAGES null", "answered");
		assertThat(rejections).containsExactly("CALLS 429", "MESSAGES 403");
	}

	@Test
	void rateThatFreesItselfLaterThanTheDeadlineFailsAtOnce() {
		emulator.faults().fail("send-message", Fault.reachLimit().retryAfter(Duration.ofSeconds(40)), 1);
		ImQuotaExceededException ex = fails(ImQuotaExceededException.class, send("user2"));
		assertThat(ex.retryAfter()).isEqualTo(Duration.ofSeconds(40));
		assertThat(this.limiter.ends).containsExactly("rejected CALLS PT40S");
	}

	@Test
	void boundOfThePlanIsNotRepeated() {
		emulator.faults().fail("send-message", Fault.resourceLimited(), 1);
		assertThat(fails(ImQuotaExceededException.class, send("user2")).retryable()).isFalse();
		assertThat(this.limiter.ends).containsExactly("answered");
	}

	@Test
	void callThatIsThrottledUntilTheEndIsToldSo() {
		emulator.faults().fail("send-message", Fault.reachLimit(), 100);
		ImRestOperations rest = builder(constantToken()).timeout(Duration.ofMillis(700))
			.retry(new RetrySettings(3, Duration.ofMillis(100), Duration.ofSeconds(60), false))
			.build();
		fails(ImQuotaExceededException.class, rest, send("user2"));
	}

	@Test
	void deadlineCoversTheWaitForTheAnswer() {
		emulator.faults().fail("send-message", Fault.hang(), 1);
		VirtualTimeScheduler time = VirtualTimeScheduler.create();
		Sinks.One<Throwable> failure = Sinks.one();
		builder(constantToken()).scheduler(time)
			.timeout(Duration.ofSeconds(30))
			.readTimeout(Duration.ofSeconds(31))
			.build()
			.exchange(send("user2"))
			.subscribe((response) -> {
			}, failure::tryEmitValue);
		await().atMost(TIMEOUT).until(() -> emulator.requestCount("send-message") == 1);
		time.advanceTimeBy(Duration.ofSeconds(29));
		assertThat(this.limiter.ends).isEmpty();
		time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(failure.asMono().block(TIMEOUT)).isInstanceOfSatisfying(ImTimeoutException.class, (ex) -> {
			assertThat(ex.mayHaveBeenProcessed()).isTrue();
			assertThat(ex).hasMessageContaining("30000 ms, while waiting for the answer");
		});
		await().atMost(TIMEOUT).untilAsserted(() -> assertThat(this.limiter.ends).containsExactly("unanswered"));
	}

	@Test
	void deadlineCoversTheWaitForQuotaAndThenNothingWasProcessed() {
		VirtualTimeScheduler time = VirtualTimeScheduler.create();
		ImRestOperations rest = new ImRestOperationsBuilder(endpoint(), WebClient::create, constantToken(),
				(request) -> Mono.never())
			.scheduler(time)
			.timeout(Duration.ofSeconds(30))
			.build();
		StepVerifier.create(rest.exchange(send("user2")))
			.then(() -> time.advanceTimeBy(Duration.ofSeconds(30)))
			.expectErrorSatisfies((ex) -> assertThat(ex)
				.isInstanceOfSatisfying(ImTimeoutException.class,
						(timeout) -> assertThat(timeout.mayHaveBeenProcessed()).isFalse())
				.hasMessageContaining("while waiting for quota"))
			.verify(TIMEOUT);
	}

	@Test
	void deadlineOfACallThatIsHeldBackWithAllOthersTellsWhenToComeAgain() {
		VirtualTimeScheduler time = VirtualTimeScheduler.create();
		QuotaLimiter quotas = new QuotaLimiterBuilder()
			.settings(QuotaSettings.defaults().withMaxWait(Duration.ofSeconds(60)))
			.scheduler(time)
			.nanoTime(() -> time.now(TimeUnit.NANOSECONDS))
			.build();
		ImRestOperations rest = new ImRestOperationsBuilder(endpoint(), WebClient::create, constantToken(), quotas)
			.scheduler(time)
			.timeout(Duration.ofSeconds(10))
			.build();
		quotas.acquire(QuotaRequest.of(Operations.SEND_MESSAGE)).subscribe((grant) -> {
			grant.sent();
			grant.throttled(Unit.CALLS, Duration.ofSeconds(25));
		});
		StepVerifier.create(rest.exchange(send("user2")))
			.then(() -> time.advanceTimeBy(Duration.ofSeconds(10)))
			.expectErrorSatisfies(
					(ex) -> assertThat(ex).isInstanceOfSatisfying(ImQuotaExceededException.class, (held) -> {
						assertThat(held.retryAfter()).isEqualTo(Duration.ofSeconds(15));
						assertThat(held.mayHaveBeenProcessed()).isFalse();
						assertThat(held).hasMessageContaining("throttled");
					}))
			.verify(TIMEOUT);
		assertThat(emulator.requestCount("send-message")).isZero();
	}

	@Test
	void connectionThatComesAfterTheDeadlineSendsNothing() {
		VirtualTimeScheduler time = VirtualTimeScheduler.create();
		AtomicReference<Mono<Void>> write = new AtomicReference<>();
		ImRestOperations rest = rest((method, uri, request) -> {
			write.set(Mono.defer(() -> request.apply(new MockClientHttpRequest(method, uri))));
			return Mono.never();
		}).scheduler(time).timeout(Duration.ofSeconds(30)).build();
		StepVerifier.create(rest.exchange(send("user2")))
			.then(() -> time.advanceTimeBy(Duration.ofSeconds(30)))
			.expectErrorSatisfies((ex) -> assertThat(ex)
				.isInstanceOfSatisfying(ImTimeoutException.class,
						(timeout) -> assertThat(timeout.mayHaveBeenProcessed()).isFalse())
				.hasMessageContaining("while waiting for a connection"))
			.verify(TIMEOUT);
		assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> write.get().block(TIMEOUT));
	}

	@Test
	void failedHandshakeOfAClientThatConnectsLateWasSurelyNotProcessed() {
		AtomicInteger attempts = new AtomicInteger();
		ImRestOperations rest = rest((method, uri, request) -> {
			attempts.incrementAndGet();
			return request.apply(new MockClientHttpRequest(method, uri))
				.then(Mono.error(new SSLHandshakeException("no trust")));
		}).build();
		ImTransportException ex = fails(ImTransportException.class, rest, send("user2"));
		assertThat(ex.mayHaveBeenProcessed()).isFalse();
		assertThat(ex).hasMessageContaining("no secure connection to the service could be made (no trust)")
			.hasMessageContaining("the TLS settings of ImClientBuilder.webClient");
		assertThat(attempts).hasValue(3);
	}

	@Test
	void pausesDoubleAndNeverOutlastTheDeadline() {
		VirtualTimeScheduler time = VirtualTimeScheduler.create();
		RetryPolicy policy = new RetryPolicy(
				new RetrySettings(4, Duration.ofMillis(200), Duration.ofMillis(500), false), Mono.never(), time,
				() -> 0L);
		Call call = new Call(getUser("u1"),
				new Deadline(Duration.ofSeconds(1), Lane.SINGLE, new ExpiryTimer(Duration.ofSeconds(1), time), time),
				SettingNames.JAVA);
		Mono<Object> attempt = Mono
			.error(() -> new ImTransportException("get-user", "no", Hint.of("Wait."), true, null))
			.doOnSubscribe((subscription) -> this.limiter.ends.add("at " + time.now(TimeUnit.MILLISECONDS)));
		StepVerifier.create(policy.repeat(call, attempt, (reason) -> {
		}))
			.then(() -> time.advanceTimeBy(Duration.ofSeconds(5)))
			.expectError(ImTransportException.class)
			.verify(TIMEOUT);
		assertThat(this.limiter.ends).containsExactly("at 0", "at 200", "at 600");
	}

	@Test
	void cancellationBeforeSendingReleasesAndAfterSendingKeepsTheSlots() {
		Disposable waiting = rest(new NeverToken()).exchange(send("user2")).subscribe();
		waiting.dispose();
		assertThat(this.limiter.ends).containsExactly("released");
		emulator.faults().fail("send-message", Fault.hang(), 1);
		Disposable sent = rest(constantToken()).exchange(send("user2")).subscribe();
		await().atMost(TIMEOUT).until(() -> emulator.requestCount("send-message") == 1);
		sent.dispose();
		assertThat(this.limiter.ends).containsExactly("released", "unanswered");
	}

	@ParameterizedTest
	@CsvSource({ "429, false", "503, true" })
	void cancellationInThePauseBeforeAnotherAttemptKnowsWhatBecameOfTheLastOne(int status, boolean processed) {
		emulator.faults().fail("send-message", Fault.error(status, "reach_limit", "no"), 1);
		Queue<Boolean> heard = new ConcurrentLinkedQueue<>();
		ImRequest request = ImRequest.post(Operations.SEND_MESSAGE)
			.path("messages", "users")
			.json(Map.of("from", "user1", "to", List.of("user2"), "type", "txt", "body", Map.of("msg", "hi")))
			.whenCancelled(heard::add)
			.build();
		VirtualTimeScheduler time = VirtualTimeScheduler.create();
		List<RetryReason> pauses = new CopyOnWriteArrayList<>();
		Disposable call = builder(constantToken()).scheduler(time)
			.retry(new RetrySettings(3, Duration.ofSeconds(1), Duration.ofSeconds(1), true))
			.observations(retriesTo(pauses))
			.build()
			.exchange(request)
			.subscribe();
		await().atMost(TIMEOUT).until(() -> !pauses.isEmpty());
		call.dispose();
		assertThat(heard).containsExactly(processed);
	}

	@Test
	void providerThatFailsOrIsEmptyIsReported() {
		TokenProvider failing = new NeverToken() {
			@Override
			public Mono<AccessToken> token() {
				return Mono.error(new IllegalStateException("s3cret"));
			}
		};
		ImTransportException ex = fails(ImTransportException.class, rest(failing), send("user2"));
		assertThat(ex).hasMessageContaining("the token provider failed with java.lang.IllegalStateException");
		assertThat(ex.getMessage()).doesNotContain("s3cret");
		assertThat(ex.mayHaveBeenProcessed()).isFalse();
		TokenProvider empty = new NeverToken() {
			@Override
			public Mono<AccessToken> token() {
				return Mono.empty();
			}
		};
		assertThat(fails(ImTransportException.class, rest(empty), send("user2"))).hasMessageContaining("gave none");
	}

	@Test
	void bodyThatCannotBeWrittenIsRefusedBeforeAnythingIsSpent() {
		ImRequest request = ImRequest.post(Operations.SEND_MESSAGE).path("messages", "users").json(new Object() {
			@SuppressWarnings("unused")
			public String getValue() {
				throw new IllegalStateException("no");
			}
		}).build();
		fails(ImValidationException.class, request);
		assertThat(this.limiter.requests).isEmpty();
	}

	@Test
	void nothingIsSentWithoutASubscription() {
		Mono<ImResponse> call = rest(constantToken()).exchange(send("user2"));
		assertThat(call).isNotNull();
		assertThat(this.limiter.requests).isEmpty();
		assertThat(emulator.requestCount("send-message")).isZero();
	}

	private void sendConcurrently(ImRestOperations rest, int count) {
		List<ImResponse> responses = reactor.core.publisher.Flux.range(0, count)
			.flatMap((number) -> rest.exchange(send("user" + number)), count)
			.collectList()
			.block(TIMEOUT);
		assertThat(responses).hasSize(count);
	}

	private ImResponse exchange(ImRequest request) {
		return exchange(constantToken(), request);
	}

	private ImResponse exchange(TokenProvider tokens, ImRequest request) {
		ImResponse response = rest(tokens).exchange(request).block(TIMEOUT);
		assertThat(response).isNotNull();
		return response;
	}

	private <E extends ImException> E fails(Class<E> type, ImRequest request) {
		return fails(type, rest(constantToken()), request);
	}

	private <E extends ImException> E fails(Class<E> type, ImRestOperations rest, ImRequest request) {
		E ex = catchThrowableOfType(type, () -> rest.exchange(request).block(TIMEOUT));
		assertThat(ex).isNotNull();
		assertThat(ex.operation()).isEqualTo(request.operation().name());
		return ex;
	}

	private void createUser(String name) {
		exchange(ImRequest.post(Operation.of("create-users", false))
			.path("users")
			.json(Map.of("username", name, "password", "pw"))
			.build());
		this.limiter.ends.clear();
	}

	private static ImRequest send(String user) {
		return ImRequest.post(Operations.SEND_MESSAGE)
			.path("messages", "users")
			.json(Map.of("from", "user1", "to", List.of(user), "type", "txt", "body", Map.of("msg", "hi")))
			.build();
	}

	private static ImRequest getUser(String user) {
		return ImRequest.get(GET_USER).path("users", user).build();
	}

	private static ImEndpoint endpoint() {
		return ImEndpoint.ofOrgApp(URI.create(emulator.baseUrl()), emulator.orgName(), emulator.appName());
	}

	private ImRestOperations rest(TokenProvider tokens) {
		return builder(tokens).build();
	}

	private ImRestOperationsBuilder builder(TokenProvider tokens) {
		return builder(tokens, endpoint());
	}

	private ImRestOperationsBuilder builder(TokenProvider tokens, ImEndpoint endpoint) {
		return new ImRestOperationsBuilder(endpoint, PipelineTests::webClient, tokens, this.limiter).retry(this.retry);
	}

	private ImRestOperationsBuilder rest(ClientHttpConnector connector) {
		return new ImRestOperationsBuilder(endpoint(), WebClient.builder().clientConnector(connector)::build,
				constantToken(), this.limiter)
			.retry(this.retry);
	}

	private static CallObservations retriesTo(Collection<RetryReason> reasons) {
		return new CallObservations(ObservationRegistry.NOOP, null, CallObservations.DEFAULT_ACCOUNT,
				new CallListener() {
					@Override
					public void retrying(ObservedCall call, RetryReason reason) {
						reasons.add(reason);
					}
				});
	}

	private static CallObservations rejectionsTo(Collection<String> rejections) {
		return new CallObservations(ObservationRegistry.NOOP, null, CallObservations.DEFAULT_ACCOUNT,
				new CallListener() {
					@Override
					public void rejected(ObservedCall call, @Nullable Quota quota, int status) {
						rejections.add(Objects.requireNonNull(quota).unit() + " " + status);
					}
				});
	}

	private static WebClient webClient() {
		return WebClient.builder()
			.clientConnector(new ReactorClientHttpConnector(
					HttpClient.create(ConnectionProvider.create("test", 500)).disableRetry(true)))
			.build();
	}

	private static TokenProvider constantToken() {
		AccessToken token = new AccessToken(emulator.tokens().issue(), Instant.now(), null);
		return new NeverToken() {
			@Override
			public Mono<AccessToken> token() {
				return Mono.just(token);
			}
		};
	}

	private static TokenProvider managedToken() {
		return ManagedTokenProvider
			.builder(TokenSources.clientCredentials(endpoint().resolve(List.of("token"), Map.of()),
					new ClientCredentials(emulator.clientId(), emulator.clientSecret(), null), webClient(),
					WireFormat.jsonMapper(), Instant::now))
			.build();
	}

	private static class NeverToken implements TokenProvider {

		@Override
		public Mono<AccessToken> token() {
			return Mono.never();
		}

		@Override
		public void invalidate(AccessToken rejected) {
		}

	}

}
