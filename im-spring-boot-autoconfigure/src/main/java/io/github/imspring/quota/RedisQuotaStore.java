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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

import io.github.imspring.operation.Quota;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Shares quotas out in Redis: one script call for all of them, on the clock of Redis.
 */
final class RedisQuotaStore implements QuotaStore {

	/**
	 * How long Redis knows of an instance that is silent: what it has sent counts in no
	 * window any more.
	 */
	private static final Duration MEMORY = Duration.ofSeconds(61);

	private static final Duration FOREVER = Duration.ofMillis(Long.MAX_VALUE);

	private static final int NUMBERS_OF_SHARE = 7;

	private static final RedisScript<String> SCRIPT = RedisScript
		.of(new ClassPathResource("share-quotas.lua", RedisQuotaStore.class), String.class);

	private final ReactiveStringRedisTemplate redis;

	/**
	 * Completes once there is a connection. To open it blocks, and is not given up
	 * because an exchange is.
	 */
	private final Mono<Boolean> connected;

	private final String prefix;

	private final int instances;

	private final BooleanSupplier closed;

	private final String id = UUID.randomUUID().toString();

	/**
	 * What the clock of Redis showed last, and when.
	 */
	private volatile @Nullable Reading clock;

	RedisQuotaStore(ReactiveStringRedisTemplate redis, String appKey, int instances, BooleanSupplier closed) {
		this.redis = redis;
		this.connected = Mono.fromCallable(redis.getConnectionFactory()::getReactiveConnection)
			.subscribeOn(Schedulers.boundedElastic())
			.flatMap((connection) -> connection.closeLater().thenReturn(true))
			.cache((opened) -> FOREVER, (failure) -> Duration.ZERO, () -> Duration.ZERO);
		this.prefix = "im:quota:{" + appKey + "}:";
		this.instances = instances;
		this.closed = closed;
	}

	@Override
	public Mono<List<QuotaShare>> exchange(List<QuotaClaim> claims, Duration validFor) {
		if (this.closed.getAsBoolean()) {
			return Mono.empty();
		}
		List<String> keys = new ArrayList<>(List.of(this.prefix + "instances"));
		List<String> arguments = new ArrayList<>(List.of(this.id, String.valueOf(this.instances), millis(LEASE),
				millis(MEMORY), String.valueOf(validUntil(validFor))));
		for (QuotaClaim claim : claims) {
			Quota quota = claim.quota();
			keys.add(this.prefix + quota.name());
			arguments.addAll(List.of(String.valueOf(quota.limit()), millis(quota.window()),
					String.valueOf(claim.claimed()), String.valueOf(claim.needed()),
					String.valueOf(claim.neededBySingles()), String.valueOf(claim.weight()),
					String.valueOf(claim.idle()), String.valueOf(claim.bulkMost()), millis(claim.pause()),
					String.valueOf(claim.trips().count()), String.valueOf(claim.trips().fastest().toNanos() / 1000)));
		}
		// Taking the connection may block: the application may have it checked, or opened
		// again.
		return this.connected.flatMap(
				(opened) -> this.redis.execute(SCRIPT, keys, arguments).next().subscribeOn(Schedulers.boundedElastic()))
			.map((reply) -> shares(reply, claims.size()));
	}

	private long validUntil(Duration validFor) {
		Reading last = this.clock;
		return (last != null) ? last.now() + validFor.toMillis() : 0;
	}

	private List<QuotaShare> shares(String reply, int count) {
		String[] numbers = reply.split(" ");
		this.clock = new Reading(Long.parseLong(numbers[0]), System.nanoTime());
		if (numbers.length != 1 + count * NUMBERS_OF_SHARE) {
			throw new IllegalStateException("Redis received the claims too late");
		}
		List<QuotaShare> shares = new ArrayList<>(count);
		for (int i = 1; i < numbers.length; i += NUMBERS_OF_SHARE) {
			shares.add(new QuotaShare(Integer.parseInt(numbers[i]), Integer.parseInt(numbers[i + 1]),
					Integer.parseInt(numbers[i + 2]), Integer.parseInt(numbers[i + 3]),
					Duration.ofMillis(Long.parseLong(numbers[i + 4])), new RoundTrips(Integer.parseInt(numbers[i + 5]),
							Duration.of(Long.parseLong(numbers[i + 6]), ChronoUnit.MICROS))));
		}
		return shares;
	}

	private static String millis(Duration duration) {
		// Rounded up: half a millisecond is not zero.
		return String.valueOf(duration.plusNanos(999_999).toMillis());
	}

	@Override
	public String toString() {
		return "Redis";
	}

	/**
	 * A reading of a clock that runs as fast as ours.
	 *
	 * @param millis what it showed
	 * @param at when it did, on our clock
	 */
	private record Reading(long millis, long at) {

		long now() {
			return this.millis + Duration.ofNanos(System.nanoTime() - this.at).toMillis();
		}

	}

}
