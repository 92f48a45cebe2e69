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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Quota;
import io.github.imspring.quota.admission.QuotaGroup;
import io.github.imspring.quota.admission.QuotaState;
import org.jspecify.annotations.Nullable;

/**
 * Which quotas count which operation. Thread-safe.
 */
final class QuotaTable {

	private final QuotaSettings settings;

	private final Dispatcher dispatcher;

	private final QuotaListener listener;

	private final RateLimiters limiters;

	private final NotPermitted wording;

	private final Map<Operation, CountedQuotas> byOperation = new ConcurrentHashMap<>();

	/**
	 * Guarded by this.
	 */
	private final Map<QuotaState, QuotaReport> reports = new HashMap<>();

	QuotaTable(QuotaSettings settings, Dispatcher dispatcher, QuotaListener listener, RateLimiters limiters,
			NotPermitted wording) {
		this.settings = settings;
		this.dispatcher = dispatcher;
		this.listener = listener;
		this.limiters = limiters;
		this.wording = wording;
	}

	/**
	 * The quotas that count the operation.
	 * @return the quotas, or {@code null} if there are none
	 */
	@Nullable CountedQuotas of(Operation operation) {
		CountedQuotas known = this.byOperation.get(operation);
		if (known != null) {
			return known;
		}
		List<Quota> quotas = this.settings.quotasOf(operation);
		return quotas.isEmpty() ? null : register(operation, quotas);
	}

	private synchronized CountedQuotas register(Operation operation, List<Quota> quotas) {
		CountedQuotas counted = of(this.dispatcher.group(quotas));
		this.byOperation.put(operation, counted);
		return counted;
	}

	private CountedQuotas of(QuotaGroup group) {
		return new CountedQuotas(this.dispatcher, group, group.quotas().stream().map(this::report).toList(),
				this.wording);
	}

	private synchronized CountedQuotas alone(QuotaState quota) {
		return of(this.dispatcher.group(List.of(quota.quota())));
	}

	private QuotaReport report(QuotaState quota) {
		QuotaReport known = this.reports.get(quota);
		if (known != null) {
			return known;
		}
		QuotaPermits permits = new QuotaPermits(this.dispatcher, quota, () -> alone(quota));
		QuotaReport report = new QuotaReport(quota, this.listener, this.limiters.show(quota.quota(), permits));
		this.reports.put(quota, report);
		return report;
	}

}
