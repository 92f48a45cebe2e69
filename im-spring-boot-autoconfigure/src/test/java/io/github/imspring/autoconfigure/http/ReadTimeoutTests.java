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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.imspring.autoconfigure.http.HostileServer.Handler;
import io.github.imspring.error.ImException;
import io.github.imspring.error.ImTransportException;
import io.github.imspring.file.FileOperations;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import io.github.imspring.metadata.ChatroomMetadataOperations;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.context.ApplicationContext;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * {@code im.http.read-timeout} means the same with each HTTP client: how long the service
 * may be silent while it is the service that is waited for.
 */
class ReadTimeoutTests {

	private static final String READ_TIMEOUT = "im.http.read-timeout=3s";

	private static final long LONGER_MILLIS = 4_000;

	private static final int PIECES = 2;

	private static final int THREADS = 20;

	private static final String HALF = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"data\":";

	/**
	 * These wait most of the time, and so do it together.
	 */
	@TestFactory
	Stream<DynamicTest> withEachClient() {
		Map<String, Scenario> scenarios = new LinkedHashMap<>();
		scenarios.put("answerThatNeverComes", ReadTimeoutTests::answerThatNeverComes);
		scenarios.put("answerThatStallsInItsHead", ReadTimeoutTests::answerThatStallsInItsHead);
		scenarios.put("answerThatStallsInItsBody", ReadTimeoutTests::answerThatStallsInItsBody);
		scenarios.put("downloadThatStalls", ReadTimeoutTests::downloadThatStalls);
		scenarios.put("answerThatTakesLongPieceByPiece", ReadTimeoutTests::answerThatTakesLongPieceByPiece);
		scenarios.put("readerThatAsksForNothing", ReadTimeoutTests::readerThatAsksForNothing);
		scenarios.put("sourceOfAnUploadThatHasNothingToGive", ReadTimeoutTests::sourceOfAnUploadThatHasNothingToGive);
		scenarios.put("handshakeThatNeverEnds", ReadTimeoutTests::handshakeThatNeverEnds);
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		Map<String, Future<?>> tests = new LinkedHashMap<>();
		scenarios.forEach((name, scenario) -> EnumSet.allOf(Clients.class)
			.forEach((client) -> tests.put(name + ", " + client, threads.submit(() -> {
				scenario.run(client);
				return null;
			}))));
		threads.shutdown();
		return tests.entrySet().stream().map((test) -> dynamicTest(test.getKey(), () -> ended(test.getValue())));
	}

	private static void ended(Future<?> test) throws Throwable {
		try {
			test.get();
		}
		catch (ExecutionException ex) {
			throw ex.getCause();
		}
	}

	private static void answerThatNeverComes(Clients client) throws IOException {
		assertSilent(client, false, (request, wire) -> wire.fallSilent(),
				(context) -> context.getBean(MessageOperations.class).send(Message.text("hi").to("u1").build()));
	}

	private static void answerThatStallsInItsHead(Clients client) throws IOException {
		assertSilent(client, false, (request, wire) -> {
			wire.send("HTTP/1.1 200 OK\r\nContent-Type: ");
			wire.fallSilent();
		}, (context) -> context.getBean(MessageOperations.class).send(Message.text("hi").to("u1").build()));
	}

	private static void answerThatStallsInItsBody(Clients client) throws IOException {
		assertSilent(client, true, (request, wire) -> {
			wire.send(HALF);
			wire.fallSilent();
		}, (context) -> context.getBean(MessageOperations.class).send(Message.text("hi").to("u1").build()));
	}

	private static void downloadThatStalls(Clients client) throws IOException {
		assertSilent(client, true, (request, wire) -> {
			wire.send(HALF);
			wire.fallSilent();
		}, (context) -> context.getBean(FileOperations.class)
			.download("uuid", null)
			.doOnNext(DataBufferUtils::release));
	}

	/**
	 * The JDK's client looks at a cancelled body only when something comes, so that its
	 * connection stays until the service ends it.
	 */
	private static void assertSilent(Clients client, boolean inBody, Handler handler, Call call) throws IOException {
		try (HostileServer server = new HostileServer(handler)) {
			client.against(server, (context) -> {
				ImException failure = catchThrowableOfType(ImException.class,
						() -> Flux.from(call.of(context)).blockLast(Clients.TIMEOUT));
				assertThat(failure).isInstanceOf(ImTransportException.class)
					.hasMessageContaining("the service stayed silent for too long")
					.hasMessageContaining("im.http.read-timeout");
				assertThat(failure.mayHaveBeenProcessed()).isTrue();
				assertThat(server.requests()).hasSize(1);
				if (!(inBody && client == Clients.JDK)) {
					await().until(server::open, (open) -> open == 0);
				}
			}, READ_TIMEOUT, "im.timeout=20s");
		}
	}

