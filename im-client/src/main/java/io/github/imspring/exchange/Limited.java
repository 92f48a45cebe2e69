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

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Puts a stream under a {@link Limit}, which does not count the time that the subscriber
 * takes for an element. An element that crosses the end of the stream is discarded, never
 * lost: whoever owns it is asked to release it.
 */
final class Limited {

	private Limited() {
	}

	/**
	 * Limits a stream that is subscribed to once.
	 */
	static <T> Mono<T> mono(Mono<T> source, Limit limit) {
		return new MonoOperator<>(source) {
			@Override
			public void subscribe(CoreSubscriber<? super T> actual) {
				this.source.subscribe(new LimitedMonoSubscriber<>(actual, limit));
			}
		};
	}

	/**
	 * Limits a stream that is subscribed to once.
	 */
	static <T> Flux<T> flux(Flux<T> source, Limit limit) {
		return new FluxOperator<>(source) {
			@Override
			public void subscribe(CoreSubscriber<? super T> actual) {
				this.source.subscribe(new LimitedSubscriber<>(actual, limit));
			}
		};
	}

	private static class LimitedSubscriber<T> implements CoreSubscriber<T>, Subscription {

		private static final int IDLE = 0;

		private static final int EMITTING = 1;

		/**
		 * Ended from outside while an element was being emitted, so that whoever emits it
		 * reports the failure.
		 */
		private static final int CUT_WHILE_EMITTING = 2;

		private static final int ENDED = 3;

		final CoreSubscriber<? super T> actual;

		private final Limit limit;

		private final AtomicInteger state = new AtomicInteger(IDLE);

		private final AtomicBoolean begun = new AtomicBoolean();

		private @Nullable Subscription source;

		private volatile @Nullable Throwable failure;

		LimitedSubscriber(CoreSubscriber<? super T> actual, Limit limit) {
			this.actual = actual;
			this.limit = limit;
		}

		@Override
		public Context currentContext() {
			return this.actual.currentContext();
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			if (Operators.validate(this.source, subscription)) {
				this.source = subscription;
				this.actual.onSubscribe(this);
			}
		}

		@Override
		public void request(long n) {
			if (this.begun.compareAndSet(false, true)) {
				this.limit.begin(this::cut);
				if (this.state.get() >= CUT_WHILE_EMITTING) {
					this.limit.ended();
				}
			}
			this.limit.requested(n);
			source().request(n);
		}

		@Override
		public void onNext(T element) {
			if (!this.state.compareAndSet(IDLE, EMITTING)) {
				Operators.onDiscard(element, currentContext());
				return;
			}
			this.limit.passed();
			this.actual.onNext(element);
			this.limit.handled();
			if (!this.state.compareAndSet(EMITTING, IDLE) && this.state.getAndSet(ENDED) == CUT_WHILE_EMITTING) {
				fail(Objects.requireNonNull(this.failure));
			}
		}

		@Override
		public void onError(Throwable failure) {
			if (terminate()) {
				fail(failure);
			}
		}

		@Override
		public void onComplete() {
			if (terminate()) {
				this.actual.onComplete();
			}
		}

		@Override
		public void cancel() {
			int before = this.state.getAndSet(ENDED);
			if (before != ENDED) {
				this.limit.cancelled();
			}
			if (before < CUT_WHILE_EMITTING) {
				this.limit.ended();
				source().cancel();
			}
		}

		final boolean terminate() {
			return ended(
					this.state.getAndUpdate((state) -> (state == CUT_WHILE_EMITTING) ? CUT_WHILE_EMITTING : ENDED));
		}

		private boolean ended(int before) {
			if (before >= CUT_WHILE_EMITTING) {
				return false;
			}
			this.limit.ended();
			return true;
		}

		private void cut(Throwable failure) {
			this.failure = failure;
			int before = this.state
				.getAndUpdate((state) -> (state == IDLE) ? ENDED : (state == EMITTING) ? CUT_WHILE_EMITTING : state);
			if (before >= CUT_WHILE_EMITTING) {
				return;
			}
			this.limit.ended();
			source().cancel();
			if (before == IDLE) {
				fail(failure);
			}
		}

		private void fail(Throwable failure) {
			this.actual.onError(this.limit.explain(failure));
		}

		private Subscription source() {
			return Objects.requireNonNull(this.source);
		}

	}

	/**
	 * Ends with its element, not behind it.
	 */
	private static final class LimitedMonoSubscriber<T> extends LimitedSubscriber<T> {

		LimitedMonoSubscriber(CoreSubscriber<? super T> actual, Limit limit) {
			super(actual, limit);
		}

		@Override
		public void onNext(T element) {
			if (!terminate()) {
				Operators.onDiscard(element, currentContext());
				return;
			}
			this.actual.onNext(element);
			this.actual.onComplete();
		}

	}

}
