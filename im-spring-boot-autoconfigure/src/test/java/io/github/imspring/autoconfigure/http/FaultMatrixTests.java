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
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.imspring.ImClient;
import io.github.imspring.autoconfigure.ImWebClientCustomizer;
import io.github.imspring.autoconfigure.http.HostileServer.Handler;
import io.github.imspring.error.ImException;
import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Operations;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every operation under every kind of fault, over real sockets: which exception, whether
 * the service may have acted, how many requests; and nothing stays behind.
 * {@code docs/fault-matrix.md} shows the same table, as its Chinese twin does;
 * {@code -Dim.write-fault-matrix} writes both anew.
 */
@TestMethodOrder(OrderAnnotation.class)
class FaultMatrixTests {

	private static final Map<Clients, CompletableFuture<Void>> FETCHES = new EnumMap<>(Clients.class);

	private static final String BEGIN = "<!-- table -->\n";

	private static final String END = "<!-- end -->\n";

	private static final String OPERATION = "x-operation";

	private static final String ANSWER = HostileServer.ok("{\"data\":{}}");

	private static final List<Map.Entry<String, String>> CHINESE = List.of(Map.entry("| the service |", "| 服务端行为 |"),
			Map.entry("may be done twice", "可以重复执行"), Map.entry("must not be done twice", "不能重复执行"),
			Map.entry("download |", "下载 |"), Map.entry("- download", "- 下载"), Map.entry("fetching a token", "获取 token"),
			Map.entry("refuses the connection", "拒绝连接"),
			Map.entry("resets the connection after the request", "收到请求后重置连接"),
			Map.entry("closes the connection after the request", "收到请求后关闭连接"),
			Map.entry("ends in the head of the answer", "响应头没有发完就断开"),
			Map.entry("ends in the body of the answer", "响应体没有发完就断开"), Map.entry("stays silent", "一直没有响应"),
			Map.entry("sends an interim answer first", "先发送一个中间响应（103）"), Map.entry("answers 204", "返回 204"),
			Map.entry("answers 200 with nothing", "返回 200，内容为空"), Map.entry("answers 200 with a page", "返回 200，内容是网页"),
			Map.entry("answers 303", "返回 303"), Map.entry("answers 307", "返回 307"), Map.entry("answers 400", "返回 400"),
			Map.entry("rejects the token", "拒绝 token"), Map.entry("answers 403", "返回 403"),
			Map.entry("answers 404", "返回 404"),
			Map.entry("throttles for longer than the call has", "限流，且要求等待的时间超过调用的时限"),
			Map.entry("answers 429 for the plan", "返回 429，套餐不允许"), Map.entry("answers 500", "返回 500"),
			Map.entry("answers 503 with a page", "返回 503，内容是网页"), Map.entry("knows no such call", "没有这个接口"),
			Map.entry("as without it", "与没有它时相同"), Map.entry("success", "成功"));

	private static final Set<Operation> BULK = Set.of(Operations.RECALL_MESSAGES, Operations.REGISTER_USERS,
			Operations.GET_ONLINE_STATUSES);

	@ParameterizedTest
	@EnumSource(Clients.class)
	void everyOperationEndsAsItsKindMust(Clients client) throws IOException {
		AtomicInteger tokens = new AtomicInteger();
		AtomicReference<Handler> answer = new AtomicReference<>(Fault.SILENT.handler);
		try (LeakWatch leaks = new LeakWatch(); HostileServer server = new HostileServer((request, wire) -> {
			if (isForAppToken(request)) {
				wire.send(HostileServer
					.ok("{\"access_token\":\"t%d\",\"expires_in\":3600}".formatted(tokens.incrementAndGet())));
			}
			else {
				answer.get().handle(request, wire);
			}
		})) {
			run(client, server.baseUrl(), "2s", (im) -> check(client, Fault.SILENT, im, server));
			run(client, server.baseUrl(), "20s", (im) -> {
				for (Fault fault : EnumSet.complementOf(EnumSet.of(Fault.REFUSED, Fault.SILENT, Fault.EARLY_HINTS))) {
					answer.set(fault.handler);
					check(client, fault, im, server);
				}
				answer.set(Fault.EARLY_HINTS.handler);
				Map<Operation, String> interim = outcomes(im, server);
				answer.set((request, wire) -> wire.send(ANSWER));
				assertThat(interim).isEqualTo(outcomes(im, server));
			});
			run(client, "http://127.0.0.1:" + closedPort(), "2s", (im) -> check(client, Fault.REFUSED, im, server));
			assertThat(leaks.leaks()).isEmpty();
		}
	}

