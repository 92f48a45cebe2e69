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

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * Records one exchange while it goes on.
 */
final class WireRecording {

	private final WireTrace trace;

	private final AtomicBoolean ended = new AtomicBoolean();

	private final String method;

	private final URI url;

	private final long begun = System.nanoTime();

	private final WireBody body = new WireBody();

	private final WireBody answer = new WireBody();

	private volatile HttpHeaders headers;

	private volatile HttpHeaders answerHeaders = new HttpHeaders();

	private volatile @Nullable Integer status;

	WireRecording(ClientRequest request, WireTrace trace) {
		this.trace = trace;
		this.method = request.method().name();
		this.url = request.url();
		this.headers = request.headers();
	}

	void headers(HttpHeaders written) {
		this.headers = HttpHeaders.copyOf(written);
	}

	void body(DataBuffer piece) {
		this.body.add(piece);
	}

	void answered(ClientResponse response) {
		this.status = response.statusCode().value();
		this.answerHeaders = response.headers().asHttpHeaders();
	}

	void answer(DataBuffer piece) {
		this.answer.add(piece);
	}

	/**
	 * Reports the trace of the exchange, the first time that this is called: a client
	 * that releases an answer reads it to its end once more.
	 */
	void end(@Nullable String failure) {
		if (this.ended.compareAndSet(false, true)) {
			this.trace.add(exchange(failure));
		}
	}

	private WireExchange exchange(@Nullable String failure) {
		Map<String, String> visible = visible(this.headers);
		String sent = this.body.text(this.headers.getContentType());
		return new WireExchange(this.method, this.url.toString(), visible, sent, this.status,
				visible(this.answerHeaders), this.answer.text(this.answerHeaders.getContentType()),
				(System.nanoTime() - this.begun) / 1_000_000, failure,
				CurlCommand.of(this.method, this.url, visible, sent));
	}

	private static Map<String, String> visible(HttpHeaders headers) {
		Map<String, String> visible = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.forEach((name, values) -> visible.put(name,
				HttpHeaders.AUTHORIZATION.equalsIgnoreCase(name) ? "Bearer ***" : String.join(", ", values)));
		return visible;
	}

}
