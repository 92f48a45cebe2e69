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
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;

import io.github.imspring.error.ErrorResponse;
import io.github.imspring.error.Hint;
import io.github.imspring.error.ImAuthenticationException;
import io.github.imspring.error.ImException;
import io.github.imspring.error.ImTransportException;
import io.github.imspring.error.ListenerGuard;
import io.github.imspring.error.Setting;
import io.github.imspring.error.SettingNames;
import io.github.imspring.operation.Operations;
import io.github.imspring.token.TokenState.Fetch;
import io.github.imspring.token.TokenState.Held;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.util.Assert;

/**
 * Owns the life of the token that a {@link TokenSource} gives.
 * <ul>
 * <li>Nothing is fetched before the first call. There is one fetch in flight at most; all
 * callers without a token share it, and none can cancel it for the others.
 * <li>The first call after some 80 % of the token's life has it replaced in the
 * background; the old one serves meanwhile, until shortly before it expires. An idle
 * provider does nothing. A token whose expiry is not known serves until it is rejected.
 * <li>If that replacement fails, no call notices while the old token lives. It is tried
 * again after a pause that doubles, from a second to a minute, with jitter.
 * <li>If there is no token to fall back on, a failure goes to the callers who waited, and
 * the next call tries anew. Fetches that follow each other closely, from the third on,
 * are spaced by up to a second.
 * <li>A token that the service rejected is never handed out again in the next minute,
 * even if the source returns it again.
 * </ul>
 * Thread-safe; never blocks.
 *
 * @since 0.1.0
 */
public class ManagedTokenProvider implements TokenProvider {

	private static final Log logger = LogFactory.getLog(ManagedTokenProvider.class);

	/**
	 * The longest time that a source may take for a token unless set: 10 s.
	 */
	public static final Duration DEFAULT_FETCH_TIMEOUT = Duration.ofSeconds(10);

	private static final Duration MIN_BACKOFF = Duration.ofSeconds(1);

	private static final Duration MAX_BACKOFF = Duration.ofMinutes(1);

	private final TokenSource source;

	private final InstantSource clock;

	private final Scheduler scheduler;

	private final DoubleSupplier random;

	private final Duration fetchTimeout;

	private final TokenRefreshListener listener;

	private final SettingNames names;

	private final AtomicReference<TokenState> state = new AtomicReference<>(TokenState.INITIAL);

	ManagedTokenProvider(Builder builder) {
		this.source = builder.source;
		this.clock = builder.clock;
		this.scheduler = builder.scheduler;
		this.random = builder.random;
		this.fetchTimeout = builder.fetchTimeout;
		this.listener = builder.listener;
		this.names = builder.settingNames;
	}

	/**
	 * Starts to build a provider.
	 * @param source where the tokens come from
	 * @return a builder
	 */
	public static Builder builder(TokenSource source) {
		Assert.notNull(source, "'source' must not be null");
		return new Builder(source);
	}

	@Override
	public Mono<AccessToken> token() {
		return Mono.defer(this::current);
	}

	@Override
	public @Nullable AccessToken tokenAtHand() {
		Instant now = this.clock.instant();
		TokenState state = state();
		Held held = state.servingAt(now);
		return (held != null && serves(held, state, now)) ? held.token() : null;
	}

	/**
	 * Whether the token serves without anything to do for a newer one.
	 */
	private static boolean serves(Held held, TokenState state, Instant now) {
		return state.fetch() != null || now.isBefore(held.refreshAt());
	}

	@Override
	public void invalidate(AccessToken rejected) {
		Instant now = this.clock.instant();
		this.state.updateAndGet((state) -> state.rejected(rejected, now));
	}

	/**
	 * How the token stands, without fetching one.
	 * @return the state of this moment
	 */
	public TokenSnapshot snapshot() {
		return state().snapshot(this.clock.instant());
	}

	private TokenState state() {
		return Objects.requireNonNull(this.state.get());
	}

