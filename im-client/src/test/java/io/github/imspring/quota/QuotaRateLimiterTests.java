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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.imspring.error.ImQuotaExceededException;
import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Operations;
import io.github.imspring.operation.Quota;
import io.github.imspring.quota.VirtualTime.Call;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static io.github.imspring.quota.VirtualTime.SEND;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The quotas as Resilience4j sees them.
 */
class QuotaRateLimiterTests {

	private final RateLimiterRegistry registry = RateLimiterRegistry.of(Map.<String, RateLimiterConfig>of(),
			Map.of("app", "demo"));

	private final VirtualTime time = new VirtualTime(new QuotaLimiterBuilder().registry(this.registry));

	private final RateLimiter calls = this.registry.rateLimiter("im-send-message-calls");

	private final RateLimiter messages = this.registry.rateLimiter("im-send-message-messages");

	private final List<String> events = new ArrayList<>();

	private void listen(RateLimiter limiter) {
		limiter.getEventPublisher()
			.onEvent((event) -> this.events.add(event.getEventType() + " " + event.getNumberOfPermits()));
	}

	@Test
	void everyQuotaIsInTheRegistryFromTheStart() {
		List<String> expected = Operations.all()
			.stream()
			.flatMap((operation) -> operation.quotas().stream())
			.map((quota) -> "im-" + quota.name())
			.distinct()
			.toList();
		assertThat(this.registry.getAllRateLimiters()).extracting(RateLimiter::getName)
			.containsExactlyInAnyOrderElementsOf(expected);
		assertThat(this.calls.getRateLimiterConfig().getLimitForPeriod()).isEqualTo(100);
		assertThat(this.calls.getRateLimiterConfig().getLimitRefreshPeriod()).isEqualTo(Duration.ofSeconds(1));
		assertThat(this.messages.getRateLimiterConfig().getLimitForPeriod()).isEqualTo(6000);
		assertThat(this.messages.getRateLimiterConfig().getLimitRefreshPeriod()).isEqualTo(Duration.ofMinutes(1));
		assertThat(this.calls.getTags()).containsEntry("app", "demo");
	}

	@Test
	void limiterOfTheSameNameIsReplacedAndThePrefixKeepsOthersApart() {
		RateLimiterRegistry registry = RateLimiterRegistry.ofDefaults();
		RateLimiter before = registry.rateLimiter("im-other-send-message-calls");
		new VirtualTime(new QuotaLimiterBuilder().registry(registry).namePrefix("im-other-"));
		assertThat(registry.rateLimiter("im-other-send-message-calls")).isNotSameAs(before);
		assertThat(registry.find("im-send-message-calls")).isEmpty();
	}

	@Test
	void metricsFollowTheCallsOfTheLimiter() {
		this.time.call(SEND, 250).answered();
		assertThat(this.calls.getMetrics().getAvailablePermissions()).isEqualTo(99);
		assertThat(this.messages.getMetrics().getAvailablePermissions()).isEqualTo(5750);
		this.time.calls(101, SEND);
		assertThat(this.calls.getMetrics().getAvailablePermissions()).isZero();
		assertThat(this.calls.getMetrics().getNumberOfWaitingThreads()).isEqualTo(2);
		assertThat(this.messages.getMetrics().getNumberOfWaitingThreads()).isEqualTo(2);
	}

	@Test
	void eventsFollowTheCallsOfTheLimiter() {
		listen(this.messages);
		this.time.call(SEND, 250);
		this.time.call(SEND, 6001);
		assertThat(this.events).containsExactly("SUCCESSFUL_ACQUIRE 250", "FAILED_ACQUIRE 6001");
	}

	@Test
	void permissionTakesASlotForAWindowAndAHundredMilliseconds() {
		listen(this.calls);
		assertThat(this.calls.acquirePermission(100)).isTrue();
		assertThat(this.time.call(SEND).granted()).isFalse();
		this.time.advance(1099);
		assertThat(this.calls.getMetrics().getAvailablePermissions()).isZero();
		this.time.advance(1);
		assertThat(this.calls.getMetrics().getAvailablePermissions()).isEqualTo(99);
		assertThat(this.events).startsWith("SUCCESSFUL_ACQUIRE 100");
	}

	@Test
	void permissionThatDoesNotComeInTimeIsRefusedAndCostsNothing() {
		listen(this.calls);
		this.calls.changeTimeoutDuration(Duration.ofMillis(20));
		assertThat(this.calls.acquirePermission(100)).isTrue();
		assertThat(this.calls.acquirePermission(7)).isFalse();
		assertThat(this.calls.getMetrics().getNumberOfWaitingThreads()).isZero();
		assertThat(this.events).containsExactly("SUCCESSFUL_ACQUIRE 100", "FAILED_ACQUIRE 7");
		assertThat(this.calls.acquirePermission(101)).isFalse();
	}

