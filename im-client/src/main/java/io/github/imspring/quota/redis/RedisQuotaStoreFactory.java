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

import io.github.imspring.quota.store.QuotaStore;
import io.github.imspring.quota.store.QuotaStoreFactory;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

/**
 * Makes stores that share the quotas out in Redis, 5.0 or later, alone or in a cluster.
 * Everything is kept under {@code im:quota:{<app key>}:…}, with a time to live of at
 * least an hour.
 *
 * @since 0.1.0
 */
public final class RedisQuotaStoreFactory implements QuotaStoreFactory, AutoCloseable {

	private static final int THREADS = 2;

	private static final int TASKS = 1000;

	private static final int IDLE_SECONDS = 60;

	private final ReactiveStringRedisTemplate redis;

	/**
	 * Its own, so that an application that keeps the common one busy loses no quotas.
	 */
	private final Scheduler scheduler = Schedulers.newBoundedElastic(THREADS, TASKS, "im-quota-redis", IDLE_SECONDS,
			true);

	private volatile boolean closed;

	/**
	 * Creates the factory.
	 * @param connectionFactory connects to Redis; not closed by this
	 */
	public RedisQuotaStoreFactory(ReactiveRedisConnectionFactory connectionFactory) {
		this.redis = new ReactiveStringRedisTemplate(connectionFactory);
	}

	@Override
	public QuotaStore create(String appKey, int instances) {
		return new RedisQuotaStore(this.redis, this.scheduler, appKey, instances, () -> this.closed);
	}

	/**
	 * Ends the use of Redis by every store that this has made.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.scheduler.dispose();
	}

}
