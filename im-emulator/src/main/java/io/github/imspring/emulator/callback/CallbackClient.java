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

package io.github.imspring.emulator.callback;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * Posts callbacks, on threads of its own that never block.
 *
 * @since 0.1.0
 */
public final class CallbackClient implements AutoCloseable {

	/** An answer may have 1,000 characters. */
	static final int MAX_ANSWER = 1000;

	private static final int MAX_ANSWER_BYTES = 4 * MAX_ANSWER;

	private static final int CONNECT_TIMEOUT_MILLIS = 5000;

	private static final int MAX_CONNECTIONS = 64;

	private final LoopResources threads = LoopResources.create("im-emulator-callback", 2, true);

	private final ConnectionProvider connections = ConnectionProvider.create("im-emulator-callback", MAX_CONNECTIONS);

	private final HttpClient http = HttpClient.create(this.connections)
		.runOn(this.threads)
		.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
		.headers((headers) -> headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json"));

	/** What the receiver answers; an error if it does not in time. */
	Mono<Answer> post(URI url, byte[] body, Duration timeout) {
		return this.http.post()
			.uri(url)
			.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
			.response((response, content) -> {
				ByteArrayOutputStream read = new ByteArrayOutputStream();
				return content.asByteArray()
					.doOnNext(read::writeBytes)
					.takeUntil((chunk) -> read.size() > MAX_ANSWER_BYTES)
					.then(Mono.fromSupplier(
							() -> new Answer(response.status().code(), read.toString(StandardCharsets.UTF_8))));
			})
			.next()
			.timeout(timeout);
	}

	@Override
	public void close() {
		this.connections.disposeLater()
			.then(this.threads.disposeLater(Duration.ZERO, Duration.ofSeconds(2)))
			.block(Duration.ofSeconds(5));
	}

	/** An answer, cut off if it is far too long. */
	record Answer(int status, String body) {

		boolean isTooLong() {
			return this.body.length() > MAX_ANSWER;
		}

	}

}
