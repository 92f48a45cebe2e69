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

import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.net.ssl.SSLException;

import io.github.imspring.error.ErrorDecoder;
import io.github.imspring.error.ErrorDecoder.Answer;
import io.github.imspring.error.Hint;
import io.github.imspring.error.ImDecodingException;
import io.github.imspring.error.ImException;
import io.github.imspring.error.ImTransportException;
import io.github.imspring.error.Setting;
import io.github.imspring.operation.Operations;
import io.github.imspring.resource.ResponseBody;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;

/**
 * Fetches app tokens from the service with client credentials.
 */
final class ClientCredentialsSource implements TokenSource {

	private static final int MAX_ANSWER = 64 * 1024;

	private static final long MAX_EXPIRES_IN = Duration.ofDays(36500).toSeconds();

	/**
	 * Where Spring's observations of HTTP requests look for the low-cardinality name of
	 * an address.
	 */
	private static final String URI_TEMPLATE = WebClient.class.getName() + ".uriTemplate";

	private final URI uri;

	private final ClientCredentials credentials;

	private final WebClient client;

	private final JsonMapper mapper;

	private final InstantSource clock;

	private final ErrorDecoder errors;

	ClientCredentialsSource(URI uri, ClientCredentials credentials, WebClient client, JsonMapper mapper,
			InstantSource clock) {
		this.uri = uri;
		this.credentials = credentials;
		this.client = client;
		this.mapper = mapper;
		this.clock = clock;
		this.errors = new ErrorDecoder(mapper, clock);
	}

	@Override
	public Mono<AccessToken> fetch() {
		return Mono.defer(() -> {
			Instant sentAt = this.clock.instant();
			return this.client.post()
				.uri(this.uri)
				.attribute(URI_TEMPLATE, Operations.TOKEN.name())
				.contentType(MediaType.APPLICATION_JSON)
				.accept(MediaType.APPLICATION_JSON)
				.bodyValue(request())
				.exchangeToMono((response) -> ResponseBody.head(response.bodyToFlux(DataBuffer.class), MAX_ANSWER)
					.map((body) -> read(response, body, sentAt)))
				.onErrorMap((ex) -> !(ex instanceof ImException), this::noAnswer);
		});
	}

	/**
	 * Written here rather than by the client's codecs, which would log what they write.
	 */
	private byte[] request() {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("grant_type", "client_credentials");
		body.put("client_id", this.credentials.clientId());
		body.put("client_secret", this.credentials.clientSecret());
		Duration ttl = this.credentials.ttl();
		if (ttl != null) {
			body.put("ttl", ttl.toSeconds());
		}
		return this.mapper.writeValueAsBytes(body);
	}

	private AccessToken read(ClientResponse response, byte[] body, Instant sentAt) {
		if (response.statusCode().is2xxSuccessful()) {
			return read(body, sentAt);
		}
		throw this.errors.decode(Operations.TOKEN, TokenErrors.HINTS, Answer.of(response.statusCode().value(),
				response.headers().asHttpHeaders(), body, List.of(this.credentials.clientSecret())), false);
	}

	private AccessToken read(byte[] body, Instant sentAt) {
		JsonNode answer = readJson(body);
		String value = answer.path("access_token").asString("");
		long expiresIn = answer.path("expires_in").asLong(0);
		boolean known = expiresIn > 0 && expiresIn <= MAX_EXPIRES_IN;
		try {
			return new AccessToken(value, sentAt, known ? sentAt.plusSeconds(expiresIn) : null);
		}
		catch (IllegalArgumentException ex) {
			throw broken("the answer has no usable 'access_token'");
		}
	}

	private JsonNode readJson(byte[] body) {
		try {
			return this.mapper.readTree(body);
		}
		catch (JacksonException ex) {
			// Its message may quote the token.
			throw broken("the answer, " + body.length + " bytes, is not JSON");
		}
	}

	private static ImDecodingException broken(String problem) {
		return new ImDecodingException(Operations.TOKEN.name(), problem, false, null);
	}

	private ImException noAnswer(Throwable ex) {
		Throwable cause = (ex instanceof WebClientRequestException && ex.getCause() != null) ? ex.getCause() : ex;
		if (cause instanceof SSLException && cause.getCause() instanceof ConnectException refused) {
			cause = refused;
		}
		String reason = (cause.getMessage() != null) ? cause.getMessage() : cause.getClass().getName();
		return new ImTransportException(Operations.TOKEN.name(), "there was no answer (" + reason + ")",
				Hint.of("Check that %s can be reached from here, and %s.", Setting.ADDRESS, Setting.SSL_BUNDLE), false,
				ex);
	}

	@Override
	public String toString() {
		return "ClientCredentialsSource[" + this.uri + "]";
	}

}
