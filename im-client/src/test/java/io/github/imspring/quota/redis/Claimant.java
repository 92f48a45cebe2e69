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

package io.github.imspring.quota.redis;

import java.time.Duration;
import java.util.List;

import io.github.imspring.operation.Quota;
import io.github.imspring.operation.Quota.Unit;
import io.github.imspring.quota.store.QuotaClaim;
import io.github.imspring.quota.store.QuotaShare;
import io.github.imspring.quota.store.QuotaStore;
import io.github.imspring.quota.store.RoundTrips;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * An instance that claims what a test says.
 */
final class Claimant {

	static final Quota QUOTA = new Quota("probe", Unit.CALLS, 100);

	final QuotaStore store;

	int held;

	int claimed;

	int needed;

	int singles;

	int idle;

	int bulkMost = QUOTA.limit();

	Duration pause = Duration.ZERO;

	RoundTrips trips = RoundTrips.NONE;

	Claimant(LettuceConnectionFactory connectionFactory, int instances) {
		this.store = new RedisQuotaStoreFactory(connectionFactory).create("org#app", instances);
	}

	Claimant needs(int needed) {
		this.needed = needed;
		this.singles = needed;
		return this;
	}

	void leave() {
		this.store.leave(List.of(new QuotaClaim(QUOTA, this.claimed, 0, 0, 0, 0, Duration.ZERO, RoundTrips.NONE)))
			.block(Duration.ofSeconds(10));
	}

	QuotaShare exchange() {
		return exchange(Duration.ofSeconds(10));
	}

	QuotaShare exchange(Duration validFor) {
		return exchange(QuotaStore.LEASE, validFor);
	}

	QuotaShare exchange(Duration lease, Duration validFor) {
		QuotaClaim claim = new QuotaClaim(QUOTA, this.claimed, this.needed, this.singles, this.idle, this.bulkMost,
				this.pause, this.trips);
		QuotaShare share = this.store.exchange(List.of(claim), lease, validFor).block(Duration.ofSeconds(10)).get(0);
		this.claimed = Math.max(this.held, Math.min(share.most(), share.fair()));
		return share;
	}

}
