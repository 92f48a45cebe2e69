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

package io.github.imspring.autoconfigure.metrics;

import java.util.List;

import io.github.imspring.autoconfigure.ImClientInstrumentation;
import io.github.imspring.autoconfigure.callback.ImCallbacks;
import io.github.imspring.callback.CallbackObserver;
import io.github.imspring.callback.CallbackOutcome;
import io.github.imspring.callback.CallbackReceiver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * The meters of callbacks that their observations do not give. All have the tag
 * {@code account}: the name under {@code im.accounts}, or {@code default}.
 * <table>
 * <caption>Meters</caption>
 * <tr>
 * <th>name</th>
 * <th>kind</th>
 * <th>further tags</th>
 * </tr>
 * <tr>
 * <td>{@code im.callback.received}</td>
 * <td>counter</td>
 * <td>{@code kind}, {@code outcome}</td>
 * </tr>
 * <tr>
 * <td>{@code im.callback.queue.size}</td>
 * <td>gauge of the events that wait for the listeners or are with them</td>
 * <td></td>
 * </tr>
 * <tr>
 * <td>{@code im.callback.queue.capacity}</td>
 * <td>gauge of the most events that do so</td>
 * <td></td>
 * </tr>
 * </table>
 *
 * @since 0.1.0
 */
public final class ImCallbackMetrics implements ImClientInstrumentation, SmartInitializingSingleton {

	/**
	 * What alerts look at is there from the start: a rate does not see the event that
	 * makes a counter.
	 */
	private static final List<CallbackOutcome> REFUSALS = List.of(CallbackOutcome.FORGED, CallbackOutcome.EXPIRED,
			CallbackOutcome.MALFORMED, CallbackOutcome.TOO_LARGE);

	private final MeterRegistry registry;

	private final ObjectProvider<ImCallbacks> callbacks;

	/**
	 * Creates the metrics.
	 * @param registry where the meters are registered
	 * @param callbacks the accounts whose queues are gauged, asked for when all beans are
	 * there
	 */
	public ImCallbackMetrics(MeterRegistry registry, ObjectProvider<ImCallbacks> callbacks) {
		this.registry = registry;
		this.callbacks = callbacks;
	}

	@Override
	public CallbackObserver callbackObserver(String account) {
		return (kind, outcome) -> received(account, kind, outcome).increment();
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.callbacks.ifAvailable((callbacks) -> callbacks.forEach(this::register));
	}

	private void register(ImCallbacks.Account account) {
		CallbackReceiver receiver = account.receiver();
		Gauge.builder("im.callback.queue.size", receiver, (source) -> source.snapshot().queued())
			.description("Events that wait for the listeners or are with them")
			.tag("account", account.name())
			.register(this.registry);
		Gauge.builder("im.callback.queue.capacity", receiver, (source) -> source.snapshot().capacity())
			.description("Most events that wait for the listeners or are with them")
			.tag("account", account.name())
			.register(this.registry);
		REFUSALS.forEach((outcome) -> received(account.name(), CallbackObserver.NO_KIND, outcome));
		received(account.name(), "message", CallbackOutcome.OVERFLOWED);
	}

	private Counter received(String account, String kind, CallbackOutcome outcome) {
		return Counter.builder("im.callback.received")
			.description("Callbacks that the service sent, or somebody else")
			.tag("account", account)
			.tag("kind", kind)
			.tag("outcome", outcome.tag())
			.register(this.registry);
	}

}