	@Test
	void interruptedThreadGetsNoPermission() {
		assertThat(this.calls.acquirePermission(100)).isTrue();
		Thread.currentThread().interrupt();
		assertThat(this.calls.acquirePermission()).isFalse();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.calls.getMetrics().getNumberOfWaitingThreads()).isZero();
	}

	@Test
	void permissionIsWaitedForInRealTime() {
		RateLimiterRegistry registry = RateLimiterRegistry.ofDefaults();
		QuotaLimiter limiter = new QuotaLimiterBuilder().registry(registry).build();
		Operation probe = VirtualTime.operation("probe", 1);
		Mono.from(limiter.acquire(QuotaRequest.of(probe))).doOnNext((grant) -> {
			grant.sent();
			grant.answered();
		}).block();
		RateLimiter rateLimiter = registry.rateLimiter("im-probe-calls");
		long start = System.nanoTime();
		assertThat(rateLimiter.acquirePermission()).isTrue();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(900),
				Duration.ofSeconds(5));
	}

	@Test
	void reservationTakesTheSlotsThatComeFreeFirst() {
		this.time.calls(40, SEND).forEach(Call::answered);
		this.time.advance(500);
		this.time.calls(60, SEND).forEach(Call::answered);
		assertThat(this.calls.reservePermission(10)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(500));
		assertThat(this.calls.reservePermission(40)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(1000));
		this.time.advance(500);
		assertThat(this.calls.getMetrics().getAvailablePermissions()).isZero();
		this.time.advance(500);
		assertThat(this.calls.getMetrics().getAvailablePermissions()).isEqualTo(50);
		// The reserved slots come free a window and 100 ms after their time.
		this.time.advance(600);
		assertThat(this.calls.getMetrics().getAvailablePermissions()).isEqualTo(60);
		this.time.advance(500);
		assertThat(this.calls.getMetrics().getAvailablePermissions()).isEqualTo(100);
	}

	@Test
	void reservationStandsBehindThoseThatWait() {
		this.time.calls(100, SEND).forEach(Call::answered);
		this.time.calls(99, SEND);
		assertThat(this.calls.reservePermission()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(1000));
		assertThat(this.calls.reservePermission()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(2100));
	}

	@Test
	void reservationIsRefusedBeyondTheTimeoutAndWhereTheTimeIsUnknown() {
		listen(this.calls);
		assertThat(this.calls.reservePermission(100)).isZero();
		this.calls.changeTimeoutDuration(Duration.ofMillis(1099));
		assertThat(this.calls.reservePermission()).isNegative();
		this.calls.changeTimeoutDuration(Duration.ofMillis(1100));
		assertThat(this.calls.reservePermission()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(1100));
		assertThat(this.events).containsExactly("SUCCESSFUL_ACQUIRE 100", "FAILED_ACQUIRE 1", "SUCCESSFUL_ACQUIRE 1");
		this.time.advance(5000);
		this.time.calls(100, SEND).forEach(Call::sent);
		assertThat(this.calls.reservePermission()).isNegative();
	}

	@Test
	void drainingTakesWhatIsFreeForAWindow() {
		listen(this.calls);
		this.time.calls(30, SEND);
		this.calls.drainPermissions();
		assertThat(this.events).endsWith("DRAINED 70");
		assertThat(this.time.call(SEND).granted()).isFalse();
		this.time.advance(1000);
		assertThat(this.calls.getMetrics().getAvailablePermissions()).isEqualTo(69);
	}

	@Test
	void limitCanBeChanged() {
		this.time.calls(100, SEND);
		Call waiting = this.time.call(SEND);
		this.calls.changeLimitForPeriod(101);
		assertThat(waiting.granted()).isTrue();
		assertThat(this.calls.getRateLimiterConfig().getLimitForPeriod()).isEqualTo(101);
		assertThat(this.time.quota("send-message-calls").quota().limit()).isEqualTo(101);
		this.calls.changeLimitForPeriod(1);
		assertThat(this.calls.getMetrics().getAvailablePermissions()).isZero();
	}

	@Test
	void callThatTheChangedLimitCannotHoldIsRefused() {
		this.time.calls(100, SEND);
		Call heavy = this.time.call(SEND, 3500);
		Call light = this.time.call(SEND, 2400);
		this.messages.changeLimitForPeriod(3499);
		assertThat(heavy.error()).isInstanceOf(ImQuotaExceededException.class)
			.hasMessageContaining("the quota 'send-message-messages' is 3499 in all");
		assertThat(light.error()).isNull();
		this.calls.changeLimitForPeriod(101);
		assertThat(light.granted()).isTrue();
	}

	@Test
	void listenersThatFailDoNoHarm() {
		this.calls.getEventPublisher().onSuccess((event) -> {
			throw new IllegalStateException("event");
		});
		VirtualTime time = new VirtualTime(
				new QuotaLimiterBuilder().registry(this.registry).listener(new QuotaListener() {

					@Override
					public void granted(Quota quota, Duration waited) {
						throw new IllegalStateException("listener");
					}

				}));
		assertThat(this.time.call(SEND).granted()).isTrue();
		assertThat(time.call(SEND).granted()).isTrue();
	}

	@Test
	void listenerHearsWaitsAndRefusals() {
		List<String> heard = new ArrayList<>();
		VirtualTime time = new VirtualTime(new QuotaLimiterBuilder().listener(new QuotaListener() {

			@Override
			public void granted(Quota quota, Duration waited) {
				heard.add(quota.name() + " " + waited.toMillis());
			}

			@Override
			public void notPermitted(Quota quota) {
				heard.add(quota.name() + " refused");
			}

		}));
		Operation probe = VirtualTime.operation("probe", 1);
		time.call(probe).answered();
		time.call(probe);
		time.advance(1000);
		time.call(SEND, 6001);
		assertThat(heard).containsExactly("probe-calls 0", "probe-calls 1000", "send-message-calls refused",
				"send-message-messages refused");
	}

}
