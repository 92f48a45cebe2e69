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

package io.github.imspring;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;

/**
 * A handler of observations that fails.
 *
 * @param at when it does
 */
public record FailingHandler(At at) implements ObservationHandler<Observation.Context> {

	@Override
	public boolean supportsContext(Observation.Context context) {
		return true;
	}

	@Override
	public void onStart(Observation.Context context) {
		failAt(At.START);
	}

	@Override
	public void onScopeOpened(Observation.Context context) {
		failAt(At.SCOPE_OPENED);
	}

	@Override
	public void onScopeClosed(Observation.Context context) {
		failAt(At.SCOPE_CLOSED);
	}

	@Override
	public void onError(Observation.Context context) {
		failAt(At.ERROR);
	}

	@Override
	public void onStop(Observation.Context context) {
		failAt(At.STOP);
	}

	private void failAt(At at) {
		if (this.at == at) {
			throw new IllegalStateException("on purpose");
		}
	}

	/**
	 * When a handler is called.
	 */
	public enum At {

		/**
		 * As the observation starts.
		 */
		START,

		/**
		 * As a scope is opened.
		 */
		SCOPE_OPENED,

		/**
		 * As a scope is closed.
		 */
		SCOPE_CLOSED,

		/**
		 * As an error is noted.
		 */
		ERROR,

		/**
		 * As the observation stops.
		 */
		STOP

	}

}
