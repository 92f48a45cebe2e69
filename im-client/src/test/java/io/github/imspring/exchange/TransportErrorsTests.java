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

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import io.github.imspring.error.ImCancelledException;
import io.github.imspring.error.ImException;
import io.github.imspring.error.SettingNames;
import io.github.imspring.operation.Operations;
import io.github.imspring.quota.Lane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.WebClientRequestException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What the failures of HTTP clients mean: a connection that was not made sent nothing.
 */
class TransportErrorsTests {

	private static final String UNRESOLVED = "the host of the service cannot be resolved";

	private static final String POOL = "no connection became free in the pool";

	private static final String INSECURE = "no secure connection to the service could be made";

	private static final String LOOPS = "the threads of the HTTP client were shut down";

	private static final String UNCONNECTED = "no connection to the service could be made";

	private static final String SILENT = "the service stayed silent for too long";

	private static final String BROKEN = "the connection broke before the whole answer came";

	private static final String CHECK_ADDRESS = "Check the base URL of ImEndpoint (or the proxy";

	private static final String CHECK_TLS = "Check the base URL of ImEndpoint and the TLS settings";

	private static final String RAISE_CONNECTIONS = "Raise the connection pool";

	private static final String RAISE_TIMEOUT = "Raise ImClientBuilder.readTimeout";

	private static final String CLOSE_LATER = "Close the other application context";

	private static final String FIND_OUT = "Find out whether the service acted";

	private final Call call = call();

