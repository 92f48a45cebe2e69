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

package io.github.imspring.callback;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import io.github.imspring.error.ObservationGuard;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

/**
 * Calls the listeners with an event, each even if another fails.
 */
final class EventHandler implements Consumer<QueuedEvent> {

	private final List<PostDeliveryListener> listeners;

	private final HandlingObservations observations;

	private final ThrottledLog log;

	private final LongAdder failures = new LongAdder();

	EventHandler(List<PostDeliveryListener> listeners, HandlingObservations observations, InstantSource clock) {
		this.listeners = listeners;
		this.observations = observations;
		this.log = new ThrottledLog(LogFactory.getLog(EventHandler.class), clock);
	}

	long failures() {
		return this.failures.sum();
	}

	@Override
	public void accept(QueuedEvent queued) {
		CallbackEvent event = queued.event();
		Handling handling = this.observations.start(event.kind(), queued.receiving());
		Throwable failure;
		try (ObservationGuard.Scope scope = handling.openScope()) {
			failure = call(event);
		}
		if (failure != null) {
			this.failures.increment();
			handling.fail(failure);
		}
		handling.end((failure != null) ? "failed" : "handled");
	}

	/**
	 * The failure of the first listener that failed.
	 */
	private @Nullable Throwable call(CallbackEvent event) {
		Throwable first = null;
		for (PostDeliveryListener listener : this.listeners) {
			try {
				listener.onEvent(event);
			}
			catch (Throwable ex) {
				Exceptions.throwIfJvmFatal(ex);
				first = (first != null) ? first : ex;
				this.log.warn("A listener of type %s failed for a callback of kind '%s' to account '%s'"
					.formatted(listener.getClass().getName(), event.kind(), event.account()), ex);
			}
		}
		return first;
	}

}
