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
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Sinks;

/**
 * What a {@link ManagedTokenProvider} knows at one moment; every change makes a new one.
 *
 * @param held the token in use, if there is one
 * @param fetch the fetch in flight, if there is one
 * @param rejections the tokens that the service rejected a short while ago, oldest first
 * @param failures the fetches that failed since the last that did not
 * @param lastFailure how a fetch failed last, if any did
 * @param row the number of fetches that followed each other closely
 * @param lastEnd when the last fetch ended, if any did
 */
record TokenState(@Nullable Held held, @Nullable Fetch fetch, List<Rejection> rejections, int failures,
		@Nullable Failure lastFailure, int row, @Nullable Instant lastEnd) {

	static final TokenState INITIAL = new TokenState(null, null, List.of(), 0, null, 0, null);

	/**
	 * Long enough that a source with a cache of its own does not bring a rejected token
	 * straight back; not for ever, because the service may have erred.
	 */
	static final Duration REJECTION_MEMORY = Duration.ofMinutes(1);

	private static final int MAX_REJECTIONS = 16;

	private static final Duration ROW_GAP = Duration.ofMinutes(1);

	private static final int UNSPACED_FETCHES = 2;

	private static final Duration MIN_SPACING = Duration.ofMillis(100);

	private static final Duration MAX_SPACING = Duration.ofSeconds(1);

	@Nullable Held servingAt(Instant now) {
		return (this.held != null && now.isBefore(this.held.servesUntil())) ? this.held : null;
	}

	TokenState fetching(Fetch fetch, Instant now) {
		boolean close = this.lastEnd != null && now.isBefore(this.lastEnd.plus(ROW_GAP));
		return new TokenState(this.held, fetch, this.rejections, this.failures, this.lastFailure,
				close ? this.row + 1 : 1, this.lastEnd);
	}

	/**
	 * How long the fetch in flight has to wait. The service bans an account that asks for
	 * tokens too often, and a failure is not cached, so fetches in a row are spaced:
	 * those who wait for the token wait a little longer instead of failing.
	 */
	Duration spacing(Instant now) {
		if (this.lastEnd == null || this.row <= UNSPACED_FETCHES) {
			return Duration.ZERO;
		}
		Duration spacing = doubled(MIN_SPACING, this.row - UNSPACED_FETCHES - 1, MAX_SPACING);
		Duration wait = Duration.between(now, this.lastEnd.plus(spacing));
		if (wait.isNegative()) {
			return Duration.ZERO;
		}
		return (wait.compareTo(spacing) < 0) ? wait : spacing;
	}

	TokenState fetched(Held held, Instant now) {
		return new TokenState(held, null, this.rejections, 0, this.lastFailure, this.row, now);
	}

	TokenState failed(String message, Instant now, Instant retryAt) {
		Held kept = (this.held != null) ? this.held.refreshedAt(retryAt) : null;
		return new TokenState(kept, null, this.rejections, this.failures + 1, new Failure(message, now), this.row, now);
	}

	/**
	 * Counts from the latest report: a call that was long under way may bring it late.
	 */
	TokenState rejected(AccessToken token, Instant now) {
		boolean current = this.held != null && this.held.token().value().equals(token.value());
		List<Rejection> rejections = Stream
			.concat(this.rejections.stream().filter((earlier) -> earlier.countsAt(now) && !earlier.of(token)),
					Stream.of(new Rejection(token, now.plus(REJECTION_MEMORY))))
			.toList();
		int surplus = Math.max(0, rejections.size() - MAX_REJECTIONS);
		return new TokenState(current ? null : this.held, this.fetch, rejections.subList(surplus, rejections.size()),
				this.failures, this.lastFailure, this.row, this.lastEnd);
	}

	boolean isRejected(AccessToken token, Instant now) {
		return anyOf(this.rejections, token, now);
	}

	private static boolean anyOf(List<Rejection> rejections, AccessToken token, Instant now) {
		return rejections.stream().anyMatch((rejection) -> rejection.countsAt(now) && rejection.of(token));
	}

	TokenSnapshot snapshot(Instant now) {
		Held serving = servingAt(now);
		AccessToken token = (serving != null) ? serving.token() : null;
		Instant issuedAt = (token != null) ? token.issuedAt() : null;
		Instant expiresAt = (token != null) ? token.expiresAt() : null;
		return new TokenSnapshot(token != null, issuedAt, expiresAt,
				(issuedAt != null) ? Duration.between(issuedAt, now) : null,
				(expiresAt != null) ? Duration.between(now, expiresAt) : null, this.fetch != null, this.failures,
				(this.lastFailure != null) ? this.lastFailure.at() : null,
				(this.lastFailure != null) ? this.lastFailure.message() : null);
	}

	static Duration doubled(Duration first, int times, Duration most) {
		Duration duration = first.multipliedBy(1L << Math.min(times, 20));
		return (duration.compareTo(most) < 0) ? duration : most;
	}

	/**
	 * A token in use.
	 *
	 * @param token the token
	 * @param servesUntil when it is no longer handed out
	 * @param refreshAt when the next call has it replaced
	 */
	record Held(AccessToken token, Instant servesUntil, Instant refreshAt) {

		private static final Duration MAX_MARGIN = Duration.ofSeconds(10);

		/**
		 * As good as forever, and far from any overflow.
		 */
		private static final Duration LONGEST_LIFE = Duration.ofDays(36_500);

		private static final int MARGIN_DIVISOR = 20;

		private static final double LATEST_REFRESH = 0.8;

		private static final double REFRESH_SPREAD = 0.05;

		/**
		 * The life counts from now and not from the issue: a source may hand out a token
		 * that is not new, and is not to be asked again at once for that.
		 */
		static Held of(AccessToken token, Instant now, double random) {
			Instant expiresAt = token.expiresAt();
			if (expiresAt == null) {
				return new Held(token, Instant.MAX, Instant.MAX);
			}
			Duration life = Duration.between(now, expiresAt);
			life = (life.compareTo(LONGEST_LIFE) < 0) ? life : LONGEST_LIFE;
			Duration margin = life.dividedBy(MARGIN_DIVISOR);
			double refreshed = LATEST_REFRESH - REFRESH_SPREAD * random;
			return new Held(token, expiresAt.minus((margin.compareTo(MAX_MARGIN) < 0) ? margin : MAX_MARGIN),
					now.plusMillis((long) (life.toMillis() * refreshed)));
		}

		Held refreshedAt(Instant refreshAt) {
			return new Held(this.token, this.servesUntil, refreshAt);
		}

	}

	/**
	 * A fetch in flight.
	 *
	 * @param result where its callers wait
	 * @param rejections the rejections known when it began
	 */
	record Fetch(Sinks.One<AccessToken> result, List<Rejection> rejections) {

		boolean beganAfterRejectionOf(AccessToken token, Instant now) {
			return anyOf(this.rejections, token, now);
		}

	}

	/**
	 * A token that the service rejected.
	 *
	 * @param token the token
	 * @param until when that is forgotten
	 */
	record Rejection(AccessToken token, Instant until) {

		boolean of(AccessToken other) {
			return this.token.value().equals(other.value());
		}

		/**
		 * A clock that was set back in between makes nothing last longer.
		 */
		boolean countsAt(Instant now) {
			return now.isBefore(this.until) && !now.isBefore(this.until.minus(REJECTION_MEMORY));
		}

	}

	/**
	 * A fetch that failed.
	 *
	 * @param message why
	 * @param at when
	 */
	record Failure(String message, Instant at) {
	}

}
