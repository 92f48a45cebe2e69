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

package io.github.imspring.sample.wire;

import java.util.Optional;

import io.github.imspring.autoconfigure.ImWebClientCustomizer;
import reactor.core.publisher.Mono;

import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Listens in on the client of the service, for the requests that are traced.
 */
@Component
class WireTap implements ImWebClientCustomizer {

	@Override
	public void customize(WebClient.Builder builder) {
		builder.filter((request, next) -> Mono.deferContextual((context) -> {
			Optional<WireTrace> trace = context.getOrEmpty(WireTrace.class);
			return trace.isPresent() ? tap(request, next, trace.get()) : next.exchange(request);
		}));
	}

	private static Mono<ClientResponse> tap(ClientRequest request, ExchangeFunction next, WireTrace trace) {
		WireRecording recording = new WireRecording(request, trace);
		BodyInserter<?, ? super ClientHttpRequest> body = request.body();
		ClientRequest tapped = ClientRequest.from(request)
			.body((output, context) -> body.insert(new TappedRequest(output, recording), context))
			.build();
		return next.exchange(tapped)
			.map((response) -> tap(response, recording))
			.doOnError((ex) -> recording.end(ex.getClass().getSimpleName()))
			.doOnCancel(() -> recording.end("cancelled"));
	}

	private static ClientResponse tap(ClientResponse response, WireRecording recording) {
		recording.answered(response);
		return response.mutate()
			.body((body) -> body.doOnNext(recording::answer)
				.doOnComplete(() -> recording.end(null))
				.doOnError((ex) -> recording.end(ex.getClass().getSimpleName()))
				.doOnCancel(() -> recording.end("cancelled")))
			.build();
	}

}
