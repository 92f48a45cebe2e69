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

package io.github.imspring.message;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.imspring.error.ImCancelledException;
import io.github.imspring.error.ImException;
import io.github.imspring.operation.Operation;
import io.github.imspring.validation.Bounds;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.concurrent.Queues;
import reactor.util.context.Context;

/**
 * A message on its way to many recipients. Takes them from the source as calls end and
 * the subscriber reads, and accounts for each that it took: with a delivery to the
 * subscriber or, once that has cancelled, to its discard hook.
 * <p>
 * Whatever happens is left in a queue or a flag, and whoever leaves it does the work of
 * {@link #drain}; all other state belongs to the one thread that drains.
 */
final class BulkSend implements CoreSubscriber<String>, Subscription {

	private final CoreSubscriber<? super Delivery> subscriber;

	private final BulkOptions options;

	private final Destination destination;

	private final Function<Chunk, Mono<SendResult>> sender;

	private final Scheduler scheduler;

	private final AtomicInteger wip = new AtomicInteger();

	private final AtomicLong requested = new AtomicLong();

	private final Queue<String> arrivals = Queues.<String>unbounded().get();

	private final Queue<Chunk> ended = Queues.<Chunk>unboundedMultiproducer().get();

	private @Nullable Subscription source;

	private volatile @Nullable Throwable sourceFailure;

	private volatile boolean sourceDone;

	private volatile boolean delayOver;

	private volatile boolean cancelled;

	// Of the thread that drains.

	private final Deque<Waiting> pending = new ArrayDeque<>();

	private final Set<Chunk> calls = new HashSet<>();

	private final Deque<Delivery> deliveries = new ArrayDeque<>();

	private final @Nullable Set<String> seen;

	private final int capacity;

	private int awaited;

	private int inCalls;

	private Disposable timer = Disposables.disposed();

	private boolean timed;

	/**
	 * How many calls at a time the limiter lets wait, as far as is known.
	 */
	private int allowed;

	private int endedAtAllowed;

	private boolean started;

	private @Nullable ImException closed;

	private boolean done;

	private BulkSend(CoreSubscriber<? super Delivery> subscriber, Destination destination, BulkOptions options,
			Function<Chunk, Mono<SendResult>> sender, Scheduler scheduler) {
		this.subscriber = subscriber;
		this.destination = destination;
		this.options = options;
		this.sender = sender;
		this.scheduler = scheduler;
		this.seen = (options.duplicates() == Duplicates.SEND_ONCE) ? new HashSet<>() : null;
		this.allowed = options.concurrency();
		this.capacity = (int) Math.min((options.concurrency() + 2L) * options.chunkSize(), Integer.MAX_VALUE / 2);
	}

	/**
	 * A bulk send that begins anew for each subscriber.
	 * @param destination what the recipients are
	 * @param recipients the source
	 * @param sender makes a call
	 * @param scheduler times the delay of calls that do not fill
	 */
	static Flux<Delivery> of(Destination destination, Publisher<String> recipients, BulkOptions options,
			Function<Chunk, Mono<SendResult>> sender, Scheduler scheduler) {
		return new Flux<>() {

			@Override
			public void subscribe(CoreSubscriber<? super Delivery> subscriber) {
				Flux.from(recipients).subscribe(new BulkSend(subscriber, destination, options, sender, scheduler));
			}

		};
	}

	static ImCancelledException cancelled(Operation operation, boolean mayHaveBeenProcessed) {
		return new ImCancelledException(operation.name(),
				mayHaveBeenProcessed ? "the bulk send was cancelled before the answer came"
						: "the bulk send was cancelled, and the message was not sent",
				mayHaveBeenProcessed);
	}

	// What happens

	@Override
	public Context currentContext() {
		return this.subscriber.currentContext();
	}

	@Override
	public void onSubscribe(Subscription source) {
		if (Operators.validate(this.source, source)) {
			this.source = source;
			this.subscriber.onSubscribe(this);
		}
	}

	@Override
	public void onNext(String recipient) {
		this.arrivals.add(recipient);
		drain();
	}

