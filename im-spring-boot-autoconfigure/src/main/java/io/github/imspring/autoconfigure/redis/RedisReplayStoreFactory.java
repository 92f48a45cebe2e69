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

package io.github.imspring.autoconfigure.redis;

import java.time.Duration;
import java.time.InstantSource;

import io.github.imspring.autoconfigure.callback.ImReplayStoreFactory;
import io.github.imspring.callback.ReplayStore;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

/**
 * Makes stores that remember callbacks in Redis, under {@code im:callback:<account>:…}
 * and no longer than they have to.
 */
final class RedisReplayStoreFactory implements ImReplayStoreFactory, DisposableBean {

	/**
	 * A fraction of what the filters have to decide about a message.
	 */
	private static final Duration TIMEOUT = Duration.ofMillis(50);

	private static final int THREADS = 2;

	private static final int TASKS = 1000;

	private static final int IDLE_SECONDS = 60;

	private final ReactiveStringRedisTemplate redis;

	private final Scheduler scheduler = Schedulers.newBoundedElastic(THREADS, TASKS, "im-callback-redis", IDLE_SECONDS,
			true);

	RedisReplayStoreFactory(ReactiveRedisConnectionFactory connectionFactory) {
		this.redis = new ReactiveStringRedisTemplate(connectionFactory);
	}

	@Override
	public ReplayStore create(String account, ReplayStore fallback) {
		return new RedisReplayStore(this.redis, this.scheduler, account, fallback, TIMEOUT, InstantSource.system());
	}

	@Override
	public void destroy() {
		this.scheduler.dispose();
	}

}
