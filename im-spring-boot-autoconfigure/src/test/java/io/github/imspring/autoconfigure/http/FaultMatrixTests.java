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
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.imspring.autoconfigure.http.HostileServer.Handler;
import io.github.imspring.error.ImException;
import io.github.imspring.exchange.ImRequest;
import io.github.imspring.exchange.ImRestOperations;
import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Operations;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBufferUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every operation under every kind of fault, over real sockets: which exception, whether
 * the service may have acted, how many requests; and nothing stays behind.
 * {@code docs/fault-matrix.md} shows the same table; {@code -Dim.write-fault-matrix}
 * writes it anew.
 */
class FaultMatrixTests {

	private static final Path DOCUMENT = Path.of("..", "docs", "fault-matrix.md");

	private static final String BEGIN = "<!-- table -->\n";

	private static final String END = "<!-- end -->\n";

	@ParameterizedTest
	@EnumSource(Clients.class)
	void everyOperationEndsAsItsKindMust(Clients client) throws IOException {
		AtomicInteger tokens = new AtomicInteger();
		AtomicReference<Fault> current = new AtomicReference<>(Fault.RESET);
		try (LeakWatch leaks = new LeakWatch(); HostileServer server = new HostileServer((request, wire) -> {
			if (request.target().endsWith("/token")) {
				wire.send(HostileServer
					.ok("{\"access_token\":\"t%d\",\"expires_in\":3600}".formatted(tokens.incrementAndGet())));
			}
			else {
				current.get().handler.handle(request, wire);
			}
		})) {
			run(client, server.baseUrl(), "20s", (rest) -> {
				for (Fault fault : EnumSet.complementOf(EnumSet.of(Fault.REFUSED, Fault.SILENT))) {
					current.set(fault);
					check(client, fault, rest, server);
				}
			});
			current.set(Fault.SILENT);
			run(client, server.baseUrl(), "2s", (rest) -> check(client, Fault.SILENT, rest, server));
			run(client, "http://127.0.0.1:" + closedPort(), "2s", (rest) -> check(client, Fault.REFUSED, rest, server));
			assertThat(leaks.leaks()).isEmpty();
		}
	}

	private static void run(Clients client, String baseUrl, String readTimeout, Consumer<ImRestOperations> check) {
		client.against(baseUrl, (context) -> check.accept(context.getBean(ImRestOperations.class)), "im.auth.token=",
				"im.auth.client-id=id", "im.auth.client-secret=secret", "im.quota.enabled=false",
				"im.retry.max-attempts=2", "im.retry.backoff=1ms", "im.timeout=25s",
				"im.http.read-timeout=" + readTimeout);
	}

	private static void check(Clients client, Fault fault, ImRestOperations rest, HostileServer server) {
		server.requests().clear();
		Map<Operation, String> ends = Flux.fromIterable(operations())
			.flatMap((operation) -> end(rest, operation).map((end) -> Map.entry(operation, end)), 64)
			.collectMap(Map.Entry::getKey, Map.Entry::getValue)
			.block(Clients.TIMEOUT);
		List<String> wrong = new ArrayList<>();
		for (Operation operation : operations()) {
			long requests = server.requests()
				.stream()
				.filter((request) -> request.target().endsWith("/probe/" + operation.name()))
				.count();
			String end = ends.get(operation) + ", " + requests;
			if (!end.equals(fault.expected(Kind.of(operation)))) {
				wrong.add(operation + " ended with " + end);
			}
		}
		assertThat(wrong).as(() -> client + ", " + fault + ": " + fault.expected(Kind.REPEATABLE)).isEmpty();
	}

	private static List<Operation> operations() {
		return Operations.all().stream().filter((operation) -> !operation.equals(Operations.TOKEN)).toList();
	}

	private static Mono<String> end(ImRestOperations rest, Operation operation) {
		ImRequest.Builder request = ImRequest.post(operation).path("probe", operation.name());
		Mono<?> call = (Kind.of(operation) == Kind.DOWNLOAD)
				? rest.download(request.build()).doOnNext(DataBufferUtils::release).then()
				: rest.exchange(request.json(Map.of("a", 1)).build());
		return call.map((answer) -> "success")
			.defaultIfEmpty("success")
			.onErrorResume(ImException.class, (ex) -> Mono
				.just(ex.getClass().getSimpleName() + ", " + (ex.mayHaveBeenProcessed() ? "perhaps" : "no")));
	}

	private static int closedPort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	@Test
	void documentShowsTheTable() throws IOException {
		String text = Files.readString(DOCUMENT);
		int begin = text.indexOf(BEGIN) + BEGIN.length();
		int end = text.indexOf(END);
		if (System.getProperty("im.write-fault-matrix") != null) {
			Files.writeString(DOCUMENT, text.substring(0, begin) + table() + text.substring(end));
			return;
		}
		assertThat(text.substring(begin, end)).isEqualTo(table());
	}

	private static String table() {
		List<String> lines = new ArrayList<>();
		lines.add("| the service | "
				+ Stream.of(Kind.values()).map((kind) -> kind.title).collect(Collectors.joining(" | ")) + " |");
		lines.add("| --- | --- | --- | --- |");
		for (Fault fault : Fault.values()) {
			lines.add("| " + fault.title + " | "
					+ Stream.of(Kind.values()).map(fault::expected).collect(Collectors.joining(" | ")) + " |");
		}
		lines.add("");
		for (Kind kind : Kind.values()) {
			lines.add("- " + kind.title + ": "
					+ operations().stream()
						.filter((operation) -> Kind.of(operation) == kind)
						.map((operation) -> "`" + operation.name() + "`")
						.collect(Collectors.joining(", ")));
		}
		return String.join("\n", lines) + "\n";
	}

