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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.github.imspring.quota.Lane;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Limited}, {@link Deadline} and {@link ExpiryTimer}.
 */
class LimitedTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final ExpiryTimer timer = new ExpiryTimer(LIMIT, this.time);

	private final AtomicReference<Consumer<Throwable>> cut = new AtomicReference<>();

	private final AtomicInteger ends = new AtomicInteger();

	private final AtomicInteger cancellations = new AtomicInteger();

	private Limit limit() {
		return new Limit() {
			@Override
			public void begin(Consumer<Throwable> end) {
				LimitedTests.this.cut.set(end);
			}

			@Override
			public void cancelled() {
				LimitedTests.this.cancellations.incrementAndGet();
			}

			@Override
			public void ended() {
				LimitedTests.this.ends.incrementAndGet();
			}
		};
	}

	@Test
	void cutEndsTheStreamAndCancelsItsSource() {
		TestPublisher<Integer> source = TestPublisher.create();
		StepVerifier.create(Limited.flux(source.flux(), limit()))
			.then(() -> source.next(1))
			.expectNext(1)
			.then(() -> this.cut.get().accept(new IllegalStateException("late")))
			.verifyErrorMessage("late");
		source.assertCancelled();
		this.cut.get().accept(new IllegalStateException("again"));
		assertThat(this.ends).hasValue(1);
	}

	@Test
	void cutWhileAnElementIsEmittedIsToldBehindIt() {
		StepVerifier
			.create(Limited.flux(Flux.just(1, 2), limit())
				.doOnNext((element) -> this.cut.get().accept(new IllegalStateException("late"))))
			.expectNext(1)
			.verifyErrorMessage("late");
	}

	@Test
	void elementThatCrossesTheCutIsDiscarded() {
		TestPublisher<Integer> source = TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
		List<Integer> discarded = new ArrayList<>();
		StepVerifier.create(Limited.flux(source.flux(), limit()).doOnDiscard(Integer.class, discarded::add))
			.then(() -> this.cut.get().accept(new IllegalStateException("late")))
			.verifyErrorMessage("late");
		source.next(1);
		assertThat(discarded).containsExactly(1);
	}

	@Test
	void endOfTheSourceWins() {
		StepVerifier.create(Limited.mono(Mono.just(1), limit())).expectNext(1).verifyComplete();
		this.cut.get().accept(new IllegalStateException("late"));
		assertThat(this.ends).hasValue(1);
	}

	@Test
	void elementOfAMonoEndsItsLimitBeforeItIsHandled() {
		StepVerifier.create(Limited.mono(Mono.just(1), limit()).doOnNext((element) -> {
			assertThat(this.ends).hasValue(1);
			this.cut.get().accept(new IllegalStateException("late"));
		})).expectNext(1).verifyComplete();
		assertThat(this.ends).hasValue(1);
	}

	@Test
	void slowSubscriberIsNoSilentService() {
		Silence silence = new Silence(this.timer, () -> new IllegalStateException("silent"));
		Limit limit = new Limit() {
			@Override
			public void begin(Consumer<Throwable> end) {
				silence.begin(end);
				silence.sent();
			}

			@Override
			public void requested(long elements) {
				silence.requested(elements);
			}

			@Override
			public void passed() {
				silence.passed();
			}

			@Override
			public void handled() {
				silence.handled();
			}

			@Override
			public void ended() {
				silence.ended();
			}
		};
		TestPublisher<Integer> source = TestPublisher.create();
		StepVerifier
			.create(Limited.flux(source.flux(), limit)
				.doOnNext((element) -> this.time.advanceTimeBy(LIMIT.multipliedBy(3))))
			.then(() -> source.next(1, 2))
			.expectNext(1, 2)
			.then(() -> this.time.advanceTimeBy(LIMIT))
			.verifyErrorMessage("silent");
	}

	@Test
	void cancellationThatMeetsACutWhileAnElementIsHandledIsTold() {
		AtomicInteger failures = new AtomicInteger();
		TestPublisher<Integer> source = TestPublisher.create();
		Limited.flux(source.flux(), limit()).subscribe(new BaseSubscriber<>() {
			@Override
			protected void hookOnNext(Integer element) {
				LimitedTests.this.cut.get().accept(new IllegalStateException("late"));
				cancel();
			}

			@Override
			protected void hookOnError(Throwable failure) {
				failures.incrementAndGet();
			}
		});
		source.next(1);
		assertThat(this.cancellations).hasValue(1);
		assertThat(this.ends).hasValue(1);
		assertThat(failures).hasValue(0);
	}

	@Test
	void cancelledStreamIsNotCut() {
		Sinks.One<Integer> source = Sinks.one();
		AtomicInteger failures = new AtomicInteger();
		Limited.mono(source.asMono(), limit()).subscribe((element) -> {
		}, (failure) -> failures.incrementAndGet()).dispose();
		this.cut.get().accept(new IllegalStateException("late"));
		assertThat(failures).hasValue(0);
		assertThat(this.ends).hasValue(1);
	}

	@Test
	void timeIsOverWhenItIsOverAndNotBefore() {
		AtomicInteger acted = new AtomicInteger();
		this.timer.start(acted::incrementAndGet);
		this.time.advanceTimeBy(LIMIT.minusMillis(1));
		assertThat(acted).hasValue(0);
		this.time.advanceTimeBy(Duration.ofMillis(1));
		assertThat(acted).hasValue(1);
		assertThat(this.timer.size()).isZero();
	}

	@Test
	void laterOnesAreTimedByTheSameTask() {
		AtomicInteger acted = new AtomicInteger();
		for (int i = 0; i < 100; i++) {
			this.timer.start(acted::incrementAndGet);
			this.time.advanceTimeBy(Duration.ofMillis(50));
		}
		assertThat(this.time.getScheduledTaskCount()).isOne();
		this.time.advanceTimeBy(LIMIT.plus(LIMIT.dividedBy(64)));
		assertThat(acted).hasValue(100);
	}

	@Test
	void pausedTimeDoesNotPassAndRestartedTimeBeginsAnew() {
		AtomicInteger acted = new AtomicInteger();
		ExpiryTimer.Expiry expiry = this.timer.start(acted::incrementAndGet);
		expiry.pause();
		this.time.advanceTimeBy(LIMIT.multipliedBy(5));
		expiry.restart();
		this.time.advanceTimeBy(LIMIT.minusMillis(1));
		assertThat(acted).hasValue(0);
		expiry.pause();
		this.time.advanceTimeBy(LIMIT);
		expiry.resume(Duration.ofMillis(3));
		this.time.advanceTimeBy(Duration.ofMillis(2));
		assertThat(acted).hasValue(0);
		this.time.advanceTimeBy(Duration.ofMillis(1));
		assertThat(acted).hasValue(1);
	}

	@Test
	void endedOnesAreForgottenAndThenNothingTicks() {
		for (int i = 0; i < 10; i++) {
			this.timer.start(() -> {
				throw new AssertionError("It ended in time");
			}).end();
		}
		assertThat(this.timer.size()).isZero();
		this.time.advanceTimeBy(LIMIT.multipliedBy(2));
		assertThat(this.time.getScheduledTaskCount()).isOne();
		this.time.advanceTimeBy(LIMIT.multipliedBy(100));
		assertThat(this.time.getScheduledTaskCount()).isOne();
	}

	@Test
	void nothingIsLeftOfCallsThatWaitedForTheirQuota() {
		Tasks tasks = new Tasks();
		ExpiryTimer manual = new ExpiryTimer(LIMIT, tasks);
		for (int i = 0; i < 100; i++) {
			Deadline deadline = new Deadline(LIMIT, Lane.BULK, manual, this.time);
			deadline.begin((failure) -> {
			});
			if (i % 2 == 0) {
				this.time.advanceTimeBy(Duration.ofMillis(200));
			}
			deadline.pause();
			deadline.resume();
			deadline.pause();
			deadline.resume();
			deadline.ended();
		}
		assertThat(manual.size()).isZero();
		assertThat(tasks.waiting).hasSize(1);
	}

	@Test
	void whatIsDoneAboutOneDoesNotKeepTheOthersWaiting() {
		Tasks tasks = new Tasks();
		ExpiryTimer manual = new ExpiryTimer(LIMIT, tasks);
		AtomicInteger acted = new AtomicInteger();
		for (int i = 0; i < 3; i++) {
			manual.start(acted::incrementAndGet);
		}
		this.time.advanceTimeBy(LIMIT);
		tasks.waiting.remove().run();
		assertThat(acted).hasValue(0);
		assertThat(tasks.waiting).hasSize(3);
		tasks.waiting.forEach(Runnable::run);
		assertThat(acted).hasValue(3);
	}

	@Test
	void whateverIsThrownAboutOneTheOthersAreActedOn() {
		AtomicInteger acted = new AtomicInteger();
		this.timer.start(() -> {
			throw new AssertionError("A subscriber failed");
		});
		this.timer.start(acted::incrementAndGet);
		this.time.advanceTimeBy(LIMIT);
		assertThat(acted).hasValue(1);
	}

	@Test
	void schedulerThatIsDisposedOfLosesNothingThatIsOver() {
		Tasks tasks = new Tasks();
		ExpiryTimer manual = new ExpiryTimer(LIMIT, tasks);
		AtomicInteger acted = new AtomicInteger();
		manual.start(acted::incrementAndGet);
		manual.start(acted::incrementAndGet);
		this.time.advanceTimeBy(LIMIT);
		manual.start(acted::incrementAndGet);
		tasks.disposed = true;
		tasks.waiting.remove().run();
		assertThat(acted).hasValue(2);
		tasks.disposed = false;
		manual.start(acted::incrementAndGet);
		assertThat(tasks.waiting).hasSize(1);
	}

	@Test
	void centuriesAreEndless() {
		ExpiryTimer endless = new ExpiryTimer(Duration.ofDays(400 * 365), this.time);
		endless.start(() -> {
			throw new AssertionError("Not in this life");
		});
		this.time.advanceTimeBy(Duration.ofDays(365));
		assertThat(endless.size()).isOne();
	}

	/**
	 * Keeps tasks until they are run by hand, whenever they are due.
	 */
	private final class Tasks implements Scheduler {

		private final Queue<Runnable> waiting = new ArrayDeque<>();

		private boolean disposed;

		@Override
		public Disposable schedule(Runnable task) {
			return schedule(task, 0, TimeUnit.NANOSECONDS);
		}

		@Override
		public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
			if (this.disposed) {
				throw new RejectedExecutionException();
			}
			this.waiting.add(task);
			return () -> this.waiting.remove(task);
		}

		@Override
		public long now(TimeUnit unit) {
			return LimitedTests.this.time.now(unit);
		}

		@Override
		public Worker createWorker() {
			throw new UnsupportedOperationException();
		}

	}

}
