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

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.imspring.error.ObservationGuard;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Observes a call from its subscription to its end. Its observation is the parent of all
 * that is observed below: in the Reactor context, and, because tracers prefer what a
 * thread is in, also of the thread that asks, with which all begins.
 */
final class ObservedStream {

	private ObservedStream() {
	}

	static <T> Mono<T> mono(Mono<T> source, Function<ContextView, RunningCall> starter) {
		return new MonoOperator<>(source) {
			@Override
			public void subscribe(CoreSubscriber<? super T> actual) {
				observe(actual, starter, true, this.source::subscribe);
			}
		};
	}

	static <T> Flux<T> flux(Flux<T> source, Function<ContextView, RunningCall> starter) {
		return new FluxOperator<>(source) {
			@Override
			public void subscribe(CoreSubscriber<? super T> actual) {
				observe(actual, starter, false, this.source::subscribe);
			}
		};
	}

	private static <T> void observe(CoreSubscriber<? super T> actual, Function<ContextView, RunningCall> starter,
			boolean single, Consumer<CoreSubscriber<T>> source) {
		source.accept(new ObservedSubscriber<>(actual, starter.apply(actual.currentContext()), single));
	}

	private static final class ObservedSubscriber<T> implements CoreSubscriber<T>, Subscription {

		private final CoreSubscriber<? super T> actual;

		private final RunningCall call;

		private final boolean single;

		private final Context context;

		private @Nullable Subscription source;

		ObservedSubscriber(CoreSubscriber<? super T> actual, RunningCall call, boolean single) {
			this.actual = actual;
			this.call = call;
			this.single = single;
			Context context = actual.currentContext();
			this.context = call.observation().isNoop() ? context
					: context.put(ObservationThreadLocalAccessor.KEY, call.observation());
		}

		@Override
		public Context currentContext() {
			return this.context;
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
			try (ObservationGuard.Scope scope = ObservationGuard.openScope(this.call.observation())) {
				Objects.requireNonNull(this.source).request(n);
			}
		}

		@Override
		public void cancel() {
			Objects.requireNonNull(this.source).cancel();
			this.call.cancel();
		}

		@Override
		public void onNext(T element) {
			if (this.single) {
				this.call.succeed();
			}
			this.actual.onNext(element);
		}

		@Override
		public void onError(Throwable failure) {
			this.call.fail(failure);
			this.actual.onError(failure);
		}

		@Override
		public void onComplete() {
			this.call.succeed();
			this.actual.onComplete();
		}

	}

}
