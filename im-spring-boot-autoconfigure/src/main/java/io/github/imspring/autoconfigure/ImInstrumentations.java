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

package io.github.imspring.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.github.imspring.callback.CallbackObserver;
import io.github.imspring.error.ListenerGuard;
import io.github.imspring.observation.CallListener;
import io.github.imspring.observation.CallOutcome;
import io.github.imspring.observation.ObservedCall;
import io.github.imspring.observation.RetryReason;
import io.github.imspring.operation.Quota;
import io.github.imspring.quota.QuotaListener;
import io.github.imspring.quota.QuotaStoreState;
import io.github.imspring.token.TokenRefreshListener;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * All {@link ImClientInstrumentation} beans as one.
 *
 * @since 0.1.0
 */
public final class ImInstrumentations implements ImClientInstrumentation {

	private final ObjectProvider<ImClientInstrumentation> instrumentations;

	/**
	 * Creates the one.
	 * @param instrumentations the beans, asked for when an account is set up
	 */
	public ImInstrumentations(ObjectProvider<ImClientInstrumentation> instrumentations) {
		this.instrumentations = instrumentations;
	}

	@Override
	public CallListener callListener(String account) {
		List<CallListener> listeners = this.instrumentations.orderedStream()
			.map((instrumentation) -> instrumentation.callListener(account))
			.toList();
		return listeners.isEmpty() ? CallListener.NONE : new CallListeners(listeners);
	}

	@Override
	public QuotaListener quotaListener(String account) {
		return new QuotaListeners(this.instrumentations.orderedStream()
			.map((instrumentation) -> instrumentation.quotaListener(account))
			.toList());
	}

	@Override
	public TokenRefreshListener tokenRefreshListener(String account) {
		List<TokenRefreshListener> listeners = this.instrumentations.orderedStream()
			.map((instrumentation) -> instrumentation.tokenRefreshListener(account))
			.toList();
		return (duration, failure) -> report(listeners, (listener) -> listener.onRefresh(duration, failure));
	}

	@Override
	public CallbackObserver callbackObserver(String account) {
		List<CallbackObserver> observers = this.instrumentations.orderedStream()
			.map((instrumentation) -> instrumentation.callbackObserver(account))
			.toList();
		return (kind, outcome) -> report(observers, (observer) -> observer.received(kind, outcome));
	}

	/**
	 * One listener that fails keeps nothing from the others.
	 */
	private static <T> void report(List<T> listeners, Consumer<T> event) {
		listeners.forEach((listener) -> ListenerGuard.report(listener, event));
	}

	private record CallListeners(List<CallListener> listeners) implements CallListener {

		@Override
		public void rejected(ObservedCall call, @Nullable Quota quota, int status) {
			report(this.listeners, (listener) -> listener.rejected(call, quota, status));
		}

		@Override
		public void retrying(ObservedCall call, RetryReason reason) {
			report(this.listeners, (listener) -> listener.retrying(call, reason));
		}

		@Override
		public void ended(ObservedCall call, CallOutcome outcome, @Nullable Throwable failure) {
			report(this.listeners, (listener) -> listener.ended(call, outcome, failure));
		}

	}

	private record QuotaListeners(List<QuotaListener> listeners) implements QuotaListener {

		@Override
		public void granted(Quota quota, Duration waited) {
			report(this.listeners, (listener) -> listener.granted(quota, waited));
		}

		@Override
		public void notPermitted(Quota quota) {
			report(this.listeners, (listener) -> listener.notPermitted(quota));
		}

		@Override
		public void throttled(Quota quota, Duration heldBackFor) {
			report(this.listeners, (listener) -> listener.throttled(quota, heldBackFor));
		}

		@Override
		public void storeChanged(QuotaStoreState state) {
			report(this.listeners, (listener) -> listener.storeChanged(state));
		}

	}

}