	private Mono<AccessToken> current() {
		while (true) {
			Instant now = this.clock.instant();
			TokenState state = state();
			Held held = state.servingAt(now);
			Fetch inFlight = state.fetch();
			if (held != null && serves(held, state, now)) {
				return Mono.just(held.token());
			}
			if (inFlight != null) {
				return resultOf(inFlight);
			}
			Fetch fetch = new Fetch(Sinks.one(), state.rejections());
			TokenState fetching = state.fetching(fetch, now);
			if (this.state.compareAndSet(state, fetching)) {
				start(fetch, now, fetching.spacing(now));
				return (held != null) ? Mono.just(held.token()) : resultOf(fetch);
			}
		}
	}

	/**
	 * Each waiting call goes on in a task of its own: however many there are, they
	 * neither run one inside another nor hold up the thread that the token came on.
	 */
	private Mono<AccessToken> resultOf(Fetch fetch) {
		return fetch.result().asMono().publishOn(this.scheduler);
	}

	private void start(Fetch fetch, Instant now, Duration delay) {
		Instant startedAt = now.plus(delay);
		Mono.delay(delay, this.scheduler)
			.then(fetchOnce())
			.subscribe((token) -> succeed(fetch, token, startedAt), (ex) -> fail(fetch, asImException(ex), startedAt));
	}

	private Mono<AccessToken> fetchOnce() {
		String late = "no token came within " + this.fetchTimeout.toMillis() + " ms";
		return Mono.defer(this.source::fetch)
			.switchIfEmpty(Mono.error(() -> sourceFailure("the source gave no token", null)))
			.timeout(this.fetchTimeout, Mono.error(() -> sourceFailure(late, null)), this.scheduler);
	}

	private void succeed(Fetch fetch, AccessToken token, Instant startedAt) {
		Instant now = this.clock.instant();
		Instant expiresAt = token.expiresAt();
		if (expiresAt != null && !now.isBefore(expiresAt)) {
			fail(fetch, sourceFailure("the source gave a token that has expired", null), startedAt);
			return;
		}
		Held held = Held.of(token, now, this.random.getAsDouble());
		TokenState before = Objects.requireNonNull(
				this.state.getAndUpdate((state) -> state.isRejected(token, now) ? state : state.fetched(held, now)));
		if (!before.isRejected(token, now)) {
			logger.debug("A token was fetched");
			report(startedAt, now, null);
			fetch.result().tryEmitValue(token);
		}
		else if (fetch.beganAfterRejectionOf(token, now)) {
			fail(fetch, rejectedAgain(), startedAt);
		}
		else {
			restart(fetch, now);
		}
	}

	/**
	 * The token was rejected while the source was already about to give it: it has not
	 * been asked since.
	 */
	private void restart(Fetch fetch, Instant now) {
		TokenState fetching = this.state
			.updateAndGet((state) -> state.fetching(new Fetch(fetch.result(), state.rejections()), now));
		start(Objects.requireNonNull(fetching.fetch()), now, fetching.spacing(now));
	}

	private void fail(Fetch fetch, ImException failure, Instant startedAt) {
		Instant now = this.clock.instant();
		this.names.nameIn(failure);
		String message = failure.getMessage();
		Duration backoff = backoff(state().failures());
		TokenState after = this.state.updateAndGet((state) -> state.failed(message, now, now.plus(backoff)));
		Held serving = after.servingAt(now);
		if (serving == null) {
			logger.debug("No token was fetched: " + message);
		}
		else {
			logger.warn("Replacing the token that serves until %s failed, next try in %d ms: %s"
				.formatted(serving.servesUntil(), backoff.toMillis(), message));
		}
		report(startedAt, now, failure);
		fetch.result().tryEmitError(failure);
	}

	private Duration backoff(int failuresBefore) {
		Duration longest = TokenState.doubled(MIN_BACKOFF, failuresBefore, MAX_BACKOFF);
		return Duration.ofMillis((long) (longest.toMillis() * (1 + this.random.getAsDouble()) / 2));
	}