	@Override
	public void onError(Throwable failure) {
		this.sourceFailure = failure;
		onComplete();
	}

	@Override
	public void onComplete() {
		this.sourceDone = true;
		drain();
	}

	@Override
	public void request(long n) {
		if (Operators.validate(n)) {
			this.requested.accumulateAndGet(n, Operators::addCap);
			drain();
		}
	}

	@Override
	public void cancel() {
		this.cancelled = true;
		drain();
	}

	private void callEnded(Chunk call) {
		this.ended.add(call);
		drain();
	}

	private void delayOver() {
		this.delayOver = true;
		drain();
	}

	// What follows from it

	private void drain() {
		if (this.wip.getAndIncrement() != 0) {
			return;
		}
		int missed = 1;
		do {
			if (this.cancelled || this.done) {
				giveUp();
			}
			else {
				proceed();
			}
			missed = this.wip.addAndGet(-missed);
		}
		while (missed != 0);
	}

	private void proceed() {
		// Read before the queue, so that nothing comes behind it.
		boolean complete = this.sourceDone;
		takeArrivals();
		takeEnded();
		send(complete);
		deliver();
		if (complete && this.pending.isEmpty() && this.calls.isEmpty() && this.deliveries.isEmpty()) {
			finish();
		}
		else if (!complete && this.closed == null && !this.cancelled) {
			awaitMore();
		}
	}

	private void takeArrivals() {
		String recipient = this.arrivals.poll();
		while (recipient != null) {
			this.awaited--;
			if (this.closed != null) {
				this.deliveries.add(Delivery.failed(recipient, this.closed));
			}
			else if (recipient.isEmpty()) {
				this.deliveries.add(Delivery.failed(recipient, Bounds.of(this.destination.operation())
					.violated(this.destination.field(), "must not have an empty ID")));
			}
			else if (this.seen == null || this.seen.add(SendResult.identity(recipient))) {
				this.pending.add(new Waiting(recipient, now()));
			}
			recipient = this.arrivals.poll();
		}
	}

	private void takeEnded() {
		Deque<Chunk> refused = new ArrayDeque<>();
		int done = 0;
		Chunk call = this.ended.poll();
		while (call != null) {
			this.calls.remove(call);
			this.inCalls -= call.recipients().size();
			if (call.notPermitted()) {
				refused.push(call);
			}
			else {
				done++;
				this.deliveries.addAll(call.deliveries());
				ImException failure = call.closed();
				if (failure != null && this.closed == null) {
					close(failure);
				}
			}
			call = this.ended.poll();
		}
		if (refused.isEmpty()) {
			widen(done);
		}
		else {
			narrow(refused, done);
		}
	}

	/**
	 * One more call at a time whenever as many as are allowed have ended.
	 */
	private void widen(int done) {
		this.endedAtAllowed += done;
		if (this.endedAtAllowed >= this.allowed) {
			this.endedAtAllowed = 0;
			this.allowed = Math.min(this.allowed + 1, this.options.concurrency());
		}
	}

	/**
	 * Too many calls were waiting. Those refused go once others of this bulk send have
	 * ended. If there are none, nobody knows when.
	 * @param refused the last first
	 */
	private void narrow(Deque<Chunk> refused, int done) {
		this.endedAtAllowed = 0;
		this.allowed = Math.max(1, this.calls.size() + done);
		if (this.closed != null || this.calls.size() + done == 0) {
			refused.descendingIterator().forEachRemaining((call) -> this.deliveries.addAll(call.deliveries()));
			return;
		}
		long since = now() - delay();
		for (Chunk call : refused) {
			List<String> recipients = call.recipients();
			for (int i = recipients.size() - 1; i >= 0; i--) {
				this.pending.push(new Waiting(recipients.get(i), since));
			}
		}
	}

	/**
	 * The client is closed: whoever is left in the source must be left for another time.
	 */
	private void close(ImException failure) {
		this.closed = failure;
		cancelSource();
		this.pending.forEach((waiting) -> this.deliveries.add(Delivery.failed(waiting.recipient(), failure)));
		this.pending.clear();
		onComplete();
	}