	private static void answerThatTakesLongPieceByPiece(Clients client) throws IOException {
		String body = "{\"data\":{\"announcement\":\"long\"}}";
		try (HostileServer server = new HostileServer((request, wire) -> {
			wire.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
				.formatted(body.length()));
			for (String piece : body.split("(?<=[:{])")) {
				wire.pause(300);
				wire.send(piece);
			}
		})) {
			client.against(server, (context) -> assertThat(
					context.getBean(ChatroomMetadataOperations.class).getAnnouncement("room").block(Clients.TIMEOUT))
				.isEqualTo("long"), READ_TIMEOUT);
		}
	}

	private static void readerThatAsksForNothing(Clients client) throws IOException {
		byte[] content = new byte[4 * 1024 * 1024];
		try (HostileServer server = new HostileServer((request, wire) -> {
			wire.send("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n".formatted(content.length));
			wire.send(content);
		})) {
			client.against(server, (context) -> {
				Flux<DataBuffer> download = context.getBean(FileOperations.class).download("uuid", null);
				Mono<Long> size = download.limitRate(1)
					.index()
					.concatMap((piece) -> slowly(piece.getT1(), piece.getT2()), 0)
					.reduce(0L, Long::sum);
				assertThat(size.block(Clients.TIMEOUT)).isEqualTo(content.length);
			}, READ_TIMEOUT);
		}
	}

	private static Mono<Integer> slowly(long number, DataBuffer piece) {
		int bytes = piece.readableByteCount();
		DataBufferUtils.release(piece);
		return (number == 1) ? Mono.just(bytes).delayElement(Duration.ofMillis(LONGER_MILLIS)) : Mono.just(bytes);
	}

	private static void sourceOfAnUploadThatHasNothingToGive(Clients client) throws IOException {
		try (HostileServer server = new HostileServer((request, wire) -> wire
			.send(HostileServer.ok("{\"uri\":\"http://x/chatfiles\",\"entities\":[{\"uuid\":\"u-1\"}]}")))) {
			client.against(server, (context) -> {
				Flux<DataBuffer> content = Flux.fromStream(IntStream.range(0, PIECES).boxed())
					.concatMap((number) -> (number == 1)
							? Mono.just(number).delayElement(Duration.ofMillis(LONGER_MILLIS)) : Mono.just(number), 0)
					.map((number) -> DefaultDataBufferFactory.sharedInstance
						.wrap(("piece " + number).getBytes(StandardCharsets.UTF_8)));
				StepVerifier.create(
						context.getBean(FileOperations.class).upload("slow.txt", content).map((file) -> file.uuid()))
					.expectNext("u-1")
					.expectComplete()
					.verify(Clients.TIMEOUT);
				assertThat(server.requests()).singleElement()
					.satisfies((request) -> assertThat(request.body()).contains("piece 0piece 1"));
			}, READ_TIMEOUT);
		}
	}

	private static void handshakeThatNeverEnds(Clients client) throws IOException {
		try (HostileServer server = new HostileServer(new Handler() {
			@Override
			public void handle(HostileServer.Request request, HostileServer.Wire wire) {
				throw new AssertionError("No request can come without a handshake");
			}

			@Override
			public void connected(HostileServer.Wire wire) throws IOException {
				wire.fallSilent();
			}
		})) {
			client.against(server.baseUrl().replace("http:", "https:"), (context) -> {
				assertThat(catchThrowableOfType(ImException.class,
						() -> context.getBean(MessageOperations.class)
							.send(Message.text("hi").to("u1").build())
							.block(Clients.TIMEOUT)))
					.isNotNull();
				await().until(server::open, (open) -> open == 0);
			}, READ_TIMEOUT, "im.http.connect-timeout=1s");
		}
	}

	/**
	 * What is tried with each HTTP client.
	 */
	private interface Scenario {

		void run(Clients client) throws IOException;

	}

	/**
	 * A call.
	 */
	private interface Call {

		Publisher<?> of(ApplicationContext context);

	}

}
