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
import io.github.imspring.error.ImDecodingException;
import io.github.imspring.error.ImException;
import io.github.imspring.error.ImQuotaExceededException;
import io.github.imspring.observation.CallObservations;
import io.github.imspring.operation.Quota.Unit;
import io.github.imspring.quota.Grant;
import io.github.imspring.resource.ResponseBody;
import io.github.imspring.token.AccessToken;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;
import org.springframework.web.reactive.function.BodyInserters;
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

	private final WebClient webClient;

	private final ImEndpoint endpoint;

	private final int maxResponseSize;

	private final Duration readTimeout;

	private final ExpiryTimer silences;

	private final ErrorDecoder errors;

	private final CallObservations observations;

	HttpExchange(WebClient webClient, ImEndpoint endpoint, int maxResponseSize, Duration readTimeout,
			Scheduler scheduler, InstantSource clock, CallObservations observations) {
		this.webClient = webClient;
		this.endpoint = endpoint;
		this.maxResponseSize = maxResponseSize;
		this.readTimeout = readTimeout;
		this.silences = new ExpiryTimer(readTimeout, scheduler);
		this.errors = new ErrorDecoder(WireFormat.jsonMapper(), clock);
		this.observations = observations;
	}

	Mono<ImResponse> exchange(Call call, Grant grant, AccessToken token) {
		Silence silence = silence(call);
		Mono<ImResponse> answer = request(call, grant, token, MediaType.APPLICATION_JSON, silence)
			.exchangeToMono((response) -> isSuccess(call, response, silence) ? success(call, grant, response, silence)
					: failure(call, grant, token, response, silence).flatMap(Mono::error))
			.onErrorMap((ex) -> !(ex instanceof ImException), (ex) -> TransportErrors.of(call, ex));
		return Limited.mono(answer, () -> silence);
	}

	Flux<DataBuffer> download(Call call, Grant grant, AccessToken token) {
		Silence silence = silence(call);
		Flux<DataBuffer> answer = request(call, grant, token, MediaType.APPLICATION_OCTET_STREAM, silence)
			.exchangeToFlux((response) -> isSuccess(call, response, silence) ? stream(call, grant, response)
					: failure(call, grant, token, response, silence).flatMapMany(Flux::error))
			.onErrorMap((ex) -> !(ex instanceof ImException), (ex) -> TransportErrors.of(call, ex));
		return Limited.flux(answer, () -> silence);
	}

	private Silence silence(Call call) {
		return new Silence(this.silences, () -> TransportErrors.silent(call, this.readTimeout));
	}

	private static boolean isSuccess(Call call, ClientResponse response, Silence silence) {
		silence.broken();
		CallLog.answered(call, response.statusCode().value());
		return response.statusCode().is2xxSuccessful();
	}

	private RequestHeadersSpec<?> request(Call call, Grant grant, AccessToken token, MediaType accept,
			Silence silence) {
		call.enter("waiting for a connection");
		ImRequest request = call.request();
		RequestBodySpec spec = this.webClient.method(request.method())
			.uri(this.endpoint.resolve(request.path(), request.query()))
			.attribute(URI_TEMPLATE, request.operation().name())
			.accept(accept)
			.headers((headers) -> {
				headers.putAll(request.headers());
				headers.setBearerAuth(token.value());
			})
			.httpRequest((sent) -> {
				call.markSent();
				grant.sent();
				silence.sent();
				CallLog.leaving(call);
			});
		if (request.body() != null) {
			return spec.body(silence.watch(request.body()));
		}
		return (request.json() != null)
				? spec.contentType(MediaType.APPLICATION_JSON).body(BodyInserters.fromValue(call.json())) : spec;
	}

	private Mono<ImResponse> success(Call call, Grant grant, ClientResponse response, Silence silence) {
		grant.answered();
		call.enter("reading the answer");
		return ResponseBody.read(pieces(response, silence), this.maxResponseSize)
			.onErrorMap(DataBufferLimitException.class,
					(ex) -> ImDecodingException.tooLarge(call.operation().name(), this.maxResponseSize, ex))
			.map((body) -> decode(call, body));
	}

	private Flux<DataBuffer> stream(Call call, Grant grant, ClientResponse response) {
		grant.answered();
		call.enter("waiting for the first piece");
		return response.bodyToFlux(DataBuffer.class)
			.map((piece) -> HEAP.wrap(ResponseBody.take(piece)))
			.doOnNext((piece) -> call.markStreaming());
	}

	private static Flux<DataBuffer> pieces(ClientResponse response, Silence silence) {
		return response.bodyToFlux(DataBuffer.class).doOnNext((piece) -> silence.broken());
	}

	private Mono<ImException> failure(Call call, Grant grant, AccessToken token, ClientResponse response,
			Silence silence) {
		return ResponseBody.head(pieces(response, silence), MAX_ERROR_BODY)
			.onErrorReturn(new byte[0])
			.map((body) -> ErrorDecoder.Answer.of(response.statusCode().value(), response.headers().asHttpHeaders(),
					body, secrets(call, token)))
			.map((answer) -> (ImException) this.errors.decode(call.operation(), call.request().errorHints(), answer,
					call.processedBefore()))
			.doOnNext((ex) -> {
				if (ex instanceof ImQuotaExceededException exceeded && exceeded.retryable()) {
					Unit unit = (exceeded.status() == 403) ? Unit.MESSAGES : Unit.CALLS;
					grant.throttled(unit, exceeded.retryAfter());
					this.observations.rejected(call.observed(), unit, exceeded.status());
				}
				else {
					grant.answered();
				}
			});
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

	static ImResponse decode(Call call, byte[] body) {
		if (body.length == 0) {
			throw new ImDecodingException(call.operation().name(), "the answer is empty", null);
		}
		try {
			JsonNode json = WireFormat.jsonMapper().readTree(body);
			if (json.isObject()) {
				return new ImResponse(call.operation(), json, call.processedBefore());
			}
			throw new ImDecodingException(call.operation().name(), "the answer is JSON but no object", null);
		}
		catch (JacksonException ex) {
			throw new ImDecodingException(call.operation().name(),
					"the answer of %d bytes is not JSON".formatted(body.length), null);
		}
	}

	static <T> Function<ImResponse, T> guarded(Function<ImResponse, T> reader) {
		return (response) -> {
			try {
				T result = reader.apply(response);
				if (result != null) {
					return result;
				}
			}
			catch (ImException ex) {
				throw ex;
			}
			catch (RuntimeException | AssertionError ex) {
				throw new ImDecodingException(response.operation().name(), "the answer is not what is documented", ex);
			}
			throw response.broken("nothing was made of the answer");
		};
	}

}
