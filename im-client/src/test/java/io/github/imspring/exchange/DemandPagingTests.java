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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.imspring.error.ImDecodingException;
import io.github.imspring.exchange.DemandPaging.Page;
import io.github.imspring.operation.Operations;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DemandPaging}.
 */
class DemandPagingTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final List<Integer> limits = Collections.synchronizedList(new ArrayList<>());

	@Test
	void consumerThatTakes25CostsOneCallFor25() {
		List<Integer> taken = numbers(2500, 1000).take(25).collectList().block(TIMEOUT);
		assertThat(taken).isEqualTo(range(0, 25));
		assertThat(this.limits).containsExactly(25);
	}

	@Test
	void nothingIsFetchedBeforeItIsWantedOrAfterIt() {
		StepVerifier.create(numbers(100, 1000), 0)
			.expectSubscription()
			.then(() -> assertThat(this.limits).isEmpty())
			.thenRequest(10)
			.expectNextCount(10)
			.then(() -> assertThat(this.limits).containsExactly(10))
			.thenCancel()
			.verify(TIMEOUT);
		assertThat(this.limits).containsExactly(10);
	}

	@Test
	void pagesAreAsLargeAsAllowedForWhoWantsAll() {
		assertThat(numbers(2500, 1000).collectList().block(TIMEOUT)).isEqualTo(range(0, 2500));
		assertThat(this.limits).containsExactly(1000, 1000, 1000);
	}

	@Test
	void pagesDoubleForWhoGoesOnAskingForAFewAtATime() {
		assertThat(numbers(2500, 1000).concatMap(Mono::just, 4).collectList().block(TIMEOUT)).isEqualTo(range(0, 2500));
		assertThat(this.limits).containsExactly(4, 8, 16, 32, 64, 128, 256, 512, 1000, 1000);
	}

	@Test
	void whatIsHeldNeverExceedsOnePageOver200000() {
		int total = 200_000;
		AtomicInteger fetched = new AtomicInteger();
		AtomicInteger consumed = new AtomicInteger();
		AtomicInteger mostHeld = new AtomicInteger();
		Flux<Integer> numbers = listing((cursor, limit) -> {
			Page<Integer> page = page(total, cursor, limit);
			int held = fetched.addAndGet(page.items().size()) - consumed.get();
			mostHeld.accumulateAndGet(held, Math::max);
			return Mono.just(page).publishOn(Schedulers.parallel());
		}, 1000);
		StepVerifier.create(numbers.doOnNext((number) -> consumed.incrementAndGet()).limitRate(32))
			.expectNextCount(total)
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(mostHeld).hasValueLessThanOrEqualTo(1000);
	}

	@Test
	void pagesThatComeAtOnceDoNotDeepenTheStack() {
		int total = 50_000;
		assertThat(numbers(total, 1).count().block(TIMEOUT)).isEqualTo(total);
		assertThat(this.limits).hasSize(total);
		AtomicInteger received = new AtomicInteger();
		numbers(total, 1).subscribe(new BaseSubscriber<>() {
			@Override
			protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
				request(1);
			}

			@Override
			protected void hookOnNext(Integer value) {
				received.incrementAndGet();
				request(1);
			}
		});
		assertThat(received).hasValue(total);
	}

	@Test
	void onePageAtATimeWhoeverAsksConcurrently() {
		AtomicInteger inFlight = new AtomicInteger();
		AtomicBoolean overlapped = new AtomicBoolean();
		Flux<Integer> numbers = listing((cursor, limit) -> Mono.defer(() -> {
			if (inFlight.incrementAndGet() > 1) {
				overlapped.set(true);
			}
			return Mono.just(page(20_000, cursor, limit))
				.publishOn(Schedulers.parallel())
				.doOnNext((page) -> inFlight.decrementAndGet());
		}), 100);
		List<Integer> all = numbers.publishOn(Schedulers.boundedElastic(), 16).collectList().block(TIMEOUT);
		assertThat(all).isEqualTo(range(0, 20_000));
		assertThat(overlapped).isFalse();
	}

	@Test
	void fullPageWithNothingBehindItEndsWithAnEmptyOne() {
		Flux<Integer> numbers = listing(
				(cursor, limit) -> Mono.just(
						(cursor == null) ? new Page<>(range(0, limit), "more") : new Page<>(List.<Integer>of(), null)),
				10);
		assertThat(numbers.collectList().block(TIMEOUT)).isEqualTo(range(0, 10));
	}

	@Test
	void emptyPageInBetweenIsNotTheEnd() {
		Flux<Integer> numbers = listing((cursor, limit) -> Mono
			.just((cursor == null) ? new Page<>(List.of(), "more") : new Page<>(List.of(1), null)), 10);
		assertThat(numbers.collectList().block(TIMEOUT)).containsExactly(1);
	}

	@Test
	void serviceThatGivesMoreThanAskedForIsBuffered() {
		Flux<Integer> numbers = listing((cursor, limit) -> Mono.just(page(100, cursor, 30)), 1000);
		StepVerifier.create(numbers, 5)
			.expectNextCount(5)
			.thenRequest(25)
			.expectNextCount(25)
			.then(() -> assertThat(this.limits).hasSize(1))
			.thenRequest(70)
			.expectNextCount(70)
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void repeatedCursorIsAnError() {
		Flux<Integer> same = listing((cursor, limit) -> Mono.just(new Page<>(List.of(1), "same")), 10);
		StepVerifier.create(same)
			.expectNext(1, 1)
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(ImDecodingException.class)
				.hasMessageContaining("repeats a cursor"))
			.verify(TIMEOUT);
	}

	@Test
	void circleOfCursorsIsAnError() {
		Flux<Integer> circle = listing((cursor, limit) -> Mono
			.just(new Page<>(List.of(1), String.valueOf((cursor != null) ? (Integer.parseInt(cursor) + 1) % 7 : 0))),
				10);
		StepVerifier.create(circle.count()).expectError(ImDecodingException.class).verify(TIMEOUT);
		assertThat(this.limits).hasSizeLessThan(25);
	}

	@Test
	void failureOfAPageEndsTheListing() {
		Flux<Integer> numbers = listing((cursor, limit) -> (cursor == null) ? Mono.just(new Page<>(List.of(1), "more"))
				: Mono.error(new IllegalStateException("second")), 10);
		StepVerifier.create(numbers).expectNext(1).expectErrorMessage("second").verify(TIMEOUT);
	}

	@Test
	void cancellationReachesThePageInFlight() {
		TestPublisher<Page<Integer>> page = TestPublisher.create();
		StepVerifier.create(listing((cursor, limit) -> page.mono(), 10))
			.then(page::assertSubscribers)
			.thenCancel()
			.verify(TIMEOUT);
		page.assertCancelled();
	}

	@Test
	void contextReachesThePages() {
		Flux<Integer> numbers = listing(
				(cursor, limit) -> Mono
					.deferContextual((context) -> Mono.just(new Page<>(List.of(context.<Integer>get("number")), null))),
				10);
		assertThat(numbers.contextWrite((context) -> context.put("number", 42)).blockLast(TIMEOUT)).isEqualTo(42);
	}

	@Test
	void eachSubscriberStartsAnew() {
		Flux<Integer> numbers = numbers(10, 4);
		assertThat(numbers.collectList().block(TIMEOUT)).isEqualTo(range(0, 10));
		assertThat(numbers.collectList().block(TIMEOUT)).isEqualTo(range(0, 10));
	}

	private Flux<Integer> numbers(int total, int maxPage) {
		return listing((cursor, limit) -> Mono.just(page(total, cursor, limit)), maxPage);
	}

	private Flux<Integer> listing(DemandPaging.PageSource<Integer> source, int maxPage) {
		return DemandPaging.listing(Operations.LIST_CHATROOMS, (cursor, limit) -> {
			this.limits.add(limit);
			return source.fetch(cursor, limit);
		}, maxPage);
	}

	private static Page<Integer> page(int total, @Nullable String cursor, int limit) {
		int from = (cursor != null) ? Integer.parseInt(cursor) : 0;
		int to = Math.min(total, from + limit);
		return new Page<>(range(from, to), (to < total) ? String.valueOf(to) : null);
	}

	private static List<Integer> range(int from, int to) {
		return new ArrayList<>(IntStream.range(from, to).boxed().toList());
	}

}
