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

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.imspring.error.ListenerGuard;
import io.github.imspring.error.ObservationGuard;
import io.github.imspring.observation.ImClientObservationDocumentation.WaitKey;
import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Quota;
import io.github.imspring.operation.Quota.Unit;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Observes the calls of one account. The observation of the caller, from the Reactor
 * context or else from the thread that subscribes, is the parent; the wait for a grant
 * and the HTTP requests become children.
 *
 * @since 0.1.0
 */
public final class CallObservations {

	/**
	 * The account of an application that has only one.
	 */
	public static final String DEFAULT_ACCOUNT = "default";

	/**
	 * Observes nothing.
	 */
	public static final CallObservations NOOP = new CallObservations(ObservationRegistry.NOOP, null, DEFAULT_ACCOUNT,
			CallListener.NONE);

	/**
	 * The most operations whose keys are remembered.
	 */
	private static final int MOST = 256;

	private static final ImClientObservationConvention DEFAULT_CONVENTION = new DefaultImClientObservationConvention();

	private final ObservationRegistry registry;

	private final @Nullable ImClientObservationConvention convention;

	private final String account;

	private final CallListener listener;

	private final Map<String, CallKeys> keys = new ConcurrentHashMap<>();

	/**
	 * Creates what observes the calls.
	 * @param registry where observations are reported
	 * @param convention names and tags them, or {@code null} for the default
	 * @param account the account that the calls are made with, as metrics name it
	 * @param listener hears what becomes of the calls, whether they are observed or not
	 */
	public CallObservations(ObservationRegistry registry, @Nullable ImClientObservationConvention convention,
			String account, CallListener listener) {
		this.registry = registry;
		this.convention = convention;
		this.account = account;
		this.listener = listener;
	}

	/**
	 * Observes a call with one result.
	 * @param <T> the type of the result
	 * @param observed the call as observers see it
	 * @param call the call
	 * @return the call, observed from its subscription on
	 */
	public <T> Mono<T> observe(ObservedCall observed, Mono<T> call) {
		if (observesNothing()) {
			return call;
		}
		return ObservedStream.mono(call, (view) -> start(observed, view));
	}

	/**
	 * Observes a call with a stream of results.
	 * @param <T> the type of the results
	 * @param observed the call as observers see it
	 * @param call the call
	 * @return the call, observed from its subscription on
	 */
	public <T> Flux<T> observe(ObservedCall observed, Flux<T> call) {
		if (observesNothing()) {
			return call;
		}
		return ObservedStream.flux(call, (view) -> start(observed, view));
	}

	/**
	 * Observes the wait for a grant, if there is one: a grant that comes at once is not
	 * observed.
	 * @param <T> the type of the grant
	 * @param observed the call that waits, as observers see it
	 * @param grant what it waits for
	 * @return the grant
	 */
	public <T> Mono<T> observeWait(ObservedCall observed, Mono<T> grant) {
		return this.registry.isNoop() ? grant : new ObservedWait<>(grant, (view) -> startWait(observed, view));
	}

	/**
	 * Reports that the service refused a call for its rate.
	 * @param observed the call as observers see it
	 * @param unit what the service counted too many of
	 * @param status the HTTP status
	 */
	public void rejected(ObservedCall observed, Unit unit, int status) {
		report((listener) -> listener.rejected(observed, quota(observed, unit), status));
	}

	/**
	 * Reports that a call is going to be repeated.
	 * @param observed the call as observers see it
	 * @param reason why it is repeated
	 */
	public void retrying(ObservedCall observed, RetryReason reason) {
		report((listener) -> listener.retrying(observed, reason));
	}

	/**
	 * The quota of the unit, or else the one that there is: that is the one that a
	 * rejection holds back.
	 */
	private static @Nullable Quota quota(ObservedCall observed, Unit unit) {
		Quota other = null;
		for (Quota quota : observed.operation().quotas()) {
			if (quota.unit() == unit) {
				return quota;
			}
			other = quota;
		}
		return other;
	}

	private boolean observesNothing() {
		return this.registry.isNoop() && this.listener == CallListener.NONE;
	}

	private RunningCall start(ObservedCall observed, ContextView view) {
		Operation operation = observed.operation();
		ImClientObservationContext context = new ImClientObservationContext(operation, this.account,
				keys(operation.name()));
		return new RunningCall(observed, context, startBelow(view, () -> ImClientObservationDocumentation.CALL
			.observation(this.convention, DEFAULT_CONVENTION, () -> context, this.registry)), this.listener);
	}

	private CallKeys keys(String operation) {
		CallKeys known = this.keys.get(operation);
		if (known != null) {
			return known;
		}
		CallKeys keys = new CallKeys(this.account, operation);
		if (this.keys.size() < MOST) {
			this.keys.put(operation, keys);
		}
		return keys;
	}

	private Observation startWait(ObservedCall observed, ContextView view) {
		return startBelow(view,
				() -> ImClientObservationDocumentation.WAIT.observation(this.registry)
					.contextualName(ImClientObservationDocumentation.WAIT.getContextualName())
					.lowCardinalityKeyValue(WaitKey.ACCOUNT.withValue(this.account))
					.lowCardinalityKeyValue(WaitKey.OPERATION.withValue(observed.operation().name())));
	}

	/**
	 * A handler or a convention that fails costs the observation and not the call.
	 */
	private Observation startBelow(ContextView view, Supplier<Observation> observation) {
		return ObservationGuard.start(this.registry, () -> {
			Observation created = observation.get();
			Observation parent = view.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
			return (parent != null) ? created.parentObservation(parent) : created;
		});
	}

	private void report(Consumer<CallListener> event) {
		ListenerGuard.report(this.listener, event);
	}

}
