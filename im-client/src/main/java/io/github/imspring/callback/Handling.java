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

import java.util.concurrent.atomic.AtomicBoolean;

import io.github.imspring.error.ListenerGuard;
import io.github.imspring.error.ObservationGuard;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import reactor.util.context.Context;

/**
 * The handling of a callback that is being observed. Whoever observes it cannot change
 * how it ends.
 */
final class Handling {

	private final Observation observation;

	private final AtomicBoolean ended = new AtomicBoolean();

	Handling(Observation observation) {
		this.observation = observation;
	}

	/**
	 * What makes it the parent of all that is observed below.
	 */
	Context asParent() {
		return this.observation.isNoop() ? Context.empty()
				: Context.of(ObservationThreadLocalAccessor.KEY, this.observation);
	}

	ObservationGuard.Scope openScope() {
		return ObservationGuard.openScope(this.observation);
	}

	void fail(Throwable failure) {
		ListenerGuard.report(this.observation, (observation) -> observation.error(failure));
	}

	/**
	 * Ends it, if nothing has.
	 */
	void end(String outcome) {
		if (this.ended.compareAndSet(false, true)) {
			ListenerGuard.report(this.observation,
					(observation) -> observation.lowCardinalityKeyValue("outcome", outcome).stop());
		}
	}

}
