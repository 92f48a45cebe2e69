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
import java.time.Instant;
import java.time.InstantSource;

import io.github.imspring.callback.ReplayStore;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

/**
 * Remembers callbacks in Redis, for all instances of the application, and in memory while
 * Redis is away.
 */
final class RedisReplayStore implements ReplayStore {

	private static final Log logger = LogFactory.getLog(RedisReplayStore.class);

	/**
	 * How long Redis is left alone when it did not answer: commands that are given up
	 * stay with its client.
	 */
	private static final Duration PAUSE = Duration.ofSeconds(5);

	private final ReactiveStringRedisTemplate redis;

	/**
	 * May be blocked: taking a connection may do so.
	 */
	private final Scheduler scheduler;

	private final String prefix;

	private final ReplayStore fallback;

	private final Duration timeout;

	private final InstantSource clock;

	private volatile Instant awayUntil = Instant.MIN;

	RedisReplayStore(ReactiveStringRedisTemplate redis, Scheduler scheduler, String account, ReplayStore fallback,
			Duration timeout, InstantSource clock) {
		this.redis = redis;
		this.scheduler = scheduler;
		this.prefix = "im:callback:" + account + ":";
		this.fallback = fallback;
		this.timeout = timeout;
		this.clock = clock;
	}

	@Override
	public Mono<Boolean> firstTime(String identity, Duration time) {
		return Mono.defer(() -> this.clock.instant().isBefore(this.awayUntil) ? this.fallback.firstTime(identity, time)
				: inRedis(identity, time));
	}

	private Mono<Boolean> inRedis(String identity, Duration time) {
		return Mono.defer(() -> this.redis.opsForValue().setIfAbsent(this.prefix + identity, "", time))
			.subscribeOn(this.scheduler)
			.timeout(this.timeout)
			.onErrorResume((failure) -> {
				leaveAlone(failure);
				return this.fallback.firstTime(identity, time);
			});
	}

	private void leaveAlone(Throwable failure) {
		this.awayUntil = this.clock.instant().plus(PAUSE);
		logger.warn("Redis does not remember callbacks at the moment, so this instance remembers its own for %d s: %s"
			.formatted(PAUSE.toSeconds(), failure));
	}

}
