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

package io.github.imspring.resource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Buffers that share their memory, as those of an answer do, and a subscriber that
 * releases what is discarded, as code on buffers does: each is released once.
 */
class ResponseBodyTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final NettyDataBufferFactory BUFFERS = new NettyDataBufferFactory(PooledByteBufAllocator.DEFAULT);

	private final ByteBuf memory = PooledByteBufAllocator.DEFAULT.directBuffer()
		.writeBytes("0123456789".getBytes(StandardCharsets.US_ASCII));

	@AfterEach
	void everyBufferWasReleasedOnce() {
		assertThat(this.memory.refCnt()).isEqualTo(1);
		this.memory.release();
	}

	@Test
	void emptyBody() {
		assertThat(text(ResponseBody.head(Flux.empty(), 10))).isEmpty();
	}

	@Test
	void readsTheBeginning() {
		assertThat(text(ResponseBody.head(pieces(4, 6), 4))).isEqualTo("0123");
		assertThat(text(ResponseBody.head(pieces(4, 6), 5))).isEqualTo("01234");
		assertThat(text(ResponseBody.head(pieces(4, 6), 11))).isEqualTo("0123456789");
	}

	@Test
	void bodyThatBreaks() {
		StepVerifier
			.create(releasing(
					ResponseBody.head(pieces(4).concatWith(Flux.error(new IllegalStateException("broken"))), 10)))
			.expectErrorMessage("broken")
			.verify(PATIENCE);
	}

	@Test
	void readerThatLeaves() {
		TestPublisher<DataBuffer> body = TestPublisher.create();
		StepVerifier.create(releasing(ResponseBody.head(body.flux(), 10)))
			.then(() -> body.next(piece(0, 4)))
			.thenCancel()
			.verify(PATIENCE);
	}

	@Test
	void arrayThatABufferConsistsOfIsNotCopied() {
		byte[] bytes = { 1, 2, 3 };
		// Reactor Netty releases a buffer only after it has passed it on.
		ByteBuf buffer = Unpooled.wrappedBuffer(bytes).retain();
		assertThat(ResponseBody.take(BUFFERS.wrap(buffer))).isSameAs(bytes);
		assertThat(buffer.release()).isTrue();
		assertThat(bytes).containsExactly(1, 2, 3);
	}

	@Test
	void partOfAnArrayIsCopied() {
		assertThat(ResponseBody.take(BUFFERS.wrap(Unpooled.wrappedBuffer(new byte[] { 1, 2, 3 }).skipBytes(1))))
			.containsExactly(2, 3);
		assertThat(ResponseBody.take(BUFFERS.wrap(Unpooled.buffer(8).writeBytes(new byte[] { 1, 2 }))))
			.containsExactly(1, 2);
		assertThat(ResponseBody.take(BUFFERS.wrap(Unpooled.wrappedBuffer(new byte[] { 1, 2, 3 }).readSlice(2))))
			.containsExactly(1, 2);
	}

	@Test
	void pooledMemoryIsCopied() {
		ByteBuf pooled = PooledByteBufAllocator.DEFAULT.heapBuffer(3).writeBytes(new byte[] { 1, 2, 3 });
		byte[] bytes = ResponseBody.take(BUFFERS.wrap(pooled));
		assertThat(pooled.refCnt()).isZero();
		assertThat(bytes).containsExactly(1, 2, 3);
	}

	private Flux<DataBuffer> pieces(int... sizes) {
		AtomicInteger start = new AtomicInteger();
		return Flux.range(0, sizes.length).map((index) -> piece(start.getAndAdd(sizes[index]), sizes[index]));
	}

	private DataBuffer piece(int start, int size) {
		return BUFFERS.wrap(this.memory.slice(start, size).retain());
	}

	private static <T> Mono<T> releasing(Mono<T> read) {
		return read.doOnDiscard(DataBuffer.class, DataBufferUtils::release);
	}

	private static String text(Mono<byte[]> read) {
		return new String(releasing(read).blockOptional(PATIENCE).orElseThrow(), StandardCharsets.US_ASCII);
	}

}