	static Stream<Arguments> failures() {
		return Stream.of(arguments(new UnknownHostException("im.example.com"), UNRESOLVED, CHECK_ADDRESS, false),
				arguments(new ConnectException("refused"), UNCONNECTED + " (refused)", CHECK_ADDRESS, false),
				arguments(new UnresolvedAddressException(), UNCONNECTED + " (UnresolvedAddressException)",
						CHECK_ADDRESS, false),
				arguments(new ConnectTimeoutException(), UNCONNECTED, CHECK_ADDRESS, false),
				arguments(new HttpConnectTimeoutException("late"), UNCONNECTED, CHECK_ADDRESS, false),
				arguments(new SocketTimeoutException("Connect Timeout"), UNCONNECTED, CHECK_ADDRESS, false),
				arguments(new SocketTimeoutException("read"), BROKEN, FIND_OUT, true),
				arguments(new SocketTimeoutException(), BROKEN, FIND_OUT, true),
				arguments(new IOException("Tunnel failed, got: 403"), UNCONNECTED, CHECK_ADDRESS, false),
				arguments(new SSLHandshakeException("untrusted"), INSECURE + " (untrusted)", CHECK_TLS, false),
				arguments(new NotSslRecordException(), INSECURE, CHECK_TLS, false),
				arguments(new SslHandshakeTimeoutException(), INSECURE, CHECK_TLS, false),
				arguments(new SSLException("Unrecognized SSL message, plaintext connection?"), INSECURE, CHECK_TLS,
						false),
				arguments(new SSLException("closed"), BROKEN, FIND_OUT, true),
				arguments(new SSLException("proxy", new ConnectException("refused")), UNCONNECTED + " (refused)",
						CHECK_ADDRESS, false),
				arguments(new SSLException("other", new IOException("reset")), BROKEN, FIND_OUT, true),
				arguments(new PoolAcquireTimeoutException(), POOL, RAISE_CONNECTIONS, false),
				arguments(new PoolAcquirePendingLimitException(), POOL, RAISE_CONNECTIONS, false),
				arguments(new ConnectionRequestTimeoutException(), POOL, RAISE_CONNECTIONS, false),
				arguments(new RejectedExecutionException("Max requests per destination 1024 exceeded"), POOL,
						RAISE_CONNECTIONS, false),
				arguments(new RejectedExecutionException("event executor terminated"), LOOPS, CLOSE_LATER, false),
				arguments(new RejectedExecutionException("other"), BROKEN, FIND_OUT, true),
				arguments(new ReadTimeoutException(), SILENT, RAISE_TIMEOUT, true),
				arguments(new HttpTimeoutException("late"), SILENT, RAISE_TIMEOUT, true),
				arguments(new IOException("max requests terminated connect timeout"), BROKEN, FIND_OUT, true));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void failureOfACallThatHasLeft(Exception failure, String problem, String hint, boolean processed) {
		this.call.markSent();
		ImException ex = TransportErrors.of(this.call, failure);
		assertThat(ex.problem()).startsWith(problem);
		assertThat(ex.hint()).startsWith(hint);
		assertThat(ex.mayHaveBeenProcessed()).isEqualTo(processed);
		ImException wrapped = TransportErrors.of(this.call,
				new WebClientRequestException(failure, HttpMethod.GET, URI.create("http://x"), HttpHeaders.EMPTY));
		assertThat(wrapped).hasMessage(ex.getMessage());
	}

	@Test
	void failureOfACallThatHasNotLeft() {
		ImException ex = TransportErrors.of(this.call, new IOException("broken"));
		assertThat(ex).hasMessageContaining("the request could not be sent (java.io.IOException: broken)");
		assertThat(ex.hint()).isEqualTo("Check the network between this host and the service.");
		assertThat(ex.mayHaveBeenProcessed()).isFalse();
		assertThat(TransportErrors.of(this.call, new SSLException("broken")).problem()).startsWith(INSECURE);
		assertThat(TransportErrors.silent(this.call, Duration.ofSeconds(1)).mayHaveBeenProcessed()).isFalse();
	}

	@Test
	void silenceOfACallThatHasLeft() {
		this.call.markSent();
		ImException ex = TransportErrors.silent(this.call, Duration.ofMillis(1500));
		assertThat(ex).hasMessageContaining("more than 1500 ms, while waiting for the answer");
		assertThat(ex.hint()).startsWith(RAISE_TIMEOUT);
		assertThat(ex.mayHaveBeenProcessed()).isTrue();
	}

	@Test
	void attemptThatMayHaveBeenProcessedIsRemembered() {
		this.call.markProcessed(TransportErrors.silent(this.call, Duration.ofSeconds(1)));
		assertThat(TransportErrors.of(this.call, new ConnectException("refused")).mayHaveBeenProcessed()).isTrue();
		assertThat(TransportErrors.silent(this.call, Duration.ofSeconds(1)).mayHaveBeenProcessed()).isTrue();
	}

	@Test
	void failureOfOursIsKept() {
		ImException failure = new ImCancelledException("any", "closed", false);
		assertThat(TransportErrors.of(this.call, failure)).isSameAs(failure);
	}

	private static Call call() {
		Scheduler scheduler = Schedulers.parallel();
		Deadline deadline = new Deadline(Duration.ofSeconds(30), Lane.SINGLE,
				new ExpiryTimer(Duration.ofSeconds(30), scheduler), scheduler);
		return new Call(ImRequest.get(Operations.GET_CHATROOMS).build(), deadline, SettingNames.JAVA);
	}

	/**
	 * Called as Netty's, Apache's and Reactor Netty's are, which are not needed for the
	 * client.
	 */
	private static final class ConnectTimeoutException extends IOException {

	}

	private static final class NotSslRecordException extends SSLException {

		NotSslRecordException() {
			super("not an SSL/TLS record");
		}

	}

	private static final class SslHandshakeTimeoutException extends SSLException {

		SslHandshakeTimeoutException() {
			super("handshake timed out");
		}

	}

	private static final class PoolAcquireTimeoutException extends IOException {

	}

	private static final class PoolAcquirePendingLimitException extends IOException {

	}

	private static final class ConnectionRequestTimeoutException extends IOException {

	}

	private static final class ReadTimeoutException extends IOException {

	}

}
