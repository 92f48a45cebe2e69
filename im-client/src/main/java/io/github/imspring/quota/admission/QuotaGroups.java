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

package io.github.imspring.quota.admission;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.imspring.operation.Quota;

/**
 * Which quotas there are, and which of them count a call together. A quota is known by
 * its name: the first of a name decides its limit.
 */
final class QuotaGroups {

	private final double bulkShare;

	private final int instances;

	private final Map<String, QuotaState> byName = new LinkedHashMap<>();

	private final List<QuotaState> quotas = new CopyOnWriteArrayList<>();

	private final List<QuotaGroup> groups = new ArrayList<>();

	QuotaGroups(double bulkShare, int instances) {
		this.bulkShare = bulkShare;
		this.instances = instances;
	}

	List<QuotaGroup> all() {
		return this.groups;
	}

	List<QuotaState> quotas() {
		return this.quotas;
	}

	QuotaGroup of(List<Quota> members) {
		List<QuotaState> states = members.stream().map(this::quota).toList();
		for (QuotaGroup group : this.groups) {
			if (group.quotas().equals(states)) {
				return group;
			}
		}
		QuotaGroup group = new QuotaGroup(states);
		this.groups.add(group);
		return group;
	}

	private QuotaState quota(Quota quota) {
		QuotaState known = this.byName.get(quota.name());
		if (known != null) {
			return known;
		}
		QuotaState state = new QuotaState(quota, this.bulkShare, this.instances);
		this.byName.put(quota.name(), state);
		this.quotas.add(state);
		return state;
	}

}
