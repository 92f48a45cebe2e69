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

package io.github.imspring.benchmarks.callback;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Sends callbacks as the service does.
 */
final class CallbackSource {

	private static final int CONNECTIONS = 200;

	private static final int CONVERSATIONS = 1000;

	private final HttpClient client;

	private final String secret;

	private final AtomicLong numbers = new AtomicLong();

	CallbackSource(int port, String secret) {
		this.client = HttpClient.create(
				ConnectionProvider.builder("callbacks").maxConnections(CONNECTIONS).pendingAcquireMaxCount(-1).build())
			.host("localhost")
			.port(port)
			.headers((headers) -> headers.set("Content-Type", "application/json"));
		this.secret = secret;
	}

	/**
	 * A message that was sent, in one of many conversations.
	 */
	Mono<Integer> message() {
		return post("""
				"eventType":"chat","chat_type":"chat","from":"user%d","to":"host","msg_id":"%d",\
				"payload":{"bodies":[{"type":"txt","msg":"hello"}],"ext":{"level":3}}""");
	}

	/**
	 * A message that is asked about.
	 */
	Mono<Integer> question() {
		return post("""
				"chat_type":"chat","from":"user%d","to":"host","msg_id":"%d","payload":{"type":"txt","msg":"hello"}""");
	}

	private Mono<Integer> post(String fields) {
		return Mono.defer(() -> {
			long number = this.numbers.incrementAndGet();
			String body = "{" + signed(number) + fields.formatted(number % CONVERSATIONS, number) + "}";
			return this.client.post()
				.uri("/im/callbacks")
				.send(ByteBufMono.fromString(Mono.just(body)))
				.responseSingle((response,
						content) -> content.asString().defaultIfEmpty("").thenReturn(response.status().code()));
		});
	}

	private String signed(long number) {
		String callId = "org#app_" + number;
		long timestamp = System.currentTimeMillis();
		return "\"callId\":\"%s\",\"timestamp\":%d,\"security\":\"%s\",".formatted(callId, timestamp,
				md5(callId + this.secret + timestamp));
	}

	private static String md5(String text) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
