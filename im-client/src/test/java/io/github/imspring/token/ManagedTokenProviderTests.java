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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.imspring.error.Hint;
import io.github.imspring.error.ImAuthenticationException;
import io.github.imspring.error.ImException;
import io.github.imspring.error.ImTransportException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ManagedTokenProvider}, in virtual time.
 */
class ManagedTokenProviderTests {

	private static final Duration LIFE = Duration.ofHours(1);

	private static final Duration REFRESH_POINT = Duration.ofMinutes(48);

	private static final Duration MARGIN = Duration.ofSeconds(10);

	private static final Duration NEXT = Duration.ofMillis(1);

	private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();

	private final InstantSource clock = () -> Instant.ofEpochMilli(this.scheduler.now(TimeUnit.MILLISECONDS));

	private final ManualTokenSource source = new ManualTokenSource();

	private final List<Refresh> refreshes = new ArrayList<>();

	private double random = 0;

	private ManagedTokenProvider provider;

	@BeforeEach
	void buildProvider() {
		this.provider = providerOf(this.source);
	}

	@Test
	void nothingIsFetchedBeforeTheFirstCall() {
		this.provider.token();
		assertThat(this.source.fetches()).isZero();
		assertThat(this.provider.snapshot())
			.isEqualTo(new TokenSnapshot(false, null, null, null, null, false, 0, null, null));
	}

	@Test
	void tokenMayLiveAsLongAsTimeGoes() {
		Call call = call();
		AccessToken token = new AccessToken("forever", this.clock.instant(), Instant.MAX);
		this.source.answer(token);
		assertThat(call.token).isSameAs(token);
		assertThat(this.provider.snapshot().available()).isTrue();
	}

	@Test
	void tokenIsAtHandUntilItIsToBeReplacedOrWasRejected() {
		assertThat(this.provider.tokenAtHand()).isNull();
		call();
		assertThat(this.provider.tokenAtHand()).isNull();
		AccessToken token = token("one");
		this.source.answer(token);
		assertThat(this.provider.tokenAtHand()).isSameAs(token);
		advance(Duration.between(this.clock.instant(), token.expiresAt()).multipliedBy(85).dividedBy(100));
		assertThat(this.provider.tokenAtHand()).isNull();
		call();
		assertThat(this.provider.tokenAtHand()).isSameAs(token);
		AccessToken newer = token("two");
		this.source.answer(newer);
		assertThat(this.provider.tokenAtHand()).isSameAs(newer);
		this.provider.invalidate(newer);
		assertThat(this.provider.tokenAtHand()).isNull();
	}

	@Test
	void twoHundredFirstCallsShareOneFetch() {
		List<Call> calls = calls(200);
		assertThat(this.source.fetches()).isEqualTo(1);
		assertThat(calls).noneMatch(Call::ended);
		AccessToken token = token("one");
		this.source.answer(token);
		assertThat(calls).allMatch((call) -> call.token == token);
		assertThat(call().token).isSameAs(token);
		assertThat(this.source.fetches()).isEqualTo(1);
	}

	@Test
	void callerThatCancelsLeavesTheFetchToTheOthers() {
		List<Call> calls = calls(10);
		calls.subList(0, 9).forEach(Call::cancel);
		this.source.answer(token("one"));
		assertThat(calls.get(9).token).isNotNull();
		assertThat(calls.subList(0, 9)).noneMatch(Call::ended);
		assertThat(this.source.fetches()).isEqualTo(1);
	}

	@Test
	void fetchWhoseCallersAllLeftIsKept() {
		calls(10).forEach(Call::cancel);
		AccessToken token = token("one");
		this.source.answer(token);
		assertThat(call().token).isSameAs(token);
		assertThat(this.source.fetches()).isEqualTo(1);
	}

	@Test
	void failedFirstFetchFailsItsCallersAndNoLaterOne() {
		List<Call> calls = calls(3);
		ImTransportException failure = new ImTransportException("token", "connection refused", Hint.of("Connect."),
				false, null);
		this.source.fail(failure);
		assertThat(calls).allMatch((call) -> call.failure == failure);
		Call later = call();
		assertThat(this.source.fetches()).isEqualTo(2);
		this.source.answer(token("two"));
		assertThat(later.token).isNotNull();
	}

