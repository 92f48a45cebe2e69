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

package io.github.imspring.error;

import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what handlers and conventions of observations throw from what is observed.
 *
 * @since 0.1.0
 */
public final class ObservationGuard {

	private ObservationGuard() {
	}

	/**
	 * Starts an observation. What is thrown meanwhile is logged.
	 * @param registry where it is reported
	 * @param observation makes it
	 * @return the observation, or {@link Observation#NOOP} if it could not be started
	 */
	public static Observation start(ObservationRegistry registry, Supplier<Observation> observation) {
		try {
			return observation.get().start();
		}
		catch (RuntimeException ex) {
			ListenerGuard.failed(registry, ex);
			return Observation.NOOP;
		}
	}

	/**
	 * Opens a scope. What is thrown by that, or when it is closed, is logged, and leaves
	 * the thread in the scope that it was in.
	 * @param observation the observation
	 * @return the scope, to be closed on the same thread
	 */
	public static Scope openScope(Observation observation) {
		ObservationRegistry registry = observation.getObservationRegistry();
		Observation.Scope before = registry.getCurrentObservationScope();
		try {
			return new Scope(registry, before, observation.openScope());
		}
		catch (RuntimeException ex) {
			ListenerGuard.failed(registry, ex);
			Observation.Scope halfOpen = registry.getCurrentObservationScope();
			return new Scope(registry, before,
					(halfOpen == null || halfOpen == before) ? Observation.Scope.NOOP : halfOpen);
		}
	}

	/**
	 * A scope that closes whatever its handlers throw.
	 *
	 * @since 0.1.0
	 */
	public static final class Scope implements AutoCloseable {

		private final ObservationRegistry registry;

		private final Observation.@Nullable Scope before;

		private final Observation.Scope scope;

		private Scope(ObservationRegistry registry, Observation.@Nullable Scope before, Observation.Scope scope) {
			this.registry = registry;
			this.before = before;
			this.scope = scope;
		}

		@Override
		public void close() {
			ListenerGuard.report(this.scope, Observation.Scope::close);
			this.registry.setCurrentObservationScope(this.before);
		}

	}

}
