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

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpRequestDecorator;

/**
 * A request whose headers and body are recorded as they are written.
 */
final class TappedRequest extends ClientHttpRequestDecorator {

	private final WireRecording recording;

	TappedRequest(ClientHttpRequest request, WireRecording recording) {
		super(request);
		this.recording = recording;
	}

	@Override
	public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
		this.recording.headers(getHeaders());
		// A Mono stays one: its length is known before it is sent.
		Publisher<? extends DataBuffer> tapped = (body instanceof Mono<? extends DataBuffer> mono)
				? mono.doOnNext(this.recording::body) : Flux.from(body).doOnNext(this.recording::body);
		return super.writeWith(tapped);
	}

	@Override
	public Mono<Void> setComplete() {
		this.recording.headers(getHeaders());
		return super.setComplete();
	}

}
