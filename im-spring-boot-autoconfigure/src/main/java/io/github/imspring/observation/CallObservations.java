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

import java.util.function.Function;

import io.github.imspring.error.ImApiException;
import io.github.imspring.operation.Operation;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Observes calls. The observation of the caller, from the Reactor context or else from
 * the thread that subscribes, is the parent; the HTTP requests become children.
 */
public final class CallObservations {

	/**
	 * Observes nothing.
	 */
	public static final CallObservations NOOP = new CallObservations(ObservationRegistry.NOOP, null);

	private static final int SUCCESS = 200;

	private static final ImClientObservationConvention DEFAULT_CONVENTION = new DefaultImClientObservationConvention();

	private final ObservationRegistry registry;

	private final @Nullable ImClientObservationConvention convention;

	/**
	 * Creates what observes the calls.
	 * @param registry where observations are told
	 * @param convention names and tags them, or {@code null} for the default
	 */
	public CallObservations(ObservationRegistry registry, @Nullable ImClientObservationConvention convention) {
		this.registry = registry;
		this.convention = convention;
	}

	/**
	 * Observes a call with one result.
	 * @param <T> the type of the result
	 * @param operation the operation that is called
	 * @param call the call
	 * @return the call, observed from its subscription on
	 */
	public <T> Mono<T> observe(Operation operation, Mono<T> call) {
		if (this.registry.isNoop()) {
			return call;
		}
		return Mono.deferContextual((view) -> {
			Running running = start(operation, view);
			return call.doOnSuccess((result) -> running.succeed())
				.doOnError(running::fail)
				.doOnCancel(running::cancel)
				.contextWrite(running.asParent());
		});
	}

	/**
	 * Observes a call with a stream of results.
	 * @param <T> the type of the results
	 * @param operation the operation that is called
	 * @param call the call
	 * @return the call, observed from its subscription on
	 */
	public <T> Flux<T> observe(Operation operation, Flux<T> call) {
		if (this.registry.isNoop()) {
			return call;
		}
		return Flux.deferContextual((view) -> {
			Running running = start(operation, view);
			return call.doOnComplete(running::succeed)
				.doOnError(running::fail)
				.doOnCancel(running::cancel)
				.contextWrite(running.asParent());
		});
	}

	private Running start(Operation operation, ContextView view) {
		ImClientObservationContext context = new ImClientObservationContext(operation);
		Observation observation = ImClientObservationDocumentation.CALL.observation(this.convention, DEFAULT_CONVENTION,
				() -> context, this.registry);
		Observation parent = view.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
		if (parent != null) {
			observation.parentObservation(parent);
		}
		return new Running(context, observation.start());
	}

	private record Running(ImClientObservationContext context, Observation observation) {

		void succeed() {
			this.context.setStatus(SUCCESS);
			this.observation.stop();
		}

		void fail(Throwable failure) {
			if (failure instanceof ImApiException ex && ex.status() > 0) {
				this.context.setStatus(ex.status());
			}
			this.observation.error(failure).stop();
		}

		void cancel() {
			this.context.setCancelled();
			this.observation.stop();
		}

		Function<Context, Context> asParent() {
			return (context) -> context.put(ObservationThreadLocalAccessor.KEY, this.observation);
		}

	}

}