	private void send(boolean complete) {
		if (this.delayOver) {
			this.delayOver = false;
			this.timed = false;
		}
		while (this.calls.size() < this.allowed && !this.pending.isEmpty()
				&& (complete || this.pending.size() >= this.options.chunkSize() || overdue())) {
			Chunk call = new Chunk(this.destination.operation(), nextChunk(), currentContext(), this::callEnded);
			this.calls.add(call);
			this.inCalls += call.recipients().size();
			this.sender.apply(call).subscribe(call);
		}
	}

	private boolean overdue() {
		Waiting first = this.pending.peek();
		return first != null && now() - first.since() >= delay();
	}

	/**
	 * The next recipients, each of them once: an answer has one id for each.
	 */
	private List<String> nextChunk() {
		Map<String, String> chunk = new LinkedHashMap<>();
		Iterator<Waiting> waiting = this.pending.iterator();
		while (chunk.size() < this.options.chunkSize() && waiting.hasNext()) {
			String recipient = waiting.next().recipient();
			if (chunk.putIfAbsent(SendResult.identity(recipient), recipient) == null) {
				waiting.remove();
			}
		}
		return new ArrayList<>(chunk.values());
	}

	private void deliver() {
		long wanted = this.requested.get();
		long delivered = 0;
		while (delivered < wanted && !this.deliveries.isEmpty() && !this.cancelled) {
			this.subscriber.onNext(this.deliveries.remove());
			delivered++;
		}
		if (wanted != Long.MAX_VALUE) {
			this.requested.addAndGet(-delivered);
		}
	}

	/**
	 * Asks for more recipients, no more than there is room for, and sees to it that those
	 * who are there do not wait for them too long.
	 */
	private void awaitMore() {
		this.started |= this.requested.get() > 0;
		int taken = this.pending.size() + this.inCalls + this.deliveries.size();
		int free = this.capacity - this.awaited - taken;
		if (this.started && free >= this.options.chunkSize()) {
			this.awaited += free;
			if (this.source != null) {
				this.source.request(free);
			}
		}
		Waiting first = this.pending.peek();
		if (first != null && !this.timed && !overdue()) {
			this.timed = true;
			long left = first.since() + delay() - now();
			this.timer = this.scheduler.schedule(this::delayOver, left, TimeUnit.NANOSECONDS);
		}
	}

	private void finish() {
		this.done = true;
		this.timer.dispose();
		Throwable failure = (this.closed != null) ? this.closed : this.sourceFailure;
		if (failure != null) {
			this.subscriber.onError(failure);
		}
		else {
			this.subscriber.onComplete();
		}
	}

	/**
	 * Nobody is listening any more.
	 */
	private void giveUp() {
		if (!this.done) {
			this.done = true;
			cancelSource();
			this.timer.dispose();
			discard(this.deliveries);
			this.deliveries.clear();
			for (Chunk call : this.calls) {
				call.abort();
				discard(call.deliveries());
			}
			this.calls.clear();
			discardUnsent(
					this.pending.stream().map(Waiting::recipient).collect(Collectors.toCollection(ArrayDeque::new)));
			this.pending.clear();
		}
		discardUnsent(this.arrivals);
		this.ended.clear();
	}

	private void discardUnsent(Queue<String> recipients) {
		if (!recipients.isEmpty()) {
			ImCancelledException failure = cancelled(this.destination.operation(), false);
			String recipient = recipients.poll();
			while (recipient != null) {
				Operators.onDiscard(Delivery.failed(recipient, failure), currentContext());
				recipient = recipients.poll();
			}
		}
	}

	private void discard(Collection<Delivery> unread) {
		unread.forEach((delivery) -> Operators.onDiscard(delivery, currentContext()));
	}

	private void cancelSource() {
		if (this.source != null) {
			this.source.cancel();
		}
	}

	private long delay() {
		return this.options.maxDelay().toNanos();
	}

	private long now() {
		return this.scheduler.now(TimeUnit.NANOSECONDS);
	}

	/**
	 * One who waits for a call.
	 */
	private record Waiting(String recipient, long since) {
	}

}
