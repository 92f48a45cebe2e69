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

package io.github.imspring.sample.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.github.imspring.autoconfigure.ImClientInstrumentation;
import io.github.imspring.error.ImException;
import io.github.imspring.observation.CallListener;
import io.github.imspring.observation.CallOutcome;
import io.github.imspring.observation.ImClientObservationContext;
import io.github.imspring.observation.ObservedCall;
import io.github.imspring.observation.RetryReason;
import io.github.imspring.operation.Quota;
import io.github.imspring.quota.QuotaListener;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;

import org.springframework.stereotype.Component;

/**
 * Counts and times the calls to the service, and remembers the last that failed.
 */
@Component
class CallMeter implements ObservationHandler<ImClientObservationContext>, ImClientInstrumentation {

	private static final int ERRORS = 20;

	private final LongAdder succeeded = new LongAdder();

	private final LongAdder failed = new LongAdder();

	private final LongAdder retried = new LongAdder();

	private final Timings latency = new Timings();

	private final Timings wait = new Timings();

	private final Map<String, LongAdder> granted = new ConcurrentHashMap<>();

	private final Deque<FailedCall> errors = new ArrayDeque<>();

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof ImClientObservationContext;
	}

	@Override
	public void onStart(ImClientObservationContext context) {
		context.put(CallMeter.class, System.nanoTime());
	}

	@Override
	public void onStop(ImClientObservationContext context) {
		if (context.outcome() == CallOutcome.CANCELLED) {
			return;
		}
		Long begun = context.get(CallMeter.class);
		if (begun != null) {
			this.latency.add(System.nanoTime() - begun);
		}
		if (context.getError() == null) {
			this.succeeded.increment();
			return;
		}
		this.failed.increment();
		if (context.getError() instanceof ImException failure) {
			remember(FailedCall.of(Instant.now(), failure));
		}
	}

	private void remember(FailedCall error) {
		synchronized (this.errors) {
			if (this.errors.size() == ERRORS) {
				this.errors.removeLast();
			}
			this.errors.addFirst(error);
		}
	}

	@Override
	public CallListener callListener(String account) {
		return new CallListener() {

			@Override
			public void retrying(ObservedCall call, RetryReason reason) {
				CallMeter.this.retried.increment();
			}

		};
	}

	@Override
	public QuotaListener quotaListener(String account) {
		return new QuotaListener() {

			@Override
			public void granted(Quota quota, Duration waited) {
				CallMeter.this.granted.computeIfAbsent(quota.name(), (name) -> new LongAdder()).increment();
				if (!waited.isZero()) {
					CallMeter.this.wait.add(waited.toNanos());
				}
			}

		};
	}

	/**
	 * The last failed calls, the newest first.
	 */
	List<FailedCall> errors() {
		synchronized (this.errors) {
			return List.copyOf(this.errors);
		}
	}

	/**
	 * What happened since this was called last.
	 */
	Sample drain(long at, int waiting) {
		Map<String, Long> grants = new TreeMap<>();
		this.granted.forEach((quota, count) -> {
			long calls = count.sumThenReset();
			if (calls > 0) {
				grants.put(quota, calls);
			}
		});
		return new Sample(at, this.succeeded.sumThenReset(), this.failed.sumThenReset(), this.retried.sumThenReset(),
				waiting, this.latency.drain(), this.wait.drain(), grants);
	}

}
