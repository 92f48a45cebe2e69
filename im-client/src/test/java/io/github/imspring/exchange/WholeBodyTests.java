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

package io.github.imspring.exchange;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.imspring.error.ImDecodingException;
import io.github.imspring.error.SettingNames;
import io.github.imspring.operation.Operations;
import io.github.imspring.quota.Grant;
import io.github.imspring.quota.Lane;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.quota.QuotaRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WholeBody}. No buffer is left in any of them.
 */
class WholeBodyTests {

	private static final NettyDataBufferFactory BUFFERS = new NettyDataBufferFactory(UnpooledByteBufAllocator.DEFAULT);

	private final List<ByteBuf> buffers = new ArrayList<>();

	private final TestPublisher<DataBuffer> source = TestPublisher
		.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);

	@AfterEach
	void assertThatEachBufferWasReleased() {
		assertThat(this.buffers).allMatch((buffer) -> buffer.refCnt() == 0);
	}

	private DataBuffer piece(String text) {
		ByteBuf buffer = UnpooledByteBufAllocator.DEFAULT.buffer();
		buffer.writeCharSequence(text, StandardCharsets.UTF_8);
		this.buffers.add(buffer);
		return BUFFERS.wrap(buffer);
	}

	private static Mono<String> body(Flux<DataBuffer> pieces) {
		return body(pieces, (bytes) -> new String(bytes, StandardCharsets.UTF_8));
	}

	private static Mono<String> body(Flux<DataBuffer> pieces, Function<byte[], String> reader) {
		VirtualTimeScheduler time = VirtualTimeScheduler.create();
		ExpiryTimer timer = new ExpiryTimer(Duration.ofSeconds(1), time);
		Call call = new Call(ImRequest.get(Operations.GET_CHATROOMS).build(),
				new Deadline(Duration.ofSeconds(1), Lane.SINGLE, timer, time), SettingNames.JAVA);
		Grant grant = QuotaLimiter.unlimited().acquire(QuotaRequest.of(Operations.GET_CHATROOMS)).block();
		Attempt attempt = new Attempt(call, grant, new Silence(timer, IllegalStateException::new));
		return new WholeBody<>(pieces, attempt, 6, reader);
	}

	@Test
	void piecesBecomeOne() {
		StepVerifier.create(body(Flux.fromStream(Stream.of("ab", "", "cdef")).map(this::piece)))
			.expectNext("abcdef")
			.verifyComplete();
		StepVerifier.create(body(Flux.empty())).expectNext("").verifyComplete();
	}

	@Test
	void tooMuchIsRefused() {
		StepVerifier.create(body(this.source.flux()))
			.then(() -> this.source.next(piece("abcdef"), piece("g")))
			.verifyErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(ImDecodingException.class)
				.hasMessageContaining("larger than 6 bytes"));
		this.source.assertCancelled();
		this.source.next(piece("late")).complete();
	}

	@Test
	void failureReleasesWhatCame() {
		StepVerifier.create(body(this.source.flux()))
			.then(() -> this.source.next(piece("a")).error(new IllegalStateException("broken")))
			.verifyErrorMessage("broken");
	}

	@Test
	void cancellationReleasesWhatCameAndWhatCrossesIt() {
		StepVerifier.create(body(this.source.flux())).then(() -> this.source.next(piece("a"))).thenCancel().verify();
		this.source.assertCancelled();
		this.source.next(piece("late")).complete();
	}

	@Test
	void readerThatFailsFailsTheBody() {
		StepVerifier.create(body(Flux.just("a").map(this::piece), (bytes) -> {
			throw new IllegalStateException("reader");
		})).verifyErrorMessage("reader");
	}

}
