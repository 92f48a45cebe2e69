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

import java.util.concurrent.atomic.AtomicBoolean;

import io.github.imspring.error.ImApiException;
import io.github.imspring.error.ListenerGuard;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * A call that is being observed. Whoever observes it cannot change how it ends.
 */
final class RunningCall {

	private static final int SUCCESS = 200;

	private final ObservedCall call;

	private final ImClientObservationContext context;

	private final Observation observation;

	private final CallListener listener;

	private final AtomicBoolean ended = new AtomicBoolean();

	RunningCall(ObservedCall call, ImClientObservationContext context, Observation observation, CallListener listener) {
		this.call = call;
		this.context = context;
		this.observation = observation;
		this.listener = listener;
	}

	Observation observation() {
		return this.observation;
	}

	void succeed() {
		if (begin()) {
			this.context.setStatus(SUCCESS);
			end(CallOutcome.SUCCESS, null);
		}
	}

	void fail(Throwable failure) {
		if (begin()) {
			if (failure instanceof ImApiException ex && ex.status() > 0) {
				this.context.setStatus(ex.status());
			}
			end(CallOutcome.of(failure), failure);
		}
	}

	void cancel() {
		if (begin()) {
			end(CallOutcome.CANCELLED, null);
		}
	}

	private boolean begin() {
		return this.ended.compareAndSet(false, true);
	}

	private void end(CallOutcome outcome, @Nullable Throwable failure) {
		this.context.setOutcome(outcome);
		ListenerGuard.report(this.observation, (observation) -> {
			if (failure != null) {
				observation.error(failure);
			}
			observation.stop();
		});
		ListenerGuard.report(this.listener, (listener) -> listener.ended(this.call, outcome, failure));
	}

}
