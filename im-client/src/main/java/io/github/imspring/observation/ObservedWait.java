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

package io.github.imspring.observation;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.github.imspring.error.ListenerGuard;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Starts an observation when the source was asked and did not answer on the spot, and
 * stops it with the answer. All signals go through untouched, so that what crosses a
 * cancellation is the source's own affair.
 *
 * @param <T> the type of the answer
 */
final class ObservedWait<T> extends MonoOperator<T, T> {

	private final Function<ContextView, Observation> starter;

	ObservedWait(Mono<T> source, Function<ContextView, Observation> starter) {
		super(source);
		this.starter = starter;
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		this.source.subscribe(new Waiting<>(actual, this.starter));
	}

	private static final class Waiting<T> implements CoreSubscriber<T>, Subscription {

		private final CoreSubscriber<? super T> actual;

		private final Function<ContextView, Observation> starter;

		private final AtomicReference<Wait> wait = new AtomicReference<>(Wait.NOT_BEGUN);

		private @Nullable Subscription upstream;

		Waiting(CoreSubscriber<? super T> actual, Function<ContextView, Observation> starter) {
			this.actual = actual;
			this.starter = starter;
		}

		@Override
		public Context currentContext() {
			return this.actual.currentContext();
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.upstream = subscription;
			this.actual.onSubscribe(this);
		}

		@Override
		public void request(long n) {
			Subscription subscription = this.upstream;
			if (subscription != null) {
				subscription.request(n);
				begin();
			}
		}

		@Override
		public void cancel() {
			end(null);
			Subscription subscription = this.upstream;
			if (subscription != null) {
				subscription.cancel();
			}
		}

		@Override
		public void onNext(T answer) {
			end(null);
			this.actual.onNext(answer);
		}

		@Override
		public void onError(Throwable failure) {
			end(failure);
			this.actual.onError(failure);
		}

		@Override
		public void onComplete() {
			end(null);
			this.actual.onComplete();
		}

		private void begin() {
			if (this.wait.get() == Wait.NOT_BEGUN) {
				Wait begun = new Wait(this.starter.apply(currentContext()));
				if (!this.wait.compareAndSet(Wait.NOT_BEGUN, begun)) {
					begun.end(null);
				}
			}
		}

		private void end(@Nullable Throwable failure) {
			Wait before = this.wait.getAndSet(Wait.OVER);
			if (before != null) {
				before.end(failure);
			}
		}

	}

	/**
	 * Compared by identity: two waits are never equal.
	 */
	private static final class Wait {

		private static final Wait NOT_BEGUN = new Wait(null);

		private static final Wait OVER = new Wait(null);

		private final @Nullable Observation observation;

		Wait(@Nullable Observation observation) {
			this.observation = observation;
		}

		void end(@Nullable Throwable failure) {
			if (this.observation != null) {
				ListenerGuard.report(this.observation, (observation) -> {
					if (failure != null) {
						observation.error(failure);
					}
					observation.stop();
				});
			}
		}

	}

}
