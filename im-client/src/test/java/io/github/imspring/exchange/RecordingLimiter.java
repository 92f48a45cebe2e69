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

package io.github.imspring.exchange;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.imspring.operation.Quota.Unit;
import io.github.imspring.quota.Grant;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.quota.QuotaRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Grants everything at once and remembers what became of each grant.
 */
public final class RecordingLimiter implements QuotaLimiter {

	/**
	 * What was asked for, in order.
	 */
	public final List<QuotaRequest> requests = new CopyOnWriteArrayList<>();

	/**
	 * How each grant ended: released, answered, unanswered or rejected.
	 */
	public final List<String> ends = new CopyOnWriteArrayList<>();

	@Override
	public Mono<Grant> acquire(QuotaRequest request) {
		return Mono.fromSupplier(() -> {
			this.requests.add(request);
			return new RecordingGrant();
		});
	}

	private final class RecordingGrant implements Grant {

		private final AtomicBoolean ended = new AtomicBoolean();

		private volatile boolean sent;

		@Override
		public void sent() {
			this.sent = true;
		}

		@Override
		public void release() {
			end(this.sent ? "unanswered" : "released");
		}

		@Override
		public void answered() {
			end("answered");
		}

		@Override
		public void unanswered() {
			end("unanswered");
		}

		@Override
		public void throttled(Unit unit, @Nullable Duration retryAfter) {
			end("rejected " + unit + " " + retryAfter);
		}

		private void end(String how) {
			if (this.ended.compareAndSet(false, true)) {
				RecordingLimiter.this.ends.add(how);
			}
		}

	}

}
