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

package io.github.imspring.autoconfigure.callback;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.github.imspring.callback.CallbackReceiver;
import io.github.imspring.callback.CallbackReply;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * Hands the body of a request to the receiver, and the answer to the service.
 */
final class WebFluxCallbackHandler implements HandlerFunction<ServerResponse> {

	/**
	 * How long the service may take for a body.
	 */
	private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

	private final CallbackReceiver receiver;

	WebFluxCallbackHandler(CallbackReceiver receiver) {
		this.receiver = receiver;
	}

	@Override
	public Mono<ServerResponse> handle(ServerRequest request) {
		return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), this.receiver.maxBodySize())
			.map(WebFluxCallbackHandler::bytes)
			.defaultIfEmpty(new byte[0])
			.timeout(READ_TIMEOUT)
			.flatMap(this.receiver::receive)
			.onErrorResume(DataBufferLimitException.class, (ex) -> Mono.just(this.receiver.refuseTooLarge()))
			.flatMap(WebFluxCallbackHandler::response)
			.onErrorResume(TimeoutException.class, (ex) -> ServerResponse.status(HttpStatus.REQUEST_TIMEOUT).build());
	}

	private static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

	private static Mono<ServerResponse> response(CallbackReply reply) {
		ServerResponse.BodyBuilder response = ServerResponse.status(reply.status());
		String json = reply.json();
		return ((json != null) ? response.contentType(MediaType.APPLICATION_JSON).bodyValue(json) : response.build())
			.map((built) -> new Answer(built, reply));
	}

	/**
	 * A response whose receiver is notified when it has left.
	 *
	 * @param response the response
	 * @param reply the answer that it carries
	 */
	private record Answer(ServerResponse response, CallbackReply reply) implements ServerResponse {

		@Override
		public HttpStatusCode statusCode() {
			return this.response.statusCode();
		}

		@Override
		public HttpHeaders headers() {
			return this.response.headers();
		}

		@Override
		public MultiValueMap<String, ResponseCookie> cookies() {
			return this.response.cookies();
		}

		@Override
		public Mono<Void> writeTo(ServerWebExchange exchange, Context context) {
			return this.response.writeTo(exchange, context).doFinally((signal) -> this.reply.sent());
		}

	}

}
