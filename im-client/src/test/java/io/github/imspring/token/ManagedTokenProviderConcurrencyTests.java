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

package io.github.imspring.token;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.imspring.error.ImException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ManagedTokenProvider} under real concurrency.
 */
class ManagedTokenProviderConcurrencyTests {

	private static final int CALLS = 200;

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final AtomicInteger fetches = new AtomicInteger();

	private final AtomicInteger inFlight = new AtomicInteger();

	private final AtomicInteger mostInFlight = new AtomicInteger();

	private final Map<String, Instant> revoked = new ConcurrentHashMap<>();

	@RepeatedTest(20)
	void concurrentFirstCallsMakeOneFetch() {
		ManagedTokenProvider provider = ManagedTokenProvider.builder(source(Schedulers.parallel(), 0)).build();
		Set<AccessToken> tokens = ConcurrentHashMap.newKeySet();
		concurrently(CALLS, provider.token().doOnNext(tokens::add));
		assertThat(this.fetches).hasValue(1);
		assertThat(tokens).hasSize(1);
	}

	@RepeatedTest(20)
	void tokenRevokedUnderConcurrentCallsMakesOneMoreFetchAndFailsNone() {
		ManagedTokenProvider provider = ManagedTokenProvider.builder(source(Schedulers.parallel(), 0)).build();
		this.revoked.put(provider.token().block(LIMIT).value(), Instant.now());
		assertThat(concurrently(CALLS, serviceCall(provider))).isEqualTo(CALLS);
		assertThat(this.fetches).hasValue(2);
	}

	@Test
	void cancellationStormLeavesTheTokenToThoseWhoStay() {
		ManagedTokenProvider provider = ManagedTokenProvider.builder(source(Schedulers.parallel(), 0)).build();
		Mono<AccessToken> timingOut = provider.token().timeout(Duration.ofNanos(1), Mono.empty());
		Mono<Long> storm = Flux.range(0, 5000)
			.flatMap((i) -> timingOut.subscribeOn(Schedulers.boundedElastic()), 64)
			.count();
		Mono<Long> waiting = Flux.range(0, CALLS)
			.flatMap((i) -> provider.token().subscribeOn(Schedulers.parallel()), CALLS)
			.count();
		assertThat(Mono.zip(waiting, storm).block(LIMIT).getT1()).isEqualTo(CALLS);
		assertThat(this.fetches).hasValue(1);
	}

	@Test
	void callerThatTakesItsTimeHoldsUpNoOther() {
		Sinks.One<AccessToken> answer = Sinks.one();
		Scheduler scheduler = Schedulers.newParallel("token", 4);
		try {
			ManagedTokenProvider provider = ManagedTokenProvider.builder(answer::asMono).scheduler(scheduler).build();
			CountDownLatch others = new CountDownLatch(1);
			CompletableFuture<Boolean> slow = provider.token()
				.flatMap((token) -> Mono.fromCallable(() -> others.await(10, TimeUnit.SECONDS)))
				.toFuture();
			provider.token().subscribe((token) -> others.countDown());
			answer.tryEmitValue(new AccessToken("one", Instant.now(), null)).orThrow();
			assertThat(slow).succeedsWithin(LIMIT).isEqualTo(true);
		}
		finally {
			scheduler.dispose();
		}
	}

	/**
	 * Whatever comes together — short lives, rejections, failures, cancellations, a
	 * source that repeats itself — there is one fetch at a time, no call waits for ever,
	 * and no token is handed out that was rejected before the call or had expired by
	 * then.
	 */
	@Test
	void whateverHappensTheRulesHold() {
		VirtualTimeScheduler time = VirtualTimeScheduler.create();
		InstantSource clock = () -> Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS));
		ManagedTokenProvider provider = ManagedTokenProvider.builder(source(time, 10))
			.clock(clock)
			.scheduler(time)
			.build();
		AtomicInteger handedOut = new AtomicInteger();
		CompletableFuture<List<String>> broken = Flux.range(0, 50_000)
			.flatMap((i) -> randomCall(provider, clock, handedOut).subscribeOn(Schedulers.boundedElastic()), 64)
			.collectList()
			.toFuture();
		long started = System.nanoTime();
		while (!broken.isDone()) {
			time.advanceTimeBy(Duration.ofMillis(1));
			assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(LIMIT);
		}
		assertThat(broken).isCompletedWithValue(List.of());
		assertThat(handedOut).hasValueGreaterThan(10_000);
		assertThat(this.revoked).hasSizeGreaterThan(10);
		assertThat(this.mostInFlight).hasValue(1);
	}

	private Mono<String> randomCall(TokenProvider provider, InstantSource clock, AtomicInteger handedOut) {
		return Mono.defer(() -> {
			Set<String> revokedBefore = Set.copyOf(this.revoked.keySet());
			Instant calledAt = clock.instant();
			ThreadLocalRandom random = ThreadLocalRandom.current();
			Mono<AccessToken> token = (random.nextInt(10) > 0) ? provider.token()
					: provider.token().timeout(Duration.ofNanos(1), Mono.empty());
			return token.onErrorResume(ImException.class, (ex) -> Mono.empty()).mapNotNull((value) -> {
				handedOut.incrementAndGet();
				if (revokedBefore.contains(value.value())
						&& clock.instant().isBefore(this.revoked.get(value.value()).plus(Duration.ofMinutes(1)))) {
					return "a rejected token came back";
				}
				if (random.nextInt(500) == 0) {
					Instant rejectedAt = clock.instant();
					provider.invalidate(value);
					this.revoked.put(value.value(), rejectedAt);
				}
				return value.expiresAt().isAfter(calledAt) ? null : "an expired token came";
			});
		});
	}

	/**
	 * Gives tokens of short lives, each fifth fetch the one it gave last.
	 */
	private TokenSource source(Scheduler scheduler, int percentFailing) {
		return () -> Mono.defer(() -> {
			this.mostInFlight.accumulateAndGet(this.inFlight.incrementAndGet(), Math::max);
			int number = this.fetches.incrementAndGet();
			Instant now = Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS));
			String value = "token-" + ((number % 5 == 0) ? number - 1 : number);
			boolean failing = ThreadLocalRandom.current().nextInt(100) < percentFailing;
			Mono<AccessToken> answer = failing ? Mono.error(new IllegalStateException())
					: Mono.just(new AccessToken(value, now, now.plusSeconds(60)));
			return answer.delaySubscription(Duration.ofMillis(2), scheduler)
				.doOnTerminate(this.inFlight::decrementAndGet);
		});
	}

	/**
	 * A call as the pipeline makes it: a rejected token is reported, and the call
	 * repeated once.
	 */
	private Mono<AccessToken> serviceCall(TokenProvider provider) {
		return attempt(provider).switchIfEmpty(attempt(provider));
	}

	private Mono<AccessToken> attempt(TokenProvider provider) {
		return provider.token().filter((token) -> {
			boolean rejected = this.revoked.containsKey(token.value());
			if (rejected) {
				provider.invalidate(token);
			}
			return !rejected;
		});
	}

	private static long concurrently(int calls, Mono<AccessToken> call) {
		return Flux.range(0, calls)
			.flatMap((i) -> call.subscribeOn(Schedulers.boundedElastic()), calls)
			.count()
			.block(LIMIT);
	}

}
