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
import java.util.List;
import java.util.function.Supplier;

import io.github.imspring.error.Hint;
import io.github.imspring.error.ImCancelledException;
import io.github.imspring.error.ImException;
import io.github.imspring.error.ImQuotaExceededException;
import io.github.imspring.error.Setting;
import io.github.imspring.operation.Quota;
import org.jspecify.annotations.Nullable;

/**
 * Why a call is not granted. Made within the dispatcher's monitor; the exception is made
 * outside.
 *
 * @param operation the name of the operation
 * @param problem why the call is refused
 * @param hint what to do about it
 * @param retryAfter when the call could have gone, from now, if that is known
 */
record Refusal(String operation, Supplier<String> problem, Hint hint, @Nullable Duration retryAfter) {

	private static final Supplier<String> CLOSED = () -> "the client was closed before the quota had a slot for the call, which was not sent";

	/**
	 * When a queue that is full now may have room.
	 */
	private static final Duration SOON = Duration.ofMillis(10);

	static Refusal closed(Ticket ticket) {
		return new Refusal(ticket.operation(), CLOSED, Hint.of(""), null);
	}

	static Refusal tooHeavy(Ticket ticket, Quota quota, int slots) {
		return new Refusal(ticket.operation(), () -> "the call counts as %d but the quota '%s' is %d in all"
			.formatted(slots, quota.name(), quota.limit()), Hint.of("Cut it into smaller calls."), null);
	}

	static Refusal tooHeavyForPart(Ticket ticket, Quota quota, int slots, int part) {
		return new Refusal(ticket.operation(),
				() -> "the call counts as %d but %d of the quota '%s' are this instance's part while the quotas cannot be shared"
					.formatted(slots, part, quota.name()),
				Hint.of("Cut it into smaller calls, or send it again when the store of the quotas answers again."),
				null);
	}

	static Refusal tooMany(Ticket ticket, int maxWaiting, Blocker blocker) {
		return new Refusal(ticket.operation(),
				() -> "%d calls are waiting for the quota '%s' already".formatted(maxWaiting, blocker.quota().name()),
				Hint.of("Send fewer at a time, or raise %s.", Setting.QUOTA_MAX_WAITING),
				(blocker.nanos() > 0) ? blocker.retryAfter() : SOON);
	}

	static Refusal tooLate(Ticket ticket, Duration maxWait, Blocker blocker) {
		Quota quota = blocker.quota();
		return new Refusal(ticket.operation(),
				() -> "the quota '%s' (%d in %d s) has no room for the call within %s".formatted(quota.name(),
						quota.limit(), quota.window().toSeconds(), maxWait),
				Hint.of("Send less, raise %s, or buy a higher limit and set it (%s).", Setting.QUOTA_MAX_WAIT,
						Setting.QUOTA_LIMITS),
				blocker.retryAfter());
	}

	ImException toException() {
		if (this.problem == CLOSED) {
			return new ImCancelledException(this.operation, CLOSED.get(), false);
		}
		return new ImQuotaExceededException(this.operation, this.problem.get(), this.hint, this.retryAfter);
	}

	/**
	 * The quota that keeps a call waiting.
	 *
	 * @param quota the quota
	 * @param nanos how much longer it surely does
	 */
	record Blocker(Quota quota, long nanos) {

		static Blocker of(Ticket ticket, boolean inFront, long now) {
			List<QuotaState> quotas = ticket.group().quotas();
			QuotaState blocking = quotas.get(0);
			long until = now;
			for (QuotaState quota : quotas) {
				long forecast = quota.forecast(ticket, inFront, now);
				if (forecast > until) {
					blocking = quota;
					until = forecast;
				}
			}
			return new Blocker(blocking.quota(), until - now);
		}

		@Nullable Duration retryAfter() {
			return (this.nanos > 0) ? Duration.ofNanos(this.nanos) : null;
		}

	}

}
