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

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.github.imspring.error.ErrorDecoder;
import io.github.imspring.error.ImAuthenticationException;
import io.github.imspring.error.ImDecodingException;
import io.github.imspring.error.ImException;
import io.github.imspring.error.ImQuotaExceededException;
import io.github.imspring.observation.CallObservations;
import io.github.imspring.operation.Quota.Unit;
import io.github.imspring.quota.Grant;
import io.github.imspring.resource.ResponseBody;
import io.github.imspring.token.AccessToken;
import io.github.imspring.token.TokenProvider;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.util.StringUtils;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClient.RequestBodySpec;
import org.springframework.web.reactive.function.client.WebClient.RequestHeadersSpec;

/**
 * The stage that talks HTTP: sends one attempt, reports to the grant what became of it,
 * and reads the answer or the error.
 */
final class HttpExchange {

	private static final int MAX_ERROR_BODY = 64 * 1024;

	/**
	 * Where Spring's observations of HTTP requests look for the low-cardinality name of
	 * an address.
	 */
	private static final String URI_TEMPLATE = WebClient.class.getName() + ".uriTemplate";

	private static final DataBufferFactory HEAP = DefaultDataBufferFactory.sharedInstance;

	/**
	 * In lower case, as HTTP/2 has them: the maps of headers turn names that are not into
	 * new strings each time that they look at them.
	 */
	private static final String ACCEPT = "accept";

	private static final String AUTHORIZATION = "authorization";

	private static final String CONTENT_TYPE = "content-type";

	private final WebClient webClient;

	private final Addresses addresses;

	private final int maxResponseSize;

	private final Duration readTimeout;

	private final ExpiryTimer silences;

	private final ErrorDecoder errors;

	private final CallObservations observations;

	private final TokenProvider tokens;

	HttpExchange(WebClient webClient, ImEndpoint endpoint, int maxResponseSize, Duration readTimeout,
			Scheduler scheduler, InstantSource clock, CallObservations observations, TokenProvider tokens) {
		this.webClient = webClient;
		this.addresses = new Addresses(endpoint);
		this.maxResponseSize = maxResponseSize;
		this.readTimeout = readTimeout;
		this.silences = new ExpiryTimer(readTimeout, scheduler);
		this.errors = new ErrorDecoder(WireFormat.jsonMapper(), clock);
		this.observations = observations;
		this.tokens = tokens;
	}

	Attempt attempt(Call call, Grant grant) {
		return new Attempt(call, grant,
				new Silence(this.silences, () -> TransportErrors.silent(call, this.readTimeout)));
	}

	<T> Mono<T> exchange(Attempt attempt, AccessToken token, Function<ImResponse, T> reader) {
		Call call = attempt.call();
		Flux<DataBuffer> body = request(attempt, token, MediaType.APPLICATION_JSON_VALUE).retrieve()
			.onStatus((status) -> !attempt.succeeds(status, "reading the answer"),
					(response) -> failure(attempt, token, response))
			.bodyToFlux(DataBuffer.class);
		return new WholeBody<>(body, attempt, this.maxResponseSize, (bytes) -> decode(call, bytes, reader));
	}

	Flux<DataBuffer> download(Attempt attempt, AccessToken token) {
		return request(attempt, token, MediaType.APPLICATION_OCTET_STREAM_VALUE)
			.exchangeToFlux((response) -> attempt.succeeds(response.statusCode(), "waiting for the first piece")
					? stream(attempt.call(), response) : failure(attempt, token, response).flatMapMany(Flux::error));
	}

	private RequestHeadersSpec<?> request(Attempt attempt, AccessToken token, String accept) {
		Call call = attempt.call();
		call.enter("waiting for a connection");
		ImRequest request = call.request();
		byte[] json = call.json();
		RequestBodySpec spec = this.webClient.method(request.method())
			.uri(this.addresses.of(request))
			.attribute(URI_TEMPLATE, request.operation().name())
			.headers((headers) -> {
				headers.set(ACCEPT, accept);
				if (!request.headers().isEmpty()) {
					headers.putAll(request.headers());
				}
				headers.set(AUTHORIZATION, "Bearer " + token.value());
				if (json != null) {
					headers.set(CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
				}
			})
			.httpRequest((sent) -> attempt.leave());
		if (request.body() != null) {
			return spec.body(attempt.silence().watch(request.body()));
		}
		return (json != null) ? spec.body((sent, context) -> write(json, sent)) : spec;
	}

	private static Mono<Void> write(byte[] json, ClientHttpRequest request) {
		request.getHeaders().setContentLength(json.length);
		return request.writeWith(Mono.just(request.bufferFactory().wrap(json)));
	}

	private static Flux<DataBuffer> stream(Call call, ClientResponse response) {
		return response.bodyToFlux(DataBuffer.class)
			.map((piece) -> HEAP.wrap(ResponseBody.take(piece)))
			.doOnNext((piece) -> call.markStreaming());
	}

	private Mono<ImException> failure(Attempt attempt, AccessToken token, ClientResponse response) {
		Call call = attempt.call();
		Flux<DataBuffer> pieces = response.bodyToFlux(DataBuffer.class).doOnNext((piece) -> attempt.silence().broken());
		return ResponseBody.head(pieces, MAX_ERROR_BODY)
			.onErrorReturn(new byte[0])
			.map((body) -> ErrorDecoder.Answer.of(response.statusCode().value(), response.headers().asHttpHeaders(),
					body, secrets(call, token)))
			.map((answer) -> (ImException) this.errors.decode(call.operation(), call.request().errorHints(), answer,
					call.processedBefore()))
			.doOnNext((ex) -> report(attempt, token, ex));
	}

	private void report(Attempt attempt, AccessToken token, ImException failure) {
		if (failure instanceof ImQuotaExceededException exceeded && exceeded.retryable()) {
			Unit unit = (exceeded.status() == 403) ? Unit.MESSAGES : Unit.CALLS;
			attempt.grant().throttled(unit, exceeded.retryAfter());
			this.observations.rejected(attempt.call().observed(), unit, exceeded.status());
		}
		else {
			attempt.grant().answered();
		}
		if (failure instanceof ImAuthenticationException authentication && authentication.tokenRejected()) {
			this.tokens.invalidate(token);
		}
	}

	private static List<String> secrets(Call call, AccessToken token) {
		List<String> secrets = new ArrayList<>(call.request().secrets());
		secrets.add(token.value());
		String shareSecret = call.request().headers().getFirst("share-secret");
		if (StringUtils.hasLength(shareSecret)) {
			secrets.add(shareSecret);
		}
		return secrets;
	}

	/**
	 * Makes the result of an answer, whatever the reader throws.
	 */
	static <T> T decode(Call call, byte[] body, Function<ImResponse, T> reader) {
		ImResponse response = new ImResponse(call.operation(), body, call.processedBefore());
		try {
			T result = reader.apply(response);
			response.check();
			if (result != null) {
				return result;
			}
		}
		catch (ImException ex) {
			throw ex;
		}
		catch (RuntimeException | AssertionError ex) {
			throw new ImDecodingException(call.operation().name(), "the answer is not what is documented", ex);
		}
		throw response.broken("nothing was made of the answer");
	}

}
