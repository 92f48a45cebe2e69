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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import io.github.imspring.operation.Quota;
import io.github.imspring.quota.store.QuotaClaim;
import io.github.imspring.quota.store.QuotaShare;
import io.github.imspring.quota.store.QuotaStore;
import io.github.imspring.quota.store.RoundTrips;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Shares quotas out in Redis: one script call for all of them, on the clock of Redis.
 */
final class RedisQuotaStore implements QuotaStore {

	/**
	 * How long Redis knows of an instance that is silent and has not left: it may run on
	 * its fallback share all the time.
	 */
	private static final Duration MEMORY = Duration.ofHours(1);

	/**
	 * How long Redis waits for instances that have not appeared: what anybody sent before
	 * counts in no window any more. It knows for as long of those that have left.
	 */
	private static final Duration STARTUP = Duration.ofSeconds(62);

	private static final Duration FOREVER = Duration.ofMillis(Long.MAX_VALUE);

	private static final int NUMBERS_OF_SHARE = 7;

	/**
	 * How long a command is waited for at most.
	 */
	private static final Duration LONGEST_COMMAND = Duration.ofMinutes(1);

	private static final RedisScript<String> SHARE = script("share-quotas.lua");

	private static final RedisScript<String> LEAVE = script("leave-quotas.lua");

	/**
	 * A time that is over.
	 */
	private static final long PAST = 1;

	private static final long NEVER = 0;

	private static final long NEVER_AND_LOST = 1;

	private final ReactiveStringRedisTemplate redis;

	/**
	 * May be blocked.
	 */
	private final Scheduler scheduler;

	/**
	 * Completes once there is a connection. To open it blocks, and is not given up
	 * because an exchange is.
	 */
	private final Mono<Boolean> connected;

	private final ConnectionReset reset;

	private final String prefix;

	private final int instances;

	private final BooleanSupplier closed;

	/**
	 * Whether a command has not ended.
	 */
	private final AtomicBoolean pending = new AtomicBoolean();

	private final String id = UUID.randomUUID().toString();

	/**
	 * What the clock of Redis showed last, and when.
	 */
	private volatile @Nullable Reading clock;

	/**
	 * When Redis last shared the quotas out to this instance, on its clock. It has lost
	 * data if it does not know of that.
	 */
	private volatile long answeredAt = NEVER;

	RedisQuotaStore(ReactiveStringRedisTemplate redis, Scheduler scheduler, String appKey, int instances,
			BooleanSupplier closed) {
		this.redis = redis;
		this.scheduler = scheduler;
		this.connected = Mono.fromCallable(redis.getConnectionFactory()::getReactiveConnection)
			.subscribeOn(scheduler)
			.flatMap((connection) -> connection.closeLater().thenReturn(true))
			.doOnError((failure) -> this.answeredAt = NEVER_AND_LOST)
			.cache((opened) -> FOREVER, (failure) -> Duration.ZERO, () -> Duration.ZERO);
		this.reset = new ConnectionReset(redis.getConnectionFactory());
		this.prefix = "im:quota:{" + appKey + "}:";
		this.instances = instances;
		this.closed = closed;
	}

	/**
	 * Reads the script now: it would be read by the thread that finds it missing in
	 * Redis, which must not block.
	 */
	private static RedisScript<String> script(String name) {
		try {
			return RedisScript.of(
					new ClassPathResource(name, RedisQuotaStore.class).getContentAsString(StandardCharsets.UTF_8),
					String.class);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public Mono<List<QuotaShare>> exchange(List<QuotaClaim> claims, Duration lease, Duration validFor) {
		if (this.closed.getAsBoolean()) {
			return Mono.empty();
		}
		Reading last = this.clock;
		if (last == null) {
			// The first exchange only reads the clock: it may wait for a connection.
			return share(List.of(), lease, PAST).then(Mono.defer(() -> exchange(claims, lease, validFor)));
		}
		return share(claims, lease, last.now() + validFor.toMillis()).map((reply) -> shares(reply, claims.size()));
	}

	private Mono<String> share(List<QuotaClaim> claims, Duration lease, long validUntil) {
		List<String> arguments = new ArrayList<>(
				List.of(this.id, String.valueOf(this.instances), millis(lease), millis(LEASE), millis(MEMORY),
						millis(STARTUP), String.valueOf(validUntil), String.valueOf(this.answeredAt)));
		for (QuotaClaim claim : claims) {
			Quota quota = claim.quota();
			arguments.addAll(List.of(String.valueOf(quota.limit()), millis(quota.window()),
					String.valueOf(claim.claimed()), String.valueOf(claim.needed()),
					String.valueOf(claim.neededBySingles()), String.valueOf(claim.idle()),
					String.valueOf(claim.bulkMost()), millis(claim.pause()), String.valueOf(claim.trips().count()),
					String.valueOf(claim.trips().fastest().toNanos() / 1000)));
		}
		return execute(SHARE, keys(claims), arguments).doOnNext(this::readClock);
	}

	private void readClock(String reply) {
		this.clock = new Reading(Long.parseLong(reply.split(" ", 2)[0]), System.nanoTime());
	}

	@Override
	public Mono<Void> leave(List<QuotaClaim> claims) {
		if (this.closed.getAsBoolean()) {
			return Mono.empty();
		}
		List<String> arguments = new ArrayList<>(List.of(this.id, millis(LEASE), millis(MEMORY)));
		claims.forEach((claim) -> arguments.add(String.valueOf(claim.claimed())));
		return execute(LEAVE, keys(claims), arguments).then();
	}

	private List<String> keys(List<QuotaClaim> claims) {
		List<String> keys = new ArrayList<>(List.of(this.prefix + "instances"));
		claims.forEach((claim) -> keys.add(this.prefix + claim.quota().name()));
		return keys;
	}

	private Mono<String> execute(RedisScript<String> script, List<String> keys, List<String> arguments) {
		return this.connected.flatMap((opened) -> Mono.fromFuture(() -> command(script, keys, arguments), true));
	}

	/**
	 * A command whose end is waited for by the next one, even if nobody else does: those
	 * that are given up stay with the client of Redis until there is a connection again.
	 */
	private CompletableFuture<@Nullable String> command(RedisScript<String> script, List<String> keys,
			List<String> arguments) {
		if (!this.pending.compareAndSet(false, true)) {
			return CompletableFuture
				.failedFuture(new IllegalStateException("Redis has not answered the command before"));
		}
		// Taking the connection may block: the application may have it checked, or opened
		// again.
		return this.redis.execute(script, keys, arguments)
			.next()
			.subscribeOn(this.scheduler)
			.timeout(LONGEST_COMMAND)
			.publishOn(this.scheduler)
			.doOnError(this.reset::failed)
			.doOnTerminate(() -> this.pending.set(false))
			.toFuture();
	}

	private List<QuotaShare> shares(String reply, int count) {
		String[] numbers = reply.split(" ");
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
		this.answeredAt = Long.parseLong(numbers[0]);
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
