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

package io.github.imspring.emulator;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A plain HTTP client of the emulator, which knows paths and JSON only.
 */
final class Wire {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final ImEmulator emulator;

	private final String base;

	private final String token;

	private Wire(ImEmulator emulator, String base, String token) {
		this.emulator = emulator;
		this.base = base;
		this.token = token;
	}

	static Wire orgApp(ImEmulator emulator) {
		return new Wire(emulator, emulator.baseUrl() + "/emulator-org/emulator-app", emulator.tokens().issue());
	}

	static Wire appId(ImEmulator emulator) {
		return new Wire(emulator, emulator.baseUrl() + "/app-id/970CA35de60c44645bbae8a215061b33",
				emulator.tokens().issue());
	}

	/** Of an app beside the default one. */
	static Wire orgApp(ImEmulator emulator, EmulatedApp app) {
		return new Wire(emulator, emulator.baseUrl() + "/" + app.orgName() + "/" + app.appName(), app.tokens().issue());
	}

	static JsonNode tree(String json) {
		return JSON.readTree(json.replace('\'', '"'));
	}

	Wire withToken(String otherToken) {
		return new Wire(this.emulator, this.base, otherToken);
	}

	/** The same client of another path prefix. */
	Wire at(String prefix) {
		return new Wire(this.emulator, this.emulator.baseUrl() + prefix, this.token);
	}

	Wire withoutToken() {
		return withToken("");
	}

	String base() {
		return this.base;
	}

	/** A request with the token; single quotes in the body stand for double ones. */
	HttpRequest request(String method, String path, String body, String... headers) {
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create(path.startsWith("/emulator") ? this.emulator.baseUrl() + path : this.base + path))
			.timeout(Duration.ofMinutes(1));
		if (!this.token.isEmpty()) {
			request.header("Authorization", "Bearer " + this.token);
		}
		if (headers.length > 0) {
			request.headers(headers);
		}
		if (body != null && Arrays.stream(headers).noneMatch("Content-Type"::equalsIgnoreCase)) {
			request.header("Content-Type", "application/json");
		}
		return request
			.method(method,
					(body != null) ? BodyPublishers.ofString(body.replace('\'', '"'), StandardCharsets.UTF_8)
							: BodyPublishers.noBody())
			.build();
	}

	Response call(String method, String path, String body, String... headers) {
		try {
			return send(request(method, path, body, headers));
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	Response get(String path, String... headers) {
		return call("GET", path, null, headers);
	}

	Response post(String path, String body, String... headers) {
		return call("POST", path, body, headers);
	}

	Response put(String path, String body, String... headers) {
		return call("PUT", path, body, headers);
	}

	Response delete(String path, String body, String... headers) {
		return call("DELETE", path, body, headers);
	}

	/**
	 * The status that a target is answered with which is no URI, so that no client sends
	 * it.
	 */
	int statusOf(String target) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", this.emulator.port())) {
			socket.setSoTimeout(60_000);
			socket.getOutputStream()
				.write(("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + this.token
						+ "\r\nConnection: close\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return Integer.parseInt(answer.split(" ", 3)[1]);
		}
	}

	Response message(String... to) {
		return post("/messages/users", messageJson(to));
	}

	static String messageJson(String... to) {
		return "{'from':'user1','to':['" + String.join("','", to) + "'],'type':'txt','body':{'msg':'hi'}}";
	}

	Response upload(byte[] content, String contentType, String... headers) {
		String boundary = "boundary-of-a-test";
		byte[] head = ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\n"
				+ "Content-Type: " + contentType + "\r\n\r\n")
			.getBytes(StandardCharsets.UTF_8);
		byte[] tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.base + "/chatfiles"))
			.header("Authorization", "Bearer " + this.token)
			.header("Content-Type", "multipart/form-data; boundary=" + boundary);
		if (headers.length > 0) {
			request.headers(headers);
		}
		try {
			return send(request.POST(BodyPublishers.ofByteArrays(List.of(head, content, tail))).build());
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	static Response send(HttpRequest request) throws IOException {
		try {
			return sendAsync(request).get(60, TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof IOException cause) {
				throw cause;
			}
			throw new AssertionError(ex.getCause());
		}
		catch (TimeoutException ex) {
			throw new AssertionError("No answer within 60 s", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError(ex);
		}
	}

	static CompletableFuture<Response> sendAsync(HttpRequest request) {
		return HTTP.sendAsync(request, BodyHandlers.ofByteArray()).thenApply(Response::new);
	}

	record Response(HttpResponse<byte[]> http) {

		int status() {
			return this.http.statusCode();
		}

		byte[] bytes() {
			return this.http.body();
		}

		String text() {
			return new String(this.http.body(), StandardCharsets.UTF_8);
		}

		JsonNode json() {
			return JSON.readTree(this.http.body());
		}

		JsonNode data() {
			return json().path("data");
		}

		String header(String name) {
			return this.http.headers().firstValue(name).orElse(null);
		}

		Response ok() {
			assertThat(status()).as(text()).isEqualTo(200);
			return this;
		}

		/** An error of the service, word for word. */
		Response isError(int status, String error, String description) {
			assertThat(status()).as(text()).isEqualTo(status);
			assertThat(json().path("error").asString(null)).as(text()).isEqualTo(error);
			assertThat(json().path("error_description").asString(null)).isEqualTo(description);
			assertThat(json().path("exception").isString()).isTrue();
			assertThat(json().path("timestamp").isIntegralNumber()).isTrue();
			assertThat(json().path("duration").isIntegralNumber()).isTrue();
			assertThat(header("Content-Type")).isEqualTo("application/json");
			return this;
		}

	}

}
