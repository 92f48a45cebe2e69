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

package io.github.imspring.quota;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Quota;
import io.github.imspring.operation.Quota.Unit;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A million calls at random from eight threads: whatever they do, no window of any
 * alignment holds more than the quota, and nothing is left over.
 */
class QuotaLimiterPropertyTests {

	private static final int THREADS = 8;

	private static final int CALLS = 1_000_000;

	private static final Quota SHARED = new Quota("shared", Unit.CALLS, 500);

	private static final Quota MAIL = new Quota("mail", Unit.MESSAGES, 200_000);

	private static final Quota OTHER = new Quota("other", Unit.CALLS, 200);

	private static final List<Operation> OPERATIONS = List.of(new Operation("mail", false, List.of(SHARED, MAIL)),
			new Operation("plain", true, List.of(SHARED)), new Operation("other", true, List.of(OTHER)),
			new Operation("both", true, List.of(OTHER, SHARED)));

	private final SharedTime time = new SharedTime();

	/**
	 * How far the limiter's clock has fallen behind the time.
	 */
	private final AtomicLong behind = new AtomicLong();

	private final QuotaLimiter limiter = new QuotaLimiterBuilder()
		.settings(QuotaSettings.defaults().withMaxWaiting(500).withMaxWait(Duration.ofSeconds(2)))
		.scheduler(this.time)
		.nanoTime(() -> now() - this.behind.get())
		.build();

	private final Map<Quota, Queue<long[]>> arrivals = new ConcurrentHashMap<>();

	private final Queue<Call> granted = new ConcurrentLinkedQueue<>();

	private final Queue<Sent> underWay = new ConcurrentLinkedQueue<>();

	private final AtomicInteger open = new AtomicInteger();

	private final AtomicInteger sent = new AtomicInteger();

	private final AtomicInteger refused = new AtomicInteger();

