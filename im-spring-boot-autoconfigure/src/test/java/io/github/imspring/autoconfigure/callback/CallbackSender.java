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

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;

/**
 * Sends callbacks as the service does, signed as its documents say.
 */
final class CallbackSender {

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final URI uri;

	private final String secret;

	CallbackSender(int port, String path, String secret) {
		this.uri = URI.create("http://localhost:" + port + path);
		this.secret = secret;
	}

	String message(int number, String from, String text) {
		String signed = signed(number);
		return """
				{%s,"eventType":"chat","chat_type":"chat","from":"%s","to":"user2","msg_id":"%d",\
				"payload":{"bodies":[{"type":"txt","msg":"%s"}],"ext":{}}}""".formatted(signed, from, number, text);
	}

	String question(int number, String text) {
		return """
				{%s,"chat_type":"chatroom","group_id":"1234567890","from":"user1","to":"1234567890","msg_id":"%d",\
				"payload":{"type":"txt","msg":"%s"}}""".formatted(signed(number), number, text);
	}

	private String signed(int number) {
		String callId = "org#app_" + number;
		long timestamp = System.currentTimeMillis();
		return "\"callId\":\"%s\",\"timestamp\":%d,\"security\":\"%s\"".formatted(callId, timestamp,
				md5(callId + this.secret + timestamp));
	}

	private static String md5(String text) {
		try {
			byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
			return String.format("%032x", new BigInteger(1, digest));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	HttpResponse<String> post(String body) {
		return post(body.getBytes(StandardCharsets.UTF_8));
	}

	HttpResponse<String> post(byte[] body) {
		return send(HttpRequest.newBuilder(this.uri)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofByteArray(body)));
	}

	HttpResponse<String> get() {
		return send(HttpRequest.newBuilder(this.uri).GET());
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return this.client.send(request.timeout(Duration.ofSeconds(60)).build(),
					HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError(ex);
		}
	}

}