	/**
	 * After a failure a token is fetched once a second at most, which takes its time
	 * beside the other tests.
	 */
	@BeforeAll
	static void beginToFetchTokens() {
		ExecutorService threads = Executors.newCachedThreadPool();
		for (Clients client : Clients.values()) {
			FETCHES.put(client, CompletableFuture.runAsync(() -> fetchTokens(client), threads));
		}
		threads.shutdown();
	}

	@ParameterizedTest
	@EnumSource(Clients.class)
	@Order(Integer.MAX_VALUE)
	void fetchOfATokenEndsAsItMust(Clients client) {
		FETCHES.get(client).join();
	}

	private static void fetchTokens(Clients client) {
		AtomicReference<Handler> answer = new AtomicReference<>(Fault.RESET.handler);
		try (HostileServer server = new HostileServer((request, wire) -> answer.get().handle(request, wire))) {
			Map<Fault, String> outcomes = new EnumMap<>(Fault.class);
			Map<Fault, String> expected = new EnumMap<>(Fault.class);
			run(client, "http://127.0.0.1:" + closedPort(), "2s",
					(im) -> outcomes.put(Fault.REFUSED, tokenOutcome(im, server)));
			run(client, server.baseUrl(), "20s", (im) -> {
				for (Fault fault : EnumSet.complementOf(EnumSet.of(Fault.REFUSED, Fault.SILENT, Fault.EARLY_HINTS))) {
					answer.set(fault.handler);
					outcomes.put(fault, tokenOutcome(im, server));
				}
				answer.set(Fault.EARLY_HINTS.handler);
				String interim = tokenOutcome(im, server);
				answer.set((request, wire) -> wire.send(ANSWER));
				assertThat(interim).isEqualTo(tokenOutcome(im, server));
			});
			outcomes.keySet().forEach((fault) -> expected.put(fault, fault.expected(Kind.TOKEN)));
			assertThat(outcomes).isEqualTo(expected);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String tokenOutcome(ImClient im, HostileServer server) {
		server.requests().clear();
		String end = end(im.users().get("u1")).block(Clients.TIMEOUT);
		return end + ", " + server.requests().stream().filter(FaultMatrixTests::isForAppToken).count();
	}

	private static boolean isForAppToken(HostileServer.Request request) {
		return request.target().endsWith("/token") && request.body().contains("client_credentials");
	}

	private static void run(Clients client, String baseUrl, String readTimeout, Consumer<ImClient> check) {
		client.against(baseUrl, (context) -> check.accept(context.getBean(ImClient.class)),
				(runner) -> runner.withBean(ImWebClientCustomizer.class, () -> FaultMatrixTests::nameOperations),
				"im.auth.token=", "im.auth.client-id=id", "im.auth.client-secret=secret", "im.quota.enabled=false",
				"im.retry.max-attempts=2", "im.retry.backoff=1ms", "im.timeout=25s",
				"im.http.read-timeout=" + readTimeout);
	}

	/**
	 * Has each request say to the server which operation it belongs to.
	 */
	private static void nameOperations(WebClient.Builder webClient) {
		webClient.filter((request,
				next) -> next.exchange(ClientRequest.from(request)
					.header(OPERATION,
							String.valueOf(request.attributes().get(WebClient.class.getName() + ".uriTemplate")))
					.build()));
	}

	/**
	 * How each operation ended, and how many requests it made.
	 */
	private static Map<Operation, String> outcomes(ImClient im, HostileServer server) {
		return outcomes(im, server, TypedCalls.ALL);
	}

	private static Map<Operation, String> outcomes(ImClient im, HostileServer server,
			Map<Operation, Function<ImClient, Publisher<?>>> calls) {
		server.requests().clear();
		Map<Operation, String> ends = Flux.fromIterable(calls.entrySet())
			.flatMap((call) -> end(call.getValue().apply(im)).map((end) -> Map.entry(call.getKey(), end)), 64)
			.collectMap(Map.Entry::getKey, Map.Entry::getValue)
			.block(Clients.TIMEOUT);
		ends.replaceAll((operation, end) -> end + ", " + requests(operation, server));
		return ends;
	}

	private static long requests(Operation operation, HostileServer server) {
		return server.requests()
			.stream()
			.filter((request) -> operation.name().equals(request.headers().get(OPERATION)))
			.count();
	}

	/**
	 * The JDK's client repeats each GET once if the connection is closed before anything
	 * came.
	 */
	private static boolean isRepeatedBelow(Clients client, Fault fault, Operation operation, HostileServer server) {
		return client == Clients.JDK && EnumSet.of(Fault.RESET, Fault.CLOSED).contains(fault)
				&& server.requests()
					.stream()
					.anyMatch((request) -> operation.name().equals(request.headers().get(OPERATION))
							&& request.method().equals("GET"));
	}

	private static void check(Clients client, Fault fault, ImClient im, HostileServer server) {
		Map<Operation, String> outcomes = outcomes(im, server,
				(fault == Fault.THROTTLED) ? withoutBulk() : TypedCalls.ALL);
		Map<Operation, String> expected = new HashMap<>(outcomes);
		expected.replaceAll((operation, outcome) -> {
			String end = fault.expected(Kind.of(operation));
			return isRepeatedBelow(client, fault, operation, server) ? end.replace("2", "4") : end;
		});
		assertThat(outcomes).as(() -> client + ", " + fault).isEqualTo(expected);
	}

	static Stream<Arguments> documents() {
		return Stream.of(Arguments.of("fault-matrix.md", List.of()), Arguments.of("fault-matrix.zh-CN.md", CHINESE));
	}

	/**
	 * Calls for any number wait for as long as it takes.
	 */
	private static Map<Operation, Function<ImClient, Publisher<?>>> withoutBulk() {
		Map<Operation, Function<ImClient, Publisher<?>>> calls = new LinkedHashMap<>(TypedCalls.ALL);
		calls.keySet().removeAll(BULK);
		return calls;
	}

	private static List<Operation> operations() {
		return Operations.all().stream().filter((operation) -> !operation.equals(Operations.TOKEN)).toList();
	}

	private static Mono<String> end(Publisher<?> call) {
		return Flux.from(call)
			.mapNotNull(TypedCalls::failureIn)
			.map(FaultMatrixTests::describe)
			.next()
			.defaultIfEmpty("success")
			.onErrorResume(ImException.class, (ex) -> Mono.just(describe(ex)));
	}

	private static String describe(ImException failure) {
		return failure.getClass().getSimpleName() + ", " + (failure.mayHaveBeenProcessed() ? "perhaps" : "no");
	}

	@Test
	void eachOperationIsCalled() {
		assertThat(TypedCalls.ALL.keySet()).containsExactlyElementsOf(operations());
	}

	private static int closedPort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	@ParameterizedTest
	@MethodSource("documents")
	void documentShowsTheTable(String name, List<Map.Entry<String, String>> words) throws IOException {
		Path document = Path.of("..", "docs", name);
		String text = Files.readString(document);
		int begin = text.indexOf(BEGIN) + BEGIN.length();
		int end = text.indexOf(END);
		String table = table();
		for (Map.Entry<String, String> word : words) {
			table = table.replace(word.getKey(), word.getValue());
		}
		if (System.getProperty("im.write-fault-matrix") != null) {
			Files.writeString(document, text.substring(0, begin) + table + text.substring(end));
			return;
		}
		assertThat(text.substring(begin, end)).isEqualTo(table);
	}

	private static String table() {
		List<String> lines = new ArrayList<>();
		lines.add("| the service | "
				+ Stream.of(Kind.values()).map((kind) -> kind.title).collect(Collectors.joining(" | ")) + " |");
		lines.add("| --- | --- | --- | --- | --- |");
		for (Fault fault : Fault.values()) {
			lines.add("| " + fault.title + " | "
					+ Stream.of(Kind.values()).map(fault::expected).collect(Collectors.joining(" | ")) + " |");
		}
		lines.add("");
		for (Kind kind : EnumSet.complementOf(EnumSet.of(Kind.TOKEN))) {
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

		REPEATABLE("may be done twice"), ONCE("must not be done twice"), DOWNLOAD("download"),

		/**
		 * A call that needs a token first.
		 */
		TOKEN("fetching a token");

		private final String title;

		Kind(String title) {
			this.title = title;
		}

		static Kind of(Operation operation) {
			if (operation.equals(Operations.TOKEN)) {
				return TOKEN;
			}
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
				(request, wire) -> wire.send("HTTP/1.1 103 Early Hints\r\n\r\n" + ANSWER), "as without it, 1"),

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
				case TOKEN -> token();
			};
		}

		/**
		 * A fetch that the service may have acted on has done nothing. Silence takes the
		 * time that fetches have, too long for a test.
		 */
		private String token() {
			return switch (this) {
				case SILENT -> "";
				case SEE_OTHER -> this.repeatable;
				case TOKEN -> "ImAuthenticationException, no, 1";
				default -> this.repeatable.replace("perhaps", "no");
			};
		}

	}

}