	/**
	 * What operations have in common, as far as faults are concerned.
	 */
	private enum Kind {

		REPEATABLE("may be done twice"), ONCE("must not be done twice"), DOWNLOAD("download");

		private final String title;

		Kind(String title) {
			this.title = title;
		}

		static Kind of(Operation operation) {
			return operation.equals(Operations.DOWNLOAD_FILE) ? DOWNLOAD : operation.idempotent() ? REPEATABLE : ONCE;
		}

	}

	/**
	 * What can go wrong, and what must come of it: the exception, whether the service may
	 * have acted, and the requests with two attempts.
	 */
	private enum Fault {

		REFUSED("refuses the connection", (request, wire) -> {
		}, "ImTransportException, no, 0"),

		RESET("resets the connection after the request", (request, wire) -> wire.reset(),
				"ImTransportException, perhaps, 2", "ImTransportException, perhaps, 1", null),

		CLOSED("closes the connection after the request", (request, wire) -> wire.close(),
				"ImTransportException, perhaps, 2", "ImTransportException, perhaps, 1", null),

		HALF_HEAD("ends in the head of the answer", (request, wire) -> {
			wire.send("HTTP/1.1 200 OK\r\nContent-");
			wire.close();
		}, "ImTransportException, perhaps, 2", "ImTransportException, perhaps, 1", null),

		HALF_BODY("ends in the body of the answer", (request, wire) -> {
			wire.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"data\":");
			wire.pause(50);
			wire.close();
		}, "ImTransportException, perhaps, 2", "ImTransportException, perhaps, 1", "ImTransportException, perhaps, 1"),

		SILENT("stays silent", (request, wire) -> wire.fallSilent(), "ImTransportException, perhaps, 2",
				"ImTransportException, perhaps, 1", null),

		EARLY_HINTS("sends an interim answer first",
				(request, wire) -> wire.send("HTTP/1.1 103 Early Hints\r\n\r\n" + HostileServer.ok("{\"data\":{}}")),
				"success, 1"),

		NO_CONTENT("answers 204", status("204 No Content", ""), "ImDecodingException, perhaps, 1",
				"ImDecodingException, perhaps, 1", "success, 1"),

		EMPTY("answers 200 with nothing", status("200 OK", ""), "ImDecodingException, perhaps, 1",
				"ImDecodingException, perhaps, 1", "success, 1"),

		HTML("answers 200 with a page", status("200 OK", "<html></html>"), "ImDecodingException, perhaps, 1",
				"ImDecodingException, perhaps, 1", "success, 1"),

		SEE_OTHER("answers 303", status("303 See Other", ""), "ImApiException, perhaps, 1"),

		REDIRECT("answers 307",
				(request, wire) -> wire
					.send("HTTP/1.1 307 Temporary Redirect\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"),
				"ImApiException, no, 1"),

		BAD_REQUEST("answers 400", status("400 Bad Request", error("invalid_request_body")), "ImApiException, no, 1"),

		TOKEN("rejects the token", status("401 Unauthorized", error("unauthorized")),
				"ImAuthenticationException, no, 2"),

		FORBIDDEN("answers 403", status("403 Forbidden", error("forbidden_op")), "ImForbiddenException, no, 1"),

		NOT_FOUND("answers 404", status("404 Not Found", error("service_resource_not_found")),
				"ImNotFoundException, no, 1"),

		THROTTLED("throttles for longer than the call has",
				(request,
						wire) -> wire.send(HostileServer.answer("429 Too Many Requests", error("reach_limit"))
							.replaceFirst("\r\n", "\r\nRetry-After: 3600\r\n")),
				"ImQuotaExceededException, no, 1"),

		PLAN("answers 429 for the plan", status("429 Too Many Requests", error("resource_limited")),
				"ImQuotaExceededException, no, 1"),

		FAILED("answers 500", status("500 Internal Server Error", error("internal_error")),
				"ImServerException, perhaps, 2", "ImServerException, perhaps, 1", null),

		UNAVAILABLE("answers 503 with a page", status("503 Service Unavailable", "<html></html>"),
				"ImServerException, perhaps, 2", "ImServerException, perhaps, 1", null),

		WRONG_CALL("knows no such call", status("500 Internal Server Error", error("unsupported_service_operation")),
				"ImServerException, no, 1");

		private final String title;

		private final Handler handler;

		private final String repeatable;

		private final String once;

		private final String download;

		Fault(String title, Handler handler, String all) {
			this(title, handler, all, all, all);
		}

		Fault(String title, Handler handler, String repeatable, String once, @Nullable String download) {
			this.title = title;
			this.handler = handler;
			this.repeatable = repeatable;
			this.once = once;
			this.download = (download != null) ? download : repeatable;
		}

		private static Handler status(String status, String body) {
			return (request, wire) -> wire.send(HostileServer.answer(status, body));
		}

		private static String error(String error) {
			return "{\"error\":\"%s\",\"error_description\":\"no\"}".formatted(error);
		}

		String expected(Kind kind) {
			return switch (kind) {
				case REPEATABLE -> this.repeatable;
				case ONCE -> this.once;
				case DOWNLOAD -> this.download;
			};
		}

	}

}
