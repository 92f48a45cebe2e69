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
import java.net.UnknownHostException;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import io.github.imspring.error.Hint;
import io.github.imspring.error.ImException;
import io.github.imspring.error.ImTransportException;
import io.github.imspring.error.Setting;

import org.springframework.web.reactive.function.client.WebClientRequestException;

/**
 * Makes an exception of a request that got no answer. The HTTP client's own exception is
 * not its cause, because that one carries the headers of the request. What the body of
 * the request failed with stays as it is.
 */
final class TransportErrors {

	private TransportErrors() {
	}

	static ImException of(Call call, Throwable failure) {
		Throwable cause = (failure instanceof WebClientRequestException && failure.getCause() != null)
				? failure.getCause() : failure;
		if (cause instanceof ImException ex) {
			return ex;
		}
		boolean connected = call.sent() && !isConnectFailure(cause);
		boolean processed = call.processedBefore() || connected;
		return new ImTransportException(call.operation().name(), problem(cause, connected), hint(cause, connected),
				processed, cause);
	}

	private static boolean isConnectFailure(Throwable cause) {
		return cause instanceof ConnectException || cause instanceof UnknownHostException
				|| cause instanceof SSLHandshakeException || named(cause, "ConnectTimeoutException")
				|| named(cause, "HttpConnectTimeoutException") || isPoolFailure(cause);
	}

	private static boolean isPoolFailure(Throwable cause) {
		return named(cause, "PoolAcquireTimeoutException") || named(cause, "PoolAcquirePendingLimitException");
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
		if (cause instanceof SSLException && !connected) {
			return Hint.of("Check %s and %s, and that no proxy intercepts TLS.", Setting.BASE_URL, Setting.SSL_BUNDLE);
		}
		if (isConnectFailure(cause)) {
			return Hint.of("Check %s, DNS, and that the network lets this host reach the service.", Setting.BASE_URL);
		}
		if (isReadTimeout(cause)) {
			return Hint.of("Raise %s if the service is known to be slow.", Setting.READ_TIMEOUT);
		}
		return Hint.of(connected ? "Find out whether the service acted before repeating what must not be done twice."
				: "Check the network between this host and the service.");
	}

}
