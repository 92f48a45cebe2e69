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

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.client.reactive.MockClientHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Silence}.
 */
class SilenceTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final ExpiryTimer timer = new ExpiryTimer(LIMIT, this.time);

	private final Silence silence = new Silence(this.timer, () -> new IllegalStateException("silent"));

	private final AtomicReference<Throwable> cut = new AtomicReference<>();

	private void begin(long wanted) {
		this.silence.begin(this.cut::set);
		this.silence.requested(wanted);
	}

	private void assertEndsAfterTheLimit() {
		this.time.advanceTimeBy(LIMIT.minusMillis(1));
		assertThat(this.cut).hasValue(null);
		this.time.advanceTimeBy(Duration.ofMillis(1));
		assertThat(this.cut.get()).hasMessage("silent");
	}

	@Test
	void timeRunsFromTheMomentWhenTheAttemptLeaves() {
		begin(1);
		this.time.advanceTimeBy(LIMIT.multipliedBy(3));
		assertThat(this.cut).hasValue(null);
		this.silence.sent();
		assertEndsAfterTheLimit();
	}

	@Test
	void signOfLifeBeginsTheTimeAnew() {
		begin(1);
		this.silence.sent();
		for (int i = 0; i < 5; i++) {
			this.time.advanceTimeBy(LIMIT.minusMillis(200));
			this.silence.broken();
		}
		assertEndsAfterTheLimit();
	}

	@Test
	void timeStandsStillWhileTheSubscriberAsksForNothing() {
		begin(1);
		this.silence.sent();
		this.silence.passed();
		this.silence.handled();
		this.time.advanceTimeBy(LIMIT.multipliedBy(3));
		assertThat(this.cut).hasValue(null);
		this.silence.requested(1);
		assertEndsAfterTheLimit();
	}

	@Test
	void timeStandsStillWhileTheSubscriberHandlesWhatCame() {
		begin(Long.MAX_VALUE);
		this.silence.sent();
		this.silence.passed();
		this.time.advanceTimeBy(LIMIT.multipliedBy(3));
		assertThat(this.cut).hasValue(null);
		this.silence.handled();
		assertEndsAfterTheLimit();
	}

	/**
	 * As a subscriber may that asks on another thread than it handles elements on.
	 */
	@Test
	void requestWhileAnElementIsHandledIsRemembered() {
		begin(1);
		this.silence.sent();
		this.silence.passed();
		this.silence.requested(1);
		this.time.advanceTimeBy(LIMIT.multipliedBy(3));
		assertThat(this.cut).hasValue(null);
		this.silence.handled();
		assertEndsAfterTheLimit();
	}

	@Test
	void requestForMoreIsNoSignOfLife() {
		begin(1);
		this.silence.sent();
		this.time.advanceTimeBy(LIMIT.dividedBy(2));
		this.silence.requested(1);
		this.time.advanceTimeBy(LIMIT.dividedBy(2));
		assertThat(this.cut.get()).hasMessage("silent");
	}

	@Test
	void timeStandsStillWhileTheSourceOfTheBodyHasNothing() {
		TestPublisher<DataBuffer> source = TestPublisher.create();
		begin(1);
		MockClientHttpRequest request = new MockClientHttpRequest(HttpMethod.POST, "/");
		AtomicReference<Flux<DataBuffer>> written = new AtomicReference<>();
		request.setWriteHandler((body) -> {
			written.set(body);
			return Mono.empty();
		});
		this.silence.watch((message, context) -> message.writeWith(source.flux()))
			.insert(request, null)
			.block(Duration.ofSeconds(5));
		this.silence.sent();
		written.get().subscribe(new BaseSubscriber<>() {
			@Override
			protected void hookOnSubscribe(Subscription subscription) {
				subscription.request(2);
			}
		});
		this.time.advanceTimeBy(LIMIT.multipliedBy(3));
		assertThat(this.cut).hasValue(null);
		source.next(DefaultDataBufferFactory.sharedInstance.wrap(new byte[1]));
		this.time.advanceTimeBy(LIMIT.multipliedBy(3));
		assertThat(this.cut).hasValue(null);
		source.next(DefaultDataBufferFactory.sharedInstance.wrap(new byte[1]));
		assertEndsAfterTheLimit();
	}

	@Test
	void whatHasEndedIsNotTimed() {
		begin(1);
		this.silence.ended();
		this.silence.sent();
		assertThat(this.timer.size()).isZero();
	}

	/**
	 * As a client may that asks on another thread than the source ends on.
	 */
	@Test
	void requestThatComesAfterTheEndOfTheSourceDoesNotStopTheTime() {
		TestPublisher<DataBuffer> source = TestPublisher.createNoncompliant(TestPublisher.Violation.REQUEST_OVERFLOW);
		begin(1);
		MockClientHttpRequest request = new MockClientHttpRequest(HttpMethod.POST, "/");
		AtomicReference<Flux<DataBuffer>> written = new AtomicReference<>();
		request.setWriteHandler((body) -> {
			written.set(body);
			return Mono.empty();
		});
		this.silence.watch((message, context) -> message.writeWith(source.flux()))
			.insert(request, null)
			.block(Duration.ofSeconds(5));
		this.silence.sent();
		BaseSubscriber<DataBuffer> client = new BaseSubscriber<>() {
			@Override
			protected void hookOnSubscribe(Subscription subscription) {
				subscription.request(1);
			}

			@Override
			protected void hookOnComplete() {
				upstream().request(1);
			}
		};
		written.get().subscribe(client);
		source.next(DefaultDataBufferFactory.sharedInstance.allocateBuffer(1));
		source.complete();
		assertEndsAfterTheLimit();
	}

}
