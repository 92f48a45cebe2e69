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
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.imspring.autoconfigure.http.HostileServer.Handler;
import io.github.imspring.autoconfigure.http.HostileServer.Request;
import io.github.imspring.autoconfigure.http.HostileServer.Wire;
import io.github.imspring.error.ImException;
import io.github.imspring.metadata.ChatroomMetadataOperations;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What one call leaves in a connection never becomes the answer of another.
 */
class AnswerIsolationTests {

	private static final int CALLS = 60;

	private static final String ALIEN = "{\"data\":{\"announcement\":\"alien\"}}";

	static Stream<Arguments> clientsAndLeftovers() {
		return Stream.of(Clients.values())
			.flatMap((client) -> Stream.of(Leftover.values())
				.flatMap((leftover) -> Stream.of(1, 8)
					.map((concurrency) -> Arguments.of(client, leftover, concurrency))));
	}

	@ParameterizedTest
	@MethodSource("clientsAndLeftovers")
	void eachCallGetsItsOwnAnswerOrNone(Clients client, Leftover leftover, int concurrency) throws IOException {
		try (HostileServer server = new HostileServer(leftover)) {
			client.against(server, (context) -> {
				ChatroomMetadataOperations metadata = context.getBean(ChatroomMetadataOperations.class);
				List<String> answers = Flux.range(0, CALLS)
					.flatMap((number) -> metadata.getAnnouncement("room" + number)
						.map((announcement) -> number + ":" + announcement)
						.onErrorResume(ImException.class, (ex) -> {
							assertThat(ex.mayHaveBeenProcessed()).as(ex::toString).isTrue();
							return Mono.just(number + ":failed");
						}), concurrency)
					.collectList()
					.block(Clients.TIMEOUT);
				assertThat(answers).allSatisfy((answer) -> assertThat(answer).matches("(\\d+):(of-room\\1|failed)"))
					.hasSize(CALLS);
				if (leftover.skippable && client != Clients.HTTP_COMPONENTS) {
					assertThat(answers).containsExactlyInAnyOrderElementsOf(
							IntStream.range(0, CALLS).mapToObj((number) -> number + ":of-room" + number).toList());
				}
			}, "im.http.max-connections=2", "im.http.read-timeout=3s");
		}
	}

	@ParameterizedTest
	@EnumSource(Clients.class)
	void answerThatNobodyAskedForReachesNobody(Clients client) throws IOException {
		AtomicInteger sent = new AtomicInteger();
		try (HostileServer server = new HostileServer((request, wire) -> {
			wire.send(Leftover.own(request));
			try {
				wire.send(HostileServer.ok(ALIEN));
			}
			finally {
				sent.incrementAndGet();
			}
		})) {
			client.against(server, (context) -> {
				ChatroomMetadataOperations metadata = context.getBean(ChatroomMetadataOperations.class);
				for (int number = 0; number < CALLS; number++) {
					String answer = metadata.getAnnouncement("room" + number)
						.onErrorReturn(ImException.class, "failed")
						.block(Clients.TIMEOUT);
					assertThat(answer).isIn("of-room" + number, "failed");
					await().atMost(Clients.TIMEOUT).until(() -> sent.get() == server.requests().size());
				}
			});
		}
	}

	/**
	 * What comes with an answer and does not belong to it.
	 */
	enum Leftover implements Handler {

		EARLY_HINTS(true) {
			@Override
			public void handle(Request request, Wire wire) throws IOException {
				wire.send("HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n");
				wire.pause(2);
				wire.send(own(request));
			}
		},

		EARLY_HINTS_IN_ONE_PIECE(true) {
			@Override
			public void handle(Request request, Wire wire) throws IOException {
				wire.send("HTTP/1.1 103 Early Hints\r\n\r\n" + own(request));
			}
		},

		PROCESSING_TWICE(true) {
			@Override
			public void handle(Request request, Wire wire) throws IOException {
				wire.send("HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n");
				wire.send(own(request));
			}
		},

		SECOND_ANSWER_IN_ONE_PIECE(true) {
			@Override
			public void handle(Request request, Wire wire) throws IOException {
				wire.send(own(request) + HostileServer.ok(ALIEN));
			}
		},

		BYTES_BEHIND_NO_CONTENT(false) {
			@Override
			public void handle(Request request, Wire wire) throws IOException {
				wire.send(isOdd(request) ? "HTTP/1.1 204 No Content\r\n\r\n" + HostileServer.ok(ALIEN) : own(request));
			}
		},

		BYTES_BEHIND_NOT_MODIFIED(false) {
			@Override
			public void handle(Request request, Wire wire) throws IOException {
				wire.send(isOdd(request)
						? "HTTP/1.1 304 Not Modified\r\nContent-Length: 100\r\n\r\n" + HostileServer.ok(ALIEN)
						: own(request));
			}
		},

		MORE_THAN_CONTENT_LENGTH(true) {
			@Override
			public void handle(Request request, Wire wire) throws IOException {
				wire.send(own(request) + "left over");
			}
		},

		ANSWER_MORE_THAN_CONTENT_LENGTH(false) {
			@Override
			public void handle(Request request, Wire wire) throws IOException {
				wire.send(isOdd(request) ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" + HostileServer.ok(ALIEN)
						: own(request));
			}
		};

		/**
		 * Whether each call can succeed all the same.
		 */
		final boolean skippable;

		Leftover(boolean skippable) {
			this.skippable = skippable;
		}

		static String own(Request request) {
			return HostileServer.ok("{\"data\":{\"announcement\":\"of-%s\"}}".formatted(request.segment(1)));
		}

		static boolean isOdd(Request request) {
			return Integer.parseInt(request.segment(1).substring("room".length())) % 2 == 1;
		}

	}

}
