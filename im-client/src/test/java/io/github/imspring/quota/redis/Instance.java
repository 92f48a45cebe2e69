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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.imspring.operation.Operation;
import io.github.imspring.quota.Lane;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.quota.QuotaLimiterBuilder;
import io.github.imspring.quota.QuotaListener;
import io.github.imspring.quota.QuotaRequest;
import io.github.imspring.quota.QuotaSettings;
import io.github.imspring.quota.QuotaSnapshot;
import io.github.imspring.quota.QuotaStoreState;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * One instance of an application: a limiter over Redis of its own connection, and callers
 * that use it.
 */
final class Instance implements AutoCloseable {

	private final LettuceConnectionFactory connectionFactory;

	private final QuotaLimiter limiter;

	private final Service service;

	private final List<QuotaStoreState> states = new CopyOnWriteArrayList<>();

	private final List<Throwable> failures = new CopyOnWriteArrayList<>();

	private final AtomicInteger arrived = new AtomicInteger();

	private final Disposable.Composite callers = Disposables.composite();

	Instance(RealRedis redis, int instances, Service service) {
		this(redis, instances, service, QuotaSettings.defaults());
	}

	Instance(RealRedis redis, int instances, Service service, QuotaSettings settings) {
		this.connectionFactory = redis.connect();
		this.service = service;
		this.limiter = new QuotaLimiterBuilder().settings(settings).listener(new QuotaListener() {

			@Override
			public void storeChanged(QuotaStoreState state) {
				Instance.this.states.add(state);
			}

		}).store(new RedisQuotaStoreFactory(this.connectionFactory).create("org#app", instances), instances).build();
	}

	QuotaLimiter limiter() {
		return this.limiter;
	}

	/**
	 * The changes of the state of the store.
	 */
	List<QuotaStoreState> states() {
		return this.states;
	}

	List<Throwable> failures() {
		return this.failures;
	}

	int arrived() {
		return this.arrived.get();
	}

	/**
	 * Calls as fast as the quota allows.
	 */
	void saturate(Operation operation) {
		saturate(new QuotaRequest(operation, 1, Lane.SINGLE), 30);
	}

	void saturate(QuotaRequest request, int callers) {
		for (int i = 0; i < callers; i++) {
			this.callers.add(call(request).repeat().subscribe(null, this.failures::add));
		}
	}

	void calls(int count, Operation operation) {
		this.callers.add(Flux.range(0, count)
			.flatMap((i) -> call(QuotaRequest.of(operation)), count)
			.subscribe(null, this.failures::add));
	}

	/**
	 * A call whose way out and back take up to 10 ms each.
	 */
	Mono<Void> call(QuotaRequest request) {
		return this.limiter.acquire(request).flatMap((grant) -> {
			grant.sent();
			return Mono.delay(way()).flatMap((late) -> {
				this.service.arrive(request);
				this.arrived.incrementAndGet();
				return Mono.delay(way());
			}).doOnNext((late) -> grant.answered()).then();
		});
	}

	private static Duration way() {
		return Duration.ofNanos(ThreadLocalRandom.current().nextLong(1_000_000, 10_000_000));
	}

	QuotaSnapshot quota(String name) {
		return this.limiter.snapshots()
			.stream()
			.filter((snapshot) -> snapshot.quota().name().equals(name))
			.findFirst()
			.orElseThrow();
	}

	void rest() {
		this.callers.dispose();
	}

	/**
	 * Ends without a word, as a crash does.
	 */
	void crash() {
		rest();
		this.connectionFactory.destroy();
		this.limiter.close(Duration.ZERO).subscribe();
	}

	/**
	 * Ends as an application does that is closed.
	 */
	void leave() {
		rest();
		this.limiter.close(Duration.ofSeconds(5)).block(Duration.ofSeconds(10));
		this.connectionFactory.destroy();
	}

	@Override
	public void close() {
		crash();
	}

}
