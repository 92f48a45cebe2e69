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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Quota;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Which quotas there are and which operations they count. A quota is known by its name:
 * the first operation that brings it decides its limit. Thread-safe.
 */
final class QuotaTable {

	private final QuotaDispatcher dispatcher;

	private final QuotaSettings settings;

	private final RateLimiterRegistry registry;

	private final String prefix;

	private final int instances;

	private final Map<Operation, QuotaGroup> byOperation = new ConcurrentHashMap<>();

	private final List<QuotaGroup> groups = new CopyOnWriteArrayList<>();

	private final List<QuotaState> quotas = new CopyOnWriteArrayList<>();

	/**
	 * Guarded by this.
	 */
	private final Map<String, QuotaState> byName = new LinkedHashMap<>();

	QuotaTable(QuotaDispatcher dispatcher, QuotaSettings settings, RateLimiterRegistry registry, String prefix,
			int instances) {
		this.dispatcher = dispatcher;
		this.settings = settings;
		this.registry = registry;
		this.prefix = prefix;
		this.instances = instances;
	}

	List<QuotaGroup> groups() {
		return this.groups;
	}

	List<QuotaState> quotas() {
		return this.quotas;
	}

	/**
	 * The quotas that count the operation.
	 * @return the quotas, or {@code null} if there are none
	 */
	@Nullable QuotaGroup groupOf(Operation operation) {
		QuotaGroup group = this.byOperation.get(operation);
		if (group != null) {
			return group;
		}
		List<Quota> quotas = this.settings.quotasOf(operation);
		return quotas.isEmpty() ? null : groupOf(operation, quotas);
	}

	private synchronized QuotaGroup groupOf(Operation operation, List<Quota> quotas) {
		QuotaGroup group = groupOf(quotas.stream().map(this::quotaOf).toList());
		this.byOperation.put(operation, group);
		return group;
	}

	synchronized QuotaGroup groupOf(List<QuotaState> quotas) {
		for (QuotaGroup group : this.groups) {
			if (group.quotas().equals(quotas)) {
				return group;
			}
		}
		QuotaGroup group = new QuotaGroup(quotas);
		this.groups.add(group);
		return group;
	}

	private QuotaState quotaOf(Quota quota) {
		QuotaState known = this.byName.get(quota.name());
		if (known != null) {
			return known;
		}
		String name = this.prefix + quota.name();
		QuotaState state = new QuotaState(quota, name, this.settings.bulkShare(), this.instances);
		QuotaRateLimiter limiter = new QuotaRateLimiter(this.dispatcher, state, name, this.registry.getTags());
		this.byName.put(quota.name(), state);
		this.quotas.add(state);
		this.registry.rateLimiter(name, limiter.getRateLimiterConfig());
		this.registry.replace(name, limiter);
		return state;
	}

}