	@Test
	void noWindowHoldsMoreThanTheQuotaAndNothingLeaks() throws Exception {
		List.of(SHARED, MAIL, OTHER).forEach((quota) -> this.arrivals.put(quota, new ConcurrentLinkedQueue<>()));
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		try {
			List<Future<?>> work = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				SplittableRandom random = new SplittableRandom(i);
				work.add(threads.submit(() -> work(random)));
			}
			for (Future<?> done : work) {
				done.get(5, TimeUnit.MINUTES);
			}
		}
		finally {
			threads.shutdownNow();
		}
		SplittableRandom random = new SplittableRandom(99);
		while (waiting() > 0 || !this.granted.isEmpty() || !this.underWay.isEmpty()) {
			finishOne(random);
			this.time.advance(Duration.ofMillis(1));
		}
		assertThat(this.open).hasValue(0);
		this.time.advance(Duration.ofHours(1));
		assertThat(this.limiter.snapshots())
			.allSatisfy((snapshot) -> assertThat(snapshot.available()).isEqualTo(snapshot.quota().limit()));
		assertThat(this.sent.get()).isGreaterThan(CALLS / 10);
		assertThat(this.refused.get()).isGreaterThan(100);
		this.arrivals.forEach(QuotaLimiterPropertyTests::assertWindows);
	}

	private void work(SplittableRandom random) {
		Queue<Call> mine = new ConcurrentLinkedQueue<>();
		for (int i = 0; i < CALLS / THREADS; i++) {
			Call call = new Call(new QuotaRequest(OPERATIONS.get(random.nextInt(OPERATIONS.size())),
					1 + random.nextInt(random.nextInt(10) == 0 ? 600 : 5),
					random.nextInt(4) == 0 ? Lane.BULK : Lane.SINGLE));
			this.limiter.acquire(call.request).subscribe(call);
			mine.add(call);
			if (random.nextInt(10) == 0) {
				call.cancel();
			}
			if (mine.size() > 20) {
				Call old = mine.remove();
				if (random.nextInt(20) == 0) {
					old.cancel();
				}
			}
			if (random.nextInt(8) != 0) {
				finishOne(random);
			}
			this.time.advance(Duration.ofNanos(random.nextLong(1_500_000)));
			if (random.nextInt(20_000) == 0) {
				this.time.advance(Duration.ofSeconds(random.nextInt(100)));
			}
			if (random.nextInt(20_000) == 0) {
				this.behind.addAndGet(random.nextLong(2_000_000_000));
			}
		}
	}

	private void finishOne(SplittableRandom random) {
		if (random.nextBoolean()) {
			answerOne(random);
		}
		Call call = this.granted.poll();
		if (call == null) {
			return;
		}
		switch (random.nextInt(20)) {
			case 0 -> call.grant.release();
			case 1 -> call.cancel();
			default -> {
				if (call.claimed.getAndSet(1) == 0) {
					leave(call, random);
				}
			}
		}
		this.open.decrementAndGet();
	}

	/**
	 * The way out takes up to 50 ms, and nobody may wait for the end of it.
	 */
	private void leave(Call call, SplittableRandom random) {
		long arrival = now() + random.nextLong(50_000_000);
		call.grant.sent();
		arrive(call.request, arrival);
		switch (random.nextInt(10)) {
			case 0 -> call.grant.unanswered();
			case 1 -> call.grant.release();
			default -> this.underWay.add(new Sent(call, arrival));
		}
	}

	/**
	 * An answer comes no sooner than the call has arrived.
	 */
	private void answerOne(SplittableRandom random) {
		Sent sent = this.underWay.poll();
		if (sent == null) {
			return;
		}
		if (sent.arrival > now()) {
			this.underWay.add(sent);
			return;
		}
		switch (random.nextInt(2000)) {
			case 0 -> sent.call.grant.throttled(Unit.CALLS, Duration.ofMillis(1 + random.nextInt(50)));
			case 1 -> sent.call.grant.unanswered();
			default -> sent.call.grant.answered();
		}
	}

	private void arrive(QuotaRequest request, long at) {
		this.sent.incrementAndGet();
		for (Quota quota : request.operation().quotas()) {
			int slots = (quota.unit() == Unit.CALLS) ? 1 : request.messages();
			this.arrivals.get(quota).add(new long[] { at, slots });
		}
	}

	private long now() {
		return this.time.now(TimeUnit.NANOSECONDS);
	}

	private int waiting() {
		return this.limiter.snapshots().stream().mapToInt(QuotaSnapshot::waiting).sum();
	}

	private static void assertWindows(Quota quota, Queue<long[]> arrivals) {
		List<long[]> sorted = new ArrayList<>(arrivals);
		sorted.sort(Comparator.comparingLong((arrival) -> arrival[0]));
		long window = quota.window().toNanos();
		long held = 0;
		long most = 0;
		int first = 0;
		for (long[] arrival : sorted) {
			held += arrival[1];
			while (sorted.get(first)[0] <= arrival[0] - window) {
				held -= sorted.get(first++)[1];
			}
			most = Math.max(most, held);
		}
		assertThat(most).as(quota.name()).isLessThanOrEqualTo(quota.limit()).isGreaterThan(quota.limit() / 4);
	}

	/**
	 * Time that every thread may move on. Who moves it runs what is due.
	 */
	private static final class SharedTime implements Scheduler {

		private final AtomicLong nanos = new AtomicLong();

		private final Queue<Task> tasks = new PriorityQueue<>(Comparator.comparingLong(Task::due));

		private void advance(Duration duration) {
			this.nanos.addAndGet(duration.toNanos());
			Task task = next();
			while (task != null) {
				task.run.run();
				task = next();
			}
		}

		private synchronized Task next() {
			Task task = this.tasks.peek();
			return (task != null && task.due <= this.nanos.get()) ? this.tasks.remove() : null;
		}

		@Override
		public synchronized Disposable schedule(Runnable run, long delay, TimeUnit unit) {
			Task task = new Task(this.nanos.get() + unit.toNanos(delay), run);
			this.tasks.add(task);
			return () -> remove(task);
		}

		private synchronized void remove(Task task) {
			this.tasks.remove(task);
		}

		@Override
		public Disposable schedule(Runnable run) {
			return schedule(run, 0, TimeUnit.NANOSECONDS);
		}

		@Override
		public long now(TimeUnit unit) {
			return unit.convert(this.nanos.get(), TimeUnit.NANOSECONDS);
		}

		@Override
		public Worker createWorker() {
			return Schedulers.immediate().createWorker();
		}

		private static final class Task {

			private final long due;

			private final Runnable run;

			private Task(long due, Runnable run) {
				this.due = due;
				this.run = run;
			}

			private long due() {
				return this.due;
			}

		}

	}

	private record Sent(Call call, long arrival) {
	}

	/**
	 * A call that may be cancelled at any time, also while and after it is granted.
	 */
	private final class Call implements CoreSubscriber<Grant> {

		private final QuotaRequest request;

		/**
		 * Who came first: the one that sends it, or the one that cancels it.
		 */
		private final AtomicInteger claimed = new AtomicInteger();

		private volatile Subscription subscription;

		private volatile Grant grant;

		private Call(QuotaRequest request) {
			this.request = request;
		}

		private void cancel() {
			if (this.claimed.getAndSet(1) == 0) {
				this.subscription.cancel();
			}
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.subscription = subscription;
			subscription.request(Long.MAX_VALUE);
		}

		@Override
		public void onNext(Grant grant) {
			this.grant = grant;
			QuotaLimiterPropertyTests.this.open.incrementAndGet();
			QuotaLimiterPropertyTests.this.granted.add(this);
		}

		@Override
		public void onError(Throwable error) {
			QuotaLimiterPropertyTests.this.refused.incrementAndGet();
		}

		@Override
		public void onComplete() {
		}

	}

}
