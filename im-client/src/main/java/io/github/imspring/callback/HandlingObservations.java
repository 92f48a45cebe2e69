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

import io.github.imspring.error.ObservationGuard;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Observes the handling of callbacks, below the request that they came with:
 * {@code im.callback.handling}, with {@code account}, {@code kind} and {@code outcome}.
 */
final class HandlingObservations {

	private static final String NAME = "im.callback.handling";

	private final ObservationRegistry registry;

	private final String account;

	HandlingObservations(ObservationRegistry registry, String account) {
		this.registry = registry;
		this.account = account;
	}

	/**
	 * The observation of the request: in the Reactor context, or else of the thread.
	 */
	@Nullable Observation receiving(ContextView context) {
		Observation receiving = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
		return (receiving != null) ? receiving : this.registry.getCurrentObservation();
	}

	Handling start(String kind, @Nullable Observation receiving) {
		return new Handling(ObservationGuard.start(this.registry,
				() -> Observation.createNotStarted(NAME, this.registry)
					.contextualName("im callback " + kind)
					.lowCardinalityKeyValue("account", this.account)
					.lowCardinalityKeyValue("kind", kind)
					.parentObservation(receiving)));
	}

}
