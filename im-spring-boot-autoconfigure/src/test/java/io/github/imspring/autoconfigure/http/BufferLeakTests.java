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
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import io.github.imspring.file.FileOperations;
import io.github.imspring.metadata.ChatroomMetadataOperations;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

import org.springframework.context.ApplicationContext;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Whatever ends a call, none of its buffers stays behind: watched by Netty's own
 * detector, which tracks each.
 */
class BufferLeakTests {

	private static final int DOWNLOADS = 3_000;

	private final LeakWatch watch = new LeakWatch();

	@AfterEach
	void stopWatching() {
		this.watch.close();
	}

	@Test
	void detectorSeesALeak() {
		leak();
		await().atMost(Clients.TIMEOUT).until(() -> !this.watch.leaks().isEmpty());
	}

	private static void leak() {
		ByteBuf forgotten = PooledByteBufAllocator.DEFAULT.directBuffer(16);
		forgotten.writeByte(1);
	}

	@Test
	void downloadsThatAreCancelledAtAnyMoment() throws IOException {
		byte[] content = new byte[40_000];
		try (HostileServer server = new HostileServer((request, wire) -> {
			wire.send("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n".formatted(content.length));
			wire.send(content);
		})) {
			Clients.REACTOR.against(server, (context) -> {
				FileOperations files = context.getBean(FileOperations.class);
				Flux.range(0, DOWNLOADS)
					.flatMap((number) -> reading(files, number % 2 == 0), 16)
					.blockLast(Duration.ofMinutes(2));
				assertNoLeak();
			}, "im.quota.enabled=false");
		}
	}

	/**
	 * Releases all it gets, and leaves from another thread.
	 */
	private static Mono<Void> reading(FileOperations files, boolean cancels) {
		return Mono.create((sink) -> {
			BaseSubscriber<DataBuffer> reader = new BaseSubscriber<>() {
				@Override
				protected void hookOnNext(DataBuffer piece) {
					DataBufferUtils.release(piece);
				}

				@Override
				protected void hookFinally(SignalType type) {
					sink.success();
				}
			};
			files.download("uuid", null).doOnDiscard(DataBuffer.class, DataBufferUtils::release).subscribe(reader);
			if (cancels) {
				Mono.delay(Duration.ofNanos(ThreadLocalRandom.current().nextLong(20_000_000)))
					.subscribe((tick) -> reader.cancel());
			}
		});
	}

	@Test
	void callsThatEndInTheMiddleOfTheirAnswers() throws IOException {
		try (HostileServer server = new HostileServer((request, wire) -> {
			wire.send("HTTP/1.1 %s OK\r\nContent-Length: 20000\r\n\r\n%s"
				.formatted((request.connection() % 2 == 0) ? "200" : "400", " ".repeat(10_000)));
			switch (request.connection() % 3) {
				case 0 -> wire.reset();
				case 1 -> wire.fallSilent();
				default -> wire.send(" ".repeat(10_000));
			}
		})) {
			Clients.REACTOR.against(server, this::endCalls, "im.quota.enabled=false", "im.http.read-timeout=200ms",
					"im.http.max-response-size=15KB");
		}
	}

	private void endCalls(ApplicationContext context) {
		ChatroomMetadataOperations metadata = context.getBean(ChatroomMetadataOperations.class);
		Flux.range(0, 400)
			.flatMap((number) -> metadata.getAnnouncement("room")
				.timeout((number % 3 == 0) ? Duration.ofMillis(20) : Duration.ofSeconds(20))
				.onErrorResume((failure) -> Mono.empty()), 16)
			.blockLast(Duration.ofMinutes(2));
		assertNoLeak();
	}

	private void assertNoLeak() {
		assertThat(this.watch.leaks()).isEmpty();
	}

}
