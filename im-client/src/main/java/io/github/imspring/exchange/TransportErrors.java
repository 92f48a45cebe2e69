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

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import io.github.imspring.error.Hint;
import io.github.imspring.error.ImException;
import io.github.imspring.error.ImTransportException;
import io.github.imspring.error.Setting;

import org.springframework.web.reactive.function.client.WebClientException;

/**
 * Makes an exception of a request that got no answer. The HTTP client's own exception is
 * not its cause, because that one carries the headers of the request. What the body of
 * the request failed with stays as it is.
 */
final class TransportErrors {

	private static final Hint SILENCE_HINT = Hint.of("Raise %s if the service is known to be slow.",
			Setting.READ_TIMEOUT);

	private TransportErrors() {
	}

	static ImException of(Call call, Throwable failure) {
		Throwable cause = (failure instanceof WebClientException && failure.getCause() != null) ? failure.getCause()
				: failure;
		if (cause instanceof ImException ex) {
			return ex;
		}
		if (cause instanceof SSLException && cause.getCause() instanceof ConnectException refused) {
			// What keeps the handshake from beginning, a proxy for example.
			cause = refused;
		}
		boolean connected = call.sent() && !isUnsent(cause);
		boolean processed = call.processedBefore() || connected;
		return new ImTransportException(call.operation().name(), problem(cause, connected), hint(cause, connected),
				processed, cause);
	}

	/**
	 * An attempt that ended because the service was silent.
	 */
	static ImException silent(Call call, Duration limit) {
		return new ImTransportException(call.operation().name(),
				"the service stayed silent for too long, more than %d ms, while %s".formatted(limit.toMillis(),
						call.phase()),
				SILENCE_HINT, call.processedBefore() || call.sent(), null);
	}

	/**
	 * Whether nothing of the request can have reached the service, whatever the client
	 * had begun.
	 */
	private static boolean isUnsent(Throwable cause) {
		return isConnectFailure(cause) || isPoolFailure(cause) || isLoopFailure(cause);
	}

	private static boolean isConnectFailure(Throwable cause) {
		return cause instanceof ConnectException || cause instanceof UnknownHostException
				|| cause instanceof UnresolvedAddressException || isHandshakeFailure(cause)
				|| named(cause, "ConnectTimeoutException") || named(cause, "HttpConnectTimeoutException")
				|| (cause instanceof SocketTimeoutException && mentions(cause, "connect timeout"))
				|| mentions(cause, "tunnel failed");
	}

	/**
	 * Both clients that use the JDK's TLS engine tell a service that speaks none as that
	 * engine does.
	 */
	private static boolean isHandshakeFailure(Throwable cause) {
		return cause instanceof SSLHandshakeException || named(cause, "NotSslRecordException")
				|| named(cause, "SslHandshakeTimeoutException")
				|| (cause instanceof SSLException && mentions(cause, "unrecognized ssl message"));
	}

	private static boolean isPoolFailure(Throwable cause) {
		return named(cause, "PoolAcquireTimeoutException") || named(cause, "PoolAcquirePendingLimitException")
				|| named(cause, "ConnectionRequestTimeoutException")
				|| (cause instanceof RejectedExecutionException && mentions(cause, "max requests"));
	}

	/**
	 * Reactor Netty's threads are shared by all that uses it in a process; what closes
	 * them closes them for all.
	 */
	private static boolean isLoopFailure(Throwable cause) {
		return cause instanceof RejectedExecutionException && mentions(cause, "terminated");
	}

	private static boolean mentions(Throwable cause, String text) {
		String message = cause.getMessage();
		return message != null && message.toLowerCase(Locale.ROOT).contains(text);
	}

	/**
	 * The HTTP clients' own types are compared by name: none of these clients must be
	 * there.
	 */
	private static boolean named(Throwable cause, String name) {
		for (Class<?> type = cause.getClass(); type != null; type = type.getSuperclass()) {
			if (type.getSimpleName().equals(name)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isReadTimeout(Throwable cause) {
		return named(cause, "ReadTimeoutException") || named(cause, "HttpTimeoutException");
	}

	private static String problem(Throwable cause, boolean connected) {
		if (cause instanceof UnknownHostException) {
			return "the host of the service cannot be resolved (" + description(cause) + ")";
		}
		if (isPoolFailure(cause)) {
			return "no connection became free in the pool";
		}
		if (cause instanceof SSLException && !connected) {
			return "no secure connection to the service could be made (" + description(cause) + ")";
		}
		if (isLoopFailure(cause)) {
			return "the threads of the HTTP client were shut down (" + description(cause) + ")";
		}
		if (isConnectFailure(cause)) {
			return "no connection to the service could be made (" + description(cause) + ")";
		}
		if (isReadTimeout(cause)) {
			return "the service stayed silent for too long";
		}
		return (connected ? "the connection broke before the whole answer came (" : "the request could not be sent (")
				+ cause + ")";
	}

	private static String description(Throwable cause) {
		String message = cause.getMessage();
		return (message != null) ? message : cause.getClass().getSimpleName();
	}

	private static Hint hint(Throwable cause, boolean connected) {
		if (isPoolFailure(cause)) {
			return Hint.of("Raise %s, or look at why the service answers so slowly.", Setting.MAX_CONNECTIONS);
		}
		if (isLoopFailure(cause)) {
			return Hint.of("Close the other application context of this process later, or give this one a "
					+ "ReactorResourceFactory of its own: they share the event loops of Reactor Netty.");
		}
		if (cause instanceof SSLException && !connected) {
			return Hint.of("Check %s and %s, and that no proxy intercepts TLS.", Setting.BASE_URL, Setting.SSL_BUNDLE);
		}
		if (isConnectFailure(cause)) {
			return Hint.of("Check %s, DNS, and that the network lets this host reach it.", Setting.ADDRESS);
		}
		if (isReadTimeout(cause)) {
			return SILENCE_HINT;
		}
		return Hint.of(connected ? "Find out whether the service acted before repeating what must not be done twice."
				: "Check the network between this host and the service.");
	}

}
