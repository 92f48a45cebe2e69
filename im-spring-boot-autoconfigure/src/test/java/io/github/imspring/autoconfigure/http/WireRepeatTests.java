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

package io.github.imspring.autoconfigure.http;

import java.io.IOException;
import java.util.stream.Stream;

import io.github.imspring.error.ImException;
import io.github.imspring.exchange.ImRequest;
import io.github.imspring.exchange.ImRestOperations;
import io.github.imspring.operation.Operation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * No HTTP client repeats a request on its own, below the quotas and the retries: counted
 * on the wire.
 */
class WireRepeatTests {

	static Stream<Arguments> clientsAndMethods() {
		return Stream.of(Clients.values())
			.flatMap((client) -> Stream.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE)
				.map((method) -> Arguments.of(client, method)));
	}

	@ParameterizedTest
	@MethodSource("clientsAndMethods")
	void requestThatIsResetOnANewConnection(Clients client, HttpMethod method) throws IOException {
		try (HostileServer server = new HostileServer((request, wire) -> wire.reset())) {
			client.against(server, (context) -> {
				ImRestOperations rest = context.getBean(ImRestOperations.class);
				assertThat(catchThrowableOfType(ImException.class, () -> call(rest, method)).mayHaveBeenProcessed())
					.isTrue();
				assertThat(server.requests()).hasSize(isRepeated(client, method) ? 2 : 1);
			});
		}
	}

	/**
	 * The JDK's client repeats a GET, and nothing else, once if the connection is closed
	 * before anything came. Nothing but a property of the whole process could keep it
	 * from that.
	 */
	private static boolean isRepeated(Clients client, HttpMethod method) {
		return client == Clients.JDK && method == HttpMethod.GET;
	}

	@ParameterizedTest
	@MethodSource("clientsAndMethods")
	void requestThatIsToComeLater(Clients client, HttpMethod method) throws IOException {
		assertOne(client, method, (request, wire) -> wire
			.send("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n"));
	}

	@ParameterizedTest
	@MethodSource("clientsAndMethods")
	void requestThatCameTooOften(Clients client, HttpMethod method) throws IOException {
		assertOne(client, method, (request, wire) -> wire
			.send("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 300\r\nContent-Length: 0\r\n\r\n"));
	}

	@ParameterizedTest
	@MethodSource("clientsAndMethods")
	void requestThatIsSentElsewhere(Clients client, HttpMethod method) throws IOException {
		assertOne(client, method, (request, wire) -> wire
			.send("HTTP/1.1 307 Temporary Redirect\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n"));
	}

	private static void assertOne(Clients client, HttpMethod method, HostileServer.Handler handler) throws IOException {
		try (HostileServer server = new HostileServer(handler)) {
			client.against(server, (context) -> {
				ImRestOperations rest = context.getBean(ImRestOperations.class);
				assertThat(catchThrowableOfType(ImException.class, () -> call(rest, method))).isNotNull();
				assertThat(server.requests()).hasSize(1);
			});
		}
	}

	@ParameterizedTest
	@MethodSource("clientsAndMethods")
	void requestThatIsResetOnAnOldConnection(Clients client, HttpMethod method) throws IOException {
		try (HostileServer server = new HostileServer(
				(request, wire) -> wire.send(HostileServer.ok("{\"data\":{}}")))) {
			client.against(server, (context) -> {
				ImRestOperations rest = context.getBean(ImRestOperations.class);
				call(rest, method);
				server.handler((request, wire) -> wire.reset());
				ImException failure = catchThrowableOfType(ImException.class, () -> call(rest, method));
				assertThat(failure.mayHaveBeenProcessed()).isTrue();
				assertThat(server.requests()).hasSize(isRepeated(client, method) ? 3 : 2);
			});
		}
	}

	private static void call(ImRestOperations rest, HttpMethod method) {
		rest.exchange(ImRequest.of(Operation.of("probe", true), method).path("probe").build()).block(Clients.TIMEOUT);
	}

}