	@Test
	void fetchesInARowAreSpacedFromTheThirdOn() {
		long[] spacings = { 0, 0, 100, 200, 400, 800, 1000, 1000 };
		for (int i = 0; i < spacings.length; i++) {
			Call call = call();
			if (spacings[i] > 0) {
				advance(Duration.ofMillis(spacings[i] - 1));
				assertThat(this.source.fetches()).isEqualTo(i);
				assertThat(call.ended()).isFalse();
				advance(NEXT);
			}
			assertThat(this.source.fetches()).isEqualTo(i + 1);
			this.source.fail(new IllegalStateException());
			assertThat(call.failure).isNotNull();
		}
		advance(Duration.ofMinutes(1));
		call();
		assertThat(this.source.fetches()).isEqualTo(spacings.length + 1);
	}

	@Test
	void spacingCountsFromTheEndOfTheLastFetch() {
		failFirstFetch();
		failFirstFetch();
		advance(Duration.ofMillis(60));
		call();
		advance(Duration.ofMillis(39));
		assertThat(this.source.fetches()).isEqualTo(2);
		advance(NEXT);
		assertThat(this.source.fetches()).isEqualTo(3);
	}

	@ParameterizedTest
	@CsvSource({ "0, PT48M", "0.5, PT46M30S", "1, PT45M" })
	void tokenIsReplacedAtSomeEightyPercentOfItsLifeWhileItServes(double random, Duration refreshPoint) {
		this.random = random;
		AccessToken first = fetchFirst();
		advance(refreshPoint.minus(NEXT));
		assertThat(call().token).isSameAs(first);
		assertThat(this.source.fetches()).isEqualTo(1);
		advance(NEXT);
		assertThat(calls(200)).allMatch((call) -> call.token == first);
		assertThat(this.source.fetches()).isEqualTo(2);
		AccessToken second = token("second");
		this.source.answer(second);
		assertThat(call().token).isSameAs(second);
		assertThat(this.source.fetches()).isEqualTo(2);
	}

	@Test
	void idleProviderFetchesNothing() {
		fetchFirst();
		advance(Duration.ofDays(30));
		assertThat(this.source.fetches()).isEqualTo(1);
	}

	@Test
	void failedReplacementFailsNoCallAndIsTriedAgainAfterAGrowingPause() {
		this.random = 1;
		AccessToken first = fetchFirst();
		advance(REFRESH_POINT);
		int fetches = 1;
		for (int seconds : new int[] { 1, 2, 4, 8, 16, 32, 60, 60 }) {
			assertThat(call().token).isSameAs(first);
			assertThat(this.source.fetches()).isEqualTo(++fetches);
			this.source.fail(new IllegalStateException());
			assertThat(this.provider.snapshot().consecutiveFailures()).isEqualTo(fetches - 1);
			advance(Duration.ofSeconds(seconds).minus(NEXT));
			assertThat(call().token).isSameAs(first);
			assertThat(this.source.fetches()).isEqualTo(fetches);
			advance(NEXT);
		}
		call();
		AccessToken second = token("second");
		this.source.answer(second);
		assertThat(call().token).isSameAs(second);
		assertThat(this.provider.snapshot().consecutiveFailures()).isZero();
	}

	@Test
	void pauseAfterAFailureIsHalfAsLongAtLeast() {
		fetchFirst();
		advance(REFRESH_POINT);
		call();
		this.source.fail(new IllegalStateException());
		advance(Duration.ofMillis(499));
		call();
		assertThat(this.source.fetches()).isEqualTo(2);
		advance(NEXT);
		call();
		assertThat(this.source.fetches()).isEqualTo(3);
	}

