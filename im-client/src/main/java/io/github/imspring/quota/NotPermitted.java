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

import io.github.imspring.error.Hint;
import io.github.imspring.error.ImCancelledException;
import io.github.imspring.error.ImException;
import io.github.imspring.error.ImQuotaExceededException;
import io.github.imspring.error.Setting;
import io.github.imspring.operation.Quota;
import io.github.imspring.quota.admission.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Says why a call is not permitted, and what to do about it.
 */
final class NotPermitted {

	private final Duration maxWait;

	private final String store;

	/**
	 * Creates the wording of a limiter.
	 * @param store what the store of the quotas is called, empty if there is none
	 */
	NotPermitted(Duration maxWait, String store) {
		this.maxWait = maxWait;
		this.store = store;
	}

	ImException of(String operation, Refusal refusal) {
		return switch (refusal.reason()) {
			case CLOSED -> new ImCancelledException(operation,
					"the client was closed or drained before the quota had a slot for the call, which was not sent",
					false);
			case TOO_HEAVY -> exceeded(
					operation, refusal, "the call counts as %d but the quota '%s' is %d in all"
						.formatted(refusal.slots(), refusal.quota().name(), refusal.most()),
					Hint.of("Cut it into smaller calls."));
			case TOO_HEAVY_FOR_SHARE -> exceeded(operation, refusal,
					"the call counts as %d but %d of the quota '%s' are this instance's fallback share while %s does not answer"
						.formatted(refusal.slots(), refusal.most(), refusal.quota().name(), this.store),
					Hint.of("Cut it into smaller calls, or send it again when %s answers again."
						.formatted(this.store)));
			case QUEUE_FULL -> exceeded(operation, refusal,
					"%d calls are waiting for the quota '%s' already".formatted(refusal.most(), refusal.quota().name()),
					Hint.of("Send fewer at a time, or raise %s.", Setting.QUOTA_MAX_WAITING));
			case LIMIT -> exceeded(operation, refusal,
					"the quota %s has no slot for the call within %s".formatted(described(refusal.quota()),
							this.maxWait),
					Hint.of("Send less, raise %s, or buy a higher limit and set it (%s).", Setting.QUOTA_MAX_WAIT,
							Setting.QUOTA_LIMITS));
			case THROTTLED -> exceeded(operation, refusal,
					"the service has throttled the quota %s and holds every call of it back"
						.formatted(described(refusal.quota())),
					Hint.of("Wait as long as the service asks. Look whether other programs use the same App Key, or "
							+ "the limit is lower than it is set here (%s).", Setting.QUOTA_LIMITS));
			case STORE_LOST -> exceeded(operation, refusal,
					"%s does not answer, which shares the quota %s out among the instances".formatted(this.store,
							described(refusal.quota())),
					Hint.of("Look at %s and the connection to it. Without it this instance goes on with its fallback "
						.formatted(this.store) + "share as soon as no other instance can hold it any more."));
		};
	}

	private static String described(Quota quota) {
		return "'%s' (%d in %d s)".formatted(quota.name(), quota.limit(), quota.window().toSeconds());
	}

	private static ImQuotaExceededException exceeded(String operation, Refusal refusal, String problem, Hint hint) {
		@Nullable Duration retryAfter = (refusal.nanos() > 0) ? Duration.ofNanos(refusal.nanos()) : null;
		return new ImQuotaExceededException(operation, problem, hint, retryAfter);
	}

}
