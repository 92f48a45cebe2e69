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

package io.github.imspring.quota;

import java.time.Duration;

import io.github.imspring.error.ListenerGuard;
import io.github.imspring.quota.RateLimiters.PermitListener;
import io.github.imspring.quota.admission.QuotaState;

/**
 * Says what happens at one quota, outside all locks. A listener that fails does no harm.
 */
final class QuotaReport {

	private final QuotaState quota;

	private final QuotaListener listener;

	private final PermitListener permits;

	QuotaReport(QuotaState quota, QuotaListener listener, PermitListener permits) {
		this.quota = quota;
		this.listener = listener;
		this.permits = permits;
	}

	QuotaState quota() {
		return this.quota;
	}

	void granted(int slots, Duration waited) {
		ListenerGuard.report(this.permits, (permits) -> permits.granted(slots));
		ListenerGuard.report(this.listener, (listener) -> listener.granted(this.quota.quota(), waited));
	}

	void notPermitted(int slots) {
		ListenerGuard.report(this.permits, (permits) -> permits.notPermitted(slots));
		ListenerGuard.report(this.listener, (listener) -> listener.notPermitted(this.quota.quota()));
	}

	/**
	 * Somebody who uses the quota from outside gave a call up.
	 */
	void withdrawn(int slots) {
		ListenerGuard.report(this.permits, (permits) -> permits.notPermitted(slots));
	}

	void throttled(Duration pause) {
		ListenerGuard.report(this.listener, (listener) -> listener.throttled(this.quota.quota(), pause));
	}

}