	@Test
	void tokenIsNotHandedOutShortlyBeforeItExpires() {
		AccessToken first = fetchFirst();
		advance(LIFE.minus(MARGIN).minus(NEXT));
		assertThat(call().token).isSameAs(first);
		advance(NEXT);
		Call waiting = call();
		assertThat(waiting.ended()).isFalse();
		assertThat(this.source.fetches()).as("the replacement under way is joined").isEqualTo(2);
		assertThat(this.provider.snapshot().available()).isFalse();
		AccessToken second = token("second");
		this.source.answer(second);
		assertThat(waiting.token).isSameAs(second);
	}

	@Test
	void marginOfAShortLifeIsATwentieth() {
		call();
		AccessToken first = new AccessToken("short", this.clock.instant(), this.clock.instant().plusSeconds(20));
		this.source.answer(first);
		advance(Duration.ofSeconds(19).minus(NEXT));
		assertThat(call().token).isSameAs(first);
		advance(NEXT);
		assertThat(call().ended()).isFalse();
	}

	@Test
	void failedFetchAfterExpiryFailsItsCallers() {
		fetchFirst();
		advance(LIFE);
		Call call = call();
		this.source.fail(new IllegalStateException());
		assertThat(call.failure).isNotNull();
	}

	@Test
	void tokenWithoutKnownExpiryServesUntilItIsRejected() {
		call();
		AccessToken token = new AccessToken("endless", this.clock.instant(), null);
		this.source.answer(token);
		advance(Duration.ofDays(3650));
		assertThat(call().token).isSameAs(token);
		assertThat(this.source.fetches()).isEqualTo(1);
		this.provider.invalidate(token);
		assertThat(call().ended()).isFalse();
		assertThat(this.source.fetches()).isEqualTo(2);
	}

	@Test
	void tokenThatIsNotNewIsReplacedByWhatRemainsOfItsLife() {
		advance(LIFE);
		call();
		Instant now = this.clock.instant();
		this.source
			.answer(new AccessToken("cached", now.minus(Duration.ofMinutes(50)), now.plus(Duration.ofMinutes(10))));
		advance(Duration.ofMinutes(8).minus(NEXT));
		call();
		assertThat(this.source.fetches()).isEqualTo(1);
		advance(NEXT);
		call();
		assertThat(this.source.fetches()).isEqualTo(2);
	}