	private void report(Instant startedAt, Instant now, @Nullable ImException failure) {
		Duration duration = Duration.between(startedAt, now);
		ListenerGuard.report(this.listener,
				(listener) -> listener.onRefresh(duration.isNegative() ? Duration.ZERO : duration, failure));
	}

	private static ImException asImException(Throwable ex) {
		return (ex instanceof ImException failure) ? failure
				: sourceFailure("the source failed with " + ex.getClass().getName(), ex);
	}

	private static ImException sourceFailure(String problem, @Nullable Throwable cause) {
		return new ImTransportException(Operations.TOKEN.name(), problem,
				Hint.of("Check that %s can be reached from here, or what the application's own TokenSource does.",
						Setting.BASE_URL),
				false, cause);
	}

	private static ImException rejectedAgain() {
		ErrorResponse response = new ErrorResponse(401, null,
				"the service rejected the token, and the source gave the same one again", null, null, "");
		return new ImAuthenticationException(Operations.TOKEN.name(), response, Hint
			.of("Replace %s by a token that the service accepts, or have the application's own TokenSource get a "
					+ "new one each time.", Setting.TOKEN),
				false, false);
	}

	/**
	 * Builds a {@link ManagedTokenProvider}.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder {

		private final TokenSource source;

		private InstantSource clock = InstantSource.system();

		private Scheduler scheduler = Schedulers.parallel();

		private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

		private Duration fetchTimeout = DEFAULT_FETCH_TIMEOUT;

		private TokenRefreshListener listener = (duration, failure) -> {
		};

		private SettingNames settingNames = SettingNames.JAVA;

		private Builder(TokenSource source) {
			this.source = source;
		}

		/**
		 * Sets the clock that a token's expiry is compared with; the system's unless set.
		 * @param clock the clock
		 * @return this builder
		 */
		public Builder clock(InstantSource clock) {
			Assert.notNull(clock, "'clock' must not be null");
			this.clock = clock;
			return this;
		}

		/**
		 * Sets where fetches start and waiting calls go on; {@link Schedulers#parallel()}
		 * unless set.
		 * @param scheduler the scheduler, which the caller disposes of
		 * @return this builder
		 */
		public Builder scheduler(Scheduler scheduler) {
			Assert.notNull(scheduler, "'scheduler' must not be null");
			this.scheduler = scheduler;
			return this;
		}

		/**
		 * Sets the source of jitter; that of the JDK unless set.
		 * @param random gives numbers from 0 to below 1, also on several threads at once
		 * @return this builder
		 */
		public Builder random(DoubleSupplier random) {
			Assert.notNull(random, "'random' must not be null");
			this.random = random;
			return this;
		}

		/**
		 * Sets the longest time that the source may take for a token; 10 seconds unless
		 * set.
		 * @param fetchTimeout the time, at least a millisecond
		 * @return this builder
		 * @throws IllegalArgumentException if the time is shorter than a millisecond
		 */
		public Builder fetchTimeout(Duration fetchTimeout) {
			Assert.notNull(fetchTimeout, "'fetchTimeout' must not be null");
			if (fetchTimeout.compareTo(Duration.ofMillis(1)) < 0) {
				throw new IllegalArgumentException("The longest time for a token must be at least a millisecond");
			}
			this.fetchTimeout = fetchTimeout;
			return this;
		}

		/**
		 * Sets who hears how each fetch ended; nobody unless set.
		 * @param listener the listener
		 * @return this builder
		 */
		public Builder listener(TokenRefreshListener listener) {
			Assert.notNull(listener, "'listener' must not be null");
			this.listener = listener;
			return this;
		}

		/**
		 * Sets what hints call the settings; {@link SettingNames#JAVA} unless set.
		 * @param settingNames the names
		 * @return this builder
		 */
		public Builder settingNames(SettingNames settingNames) {
			Assert.notNull(settingNames, "'settingNames' must not be null");
			this.settingNames = settingNames;
			return this;
		}

		/**
		 * Builds the provider, without fetching anything.
		 * @return a new provider
		 */
		public ManagedTokenProvider build() {
			return new ManagedTokenProvider(this);
		}

	}

}