	@Test
	void twoHundredRejectionsOfOneTokenMakeOneFetch() {
		AccessToken first = fetchFirst();
		List<Call> retries = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			this.provider.invalidate(first);
			retries.add(call());
		}
		assertThat(this.source.fetches()).isEqualTo(2);
		AccessToken second = token("second");
		this.source.answer(second);
		assertThat(retries).allMatch((call) -> call.token == second);
		this.provider.invalidate(first);
		assertThat(call().token).isSameAs(second);
		assertThat(this.source.fetches()).isEqualTo(2);
	}

	@Test
	void rejectionMeansTheValueAndNotTheObject() {
		AccessToken first = fetchFirst();
		this.provider.invalidate(new AccessToken(first.value(), first.issuedAt(), null));
		assertThat(call().ended()).isFalse();
	}

	@Test
	void rejectedTokenDoesNotComeBackFromASourceThatGivesItAgain() {
		AccessToken first = fetchFirst();
		this.provider.invalidate(first);
		Call call = call();
		this.source.answer(new AccessToken(first.value(), this.clock.instant(), null));
		assertThat(call.failure).isInstanceOfSatisfying(ImAuthenticationException.class, (failure) -> {
			assertThat(failure.tokenRejected()).isFalse();
			assertThat(failure.mayHaveBeenProcessed()).isFalse();
			assertThat(failure.operation()).isEqualTo("token");
			assertThat(failure.hint()).startsWith("Replace ImClientBuilder.token by");
			assertThat(failure.getMessage()).doesNotContain(first.value());
		});
	}

	@Test
	void rejectionIsForgottenAfterAMinute() {
		AccessToken first = fetchFirst();
		this.provider.invalidate(first);
		advance(Duration.ofMinutes(1).minus(NEXT));
		Call early = call();
		this.source.answer(first);
		assertThat(early.failure).isNotNull();
		advance(NEXT);
		Call late = call();
		advance(Duration.ofSeconds(1));
		this.source.answer(first);
		assertThat(late.token).isSameAs(first);
		this.provider.invalidate(first);
		Call again = call();
		advance(Duration.ofSeconds(1));
		this.source.answer(first);
		assertThat(again.failure).isNotNull();
	}

	@Test
	void minuteOfARejectionCountsFromTheLatestReport() {
		AccessToken first = fetchFirst();
		this.provider.invalidate(first);
		advance(Duration.ofSeconds(59));
		this.provider.invalidate(first);
		advance(Duration.ofMinutes(1).minus(NEXT));
		Call early = call();
		this.source.answer(first);
		assertThat(early.failure).isInstanceOf(ImAuthenticationException.class);
		advance(NEXT);
		Call late = call();
		advance(Duration.ofSeconds(1));
		this.source.answer(first);
		assertThat(late.token).isSameAs(first);
	}

	@Test
	void tokenRejectedWhileTheSourceIsAboutToGiveItAgainIsAskedForOnceMore() {
		AccessToken first = fetchFirst();
		advance(REFRESH_POINT);
		assertThat(call().token).isSameAs(first);
		this.provider.invalidate(first);
		List<Call> calls = calls(200);
		assertThat(this.source.fetches()).isEqualTo(2);
		this.source.answer(first);
		assertThat(calls).noneMatch(Call::ended);
		assertThat(this.source.fetches()).isEqualTo(3);
		this.source.answer(first);
		assertThat(calls).allMatch((call) -> call.failure instanceof ImAuthenticationException);
	}

	@Test
	void rejectionsThatAreRememberedAreBounded() {
		AccessToken first = fetchFirst();
		this.provider.invalidate(first);
		IntStream.range(0, 15).forEach((i) -> this.provider.invalidate(token("other-" + i)));
		Call refused = call();
		this.source.answer(first);
		assertThat(refused.failure).isNotNull();
		this.provider.invalidate(token("other-15"));
		Call accepted = call();
		advance(Duration.ofSeconds(1));
		this.source.answer(first);
		assertThat(accepted.token).isSameAs(first);
	}

	@Test
	void reportsOfOneTokenAreRememberedOnce() {
		AccessToken first = fetchFirst();
		this.provider.invalidate(first);
		AccessToken other = token("other");
		IntStream.range(0, 16).forEach((i) -> this.provider.invalidate(other));
		Call call = call();
		this.source.answer(first);
		assertThat(call.failure).isInstanceOf(ImAuthenticationException.class);
	}

	@Test
	void sourceThatHangsIsGivenUp() {
		Call call = call();
		advance(Duration.ofSeconds(10).minus(NEXT));
		assertThat(call.ended()).isFalse();
		advance(NEXT);
		assertThat(call.failure).isInstanceOf(ImTransportException.class).hasMessageContaining("within 10000 ms");
		Call later = call();
		assertThat(this.source.fetches()).isEqualTo(2);
		this.source.answer(token("two"));
		assertThat(later.token).isNotNull();
	}

	@Test
	void sourceThatHangsDuringAReplacementHoldsUpNoCall() {
		AccessToken first = fetchFirst();
		advance(REFRESH_POINT);
		for (int i = 0; i < 30; i++) {
			assertThat(call().token).isSameAs(first);
			advance(Duration.ofSeconds(1));
		}
		assertThat(this.source.fetches()).isBetween(3, 4);
	}

	@Test
	void sourceThatGivesNothingFailsTheCall() {
		Call call = call();
		this.source.answerNothing();
		assertThat(call.failure).isInstanceOf(ImTransportException.class).hasMessageContaining("gave no token");
	}

	@Test
	void sourceThatGivesAnExpiredTokenFailsTheCall() {
		Call call = call();
		this.source.answer(new AccessToken("old", this.clock.instant().minusSeconds(9), this.clock.instant()));
		assertThat(call.failure).isInstanceOf(ImTransportException.class).hasMessageContaining("has expired");
	}

	@Test
	void foreignFailureIsWrappedWithoutItsMessage() {
		Call call = call();
		IllegalStateException cause = new IllegalStateException("s3cret");
		this.source.fail(cause);
		assertThat(call.failure).isInstanceOf(ImTransportException.class)
			.hasMessageContaining("java.lang.IllegalStateException")
			.hasMessageNotContaining("s3cret")
			.hasCause(cause);
	}

	@Test
	void sourceThatThrowsOrReturnsNullFailsTheCall() {
		List<TokenSource> sources = List.of(() -> {
			throw new IllegalStateException();
		}, () -> null);
		for (TokenSource broken : sources) {
			Call call = new Call(providerOf(broken).token());
			assertThat(call.failure).isInstanceOf(ImTransportException.class);
		}
	}

	@Test
	void fetchRunsOnTheSchedulerAndNotOnTheCallersThread() {
		Thread test = Thread.currentThread();
		ManagedTokenProvider provider = ManagedTokenProvider.builder(() -> Mono.fromSupplier(
				() -> new AccessToken((Thread.currentThread() == test) ? "caller" : "scheduler", Instant.now(), null)))
			.build();
		assertThat(provider.token().block(Duration.ofSeconds(30)).value()).isEqualTo("scheduler");
	}

	@Test
	void oneFetchServesThousandsOfCallersWithoutRecursion() {
		AtomicInteger depth = new AtomicInteger();
		AtomicInteger deepest = new AtomicInteger();
		int callers = 5000;
		Mono<Long> served = Flux.range(0, callers).flatMap((i) -> this.provider.token().flatMap((token) -> {
			deepest.accumulateAndGet(depth.incrementAndGet(), Math::max);
			return this.provider.token().doFinally((signal) -> depth.decrementAndGet());
		}), callers).count();
		AtomicInteger count = new AtomicInteger();
		served.subscribe((total) -> count.set(total.intValue()));
		this.source.answer(token("one"));
		assertThat(count).hasValue(callers);
		assertThat(deepest).hasValue(1);
	}

	@Test
	void callerThatRetriesAtOnceDoesNotRecurse() {
		ManagedTokenProvider provider = ManagedTokenProvider.builder(() -> Mono.error(new IllegalStateException()))
			.scheduler(this.scheduler)
			.clock(this.clock)
			.build();
		Call call = new Call(provider.token().retry(5000));
		advance(Duration.ofSeconds(5001));
		assertThat(call.failure).isInstanceOf(ImTransportException.class);
	}

	@Test
	void snapshotHasAgeAndRemainingLife() {
		AccessToken first = fetchFirst();
		advance(Duration.ofMinutes(10));
		assertThat(this.provider.snapshot()).isEqualTo(new TokenSnapshot(true, first.issuedAt(), first.expiresAt(),
				Duration.ofMinutes(10), Duration.ofMinutes(50), false, 0, null, null));
	}

	@Test
	void snapshotHasTheLastFailure() {
		call();
		assertThat(this.provider.snapshot().refreshing()).isTrue();
		advance(Duration.ofSeconds(3));
		this.source.fail(new ImTransportException("token", "connection refused", Hint.of("Connect."), false, null));
		TokenSnapshot snapshot = this.provider.snapshot();
		assertThat(snapshot.refreshing()).isFalse();
		assertThat(snapshot.consecutiveFailures()).isEqualTo(1);
		assertThat(snapshot.lastFailureAt()).isEqualTo(Instant.ofEpochSecond(3));
		assertThat(snapshot.lastFailure()).isEqualTo("token failed: connection refused. Connect.");
	}

	@Test
	void listenerHearsEachOutcomeWithItsDuration() {
		call();
		advance(Duration.ofMillis(30));
		this.source.fail(new IllegalStateException());
		call();
		advance(Duration.ofMillis(40));
		this.source.answer(token("two"));
		assertThat(this.refreshes).extracting(Refresh::duration)
			.containsExactly(Duration.ofMillis(30), Duration.ofMillis(40));
		assertThat(this.refreshes.get(0).failure()).isInstanceOf(ImTransportException.class);
		assertThat(this.refreshes.get(1).failure()).isNull();
	}

	@Test
	void durationLeavesOutTheSpacing() {
		failFirstFetch();
		failFirstFetch();
		call();
		advance(Duration.ofMillis(100));
		advance(Duration.ofMillis(7));
		this.source.answer(token("three"));
		assertThat(this.refreshes).last().extracting(Refresh::duration).isEqualTo(Duration.ofMillis(7));
	}

	@Test
	void durationIsNotNegativeIfTheClockIsSetBack() {
		AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH.plusSeconds(60));
		ManagedTokenProvider provider = ManagedTokenProvider.builder(this.source)
			.scheduler(this.scheduler)
			.clock(now::get)
			.listener((duration, failure) -> this.refreshes.add(new Refresh(duration, failure)))
			.build();
		Call call = new Call(provider.token());
		now.set(Instant.EPOCH);
		this.source.answer(token("one"));
		assertThat(call.token).isNotNull();
		assertThat(this.refreshes).extracting(Refresh::duration).containsExactly(Duration.ZERO);
	}

	@Test
	void failureNamesTheSettingsAsTheyAreCalled() {
		ManagedTokenProvider provider = ManagedTokenProvider.builder(this.source)
			.scheduler(this.scheduler)
			.settingNames((setting, operation) -> "sales." + setting)
			.build();
		Call call = new Call(provider.token());
		this.source.fail(new IllegalStateException());
		assertThat(call.failure).hasMessageContaining("Check that sales.BASE_URL can be reached");
	}

	@Test
	void listenerThatFailsHarmsNobody() {
		ManagedTokenProvider provider = ManagedTokenProvider.builder(this.source)
			.scheduler(this.scheduler)
			.clock(this.clock)
			.listener((duration, failure) -> {
				throw new IllegalStateException();
			})
			.build();
		Call call = new Call(provider.token());
		this.source.answer(token("one"));
		assertThat(call.token).isNotNull();
	}

	@Test
	void longestTimeOfAFetchIsAMillisecondAtLeast() {
		ManagedTokenProvider.Builder builder = ManagedTokenProvider.builder(this.source);
		assertThatIllegalArgumentException().isThrownBy(() -> builder.fetchTimeout(Duration.ofNanos(999_999)));
		assertThat(builder.fetchTimeout(Duration.ofMillis(1))).isSameAs(builder);
	}

	@Test
	void disposedSchedulerFailsTheCallInsteadOfLeavingItWaiting() {
		var disposed = Schedulers.newSingle("disposed");
		disposed.dispose();
		Mono<AccessToken> token = ManagedTokenProvider.builder(this.source).scheduler(disposed).build().token();
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> token.block(Duration.ofSeconds(30)))
			.withMessageNotContaining("Timeout");
	}

	private ManagedTokenProvider providerOf(TokenSource source) {
		return ManagedTokenProvider.builder(source)
			.clock(this.clock)
			.scheduler(this.scheduler)
			.random(() -> this.random)
			.listener((duration, failure) -> this.refreshes.add(new Refresh(duration, failure)))
			.build();
	}

	private AccessToken fetchFirst() {
		call();
		AccessToken token = token("first");
		this.source.answer(token);
		return token;
	}

	private void failFirstFetch() {
		call();
		this.source.fail(new IllegalStateException());
	}

	private AccessToken token(String value) {
		Instant now = this.clock.instant();
		return new AccessToken(value, now, now.plus(LIFE));
	}

	private void advance(Duration duration) {
		this.scheduler.advanceTimeBy(duration);
	}

	private Call call() {
		return new Call(this.provider.token());
	}

	private List<Call> calls(int number) {
		return Stream.generate(this::call).limit(number).toList();
	}

	private record Refresh(Duration duration, @Nullable ImException failure) {
	}

	private static final class Call {

		private @Nullable AccessToken token;

		private @Nullable Throwable failure;

		private final Disposable subscription;

		private Call(Mono<AccessToken> token) {
			this.subscription = token.subscribe((value) -> this.token = value, (ex) -> this.failure = ex);
		}

		private boolean ended() {
			return this.token != null || this.failure != null;
		}

		private void cancel() {
			this.subscription.dispose();
		}

	}

}
