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

package io.github.imspring.sample.watch;

import java.util.List;

import io.github.imspring.quota.QuotaSnapshot;
import io.github.imspring.token.TokenSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * How things stand at one moment.
 *
 * @param health the health of the client
 * @param store where the quotas are kept
 * @param token the token; absent if the application's own provider keeps it
 * @param quotas the quotas
 * @param errors the last failed calls, the newest first
 */
record State(String health, String store, @Nullable TokenState token, List<QuotaState> quotas,
		List<FailedCall> errors) {

	/**
	 * A quota.
	 *
	 * @param name the name
	 * @param limit the most units in one window
	 * @param windowSeconds the length of the window
	 * @param used the units in use
	 * @param waiting the calls that wait for it
	 * @param heldBackMillis for how long nothing goes because the service refused a call
	 * @param throttled the calls that the service refused
	 */
	record QuotaState(String name, int limit, long windowSeconds, int used, int waiting, long heldBackMillis,
			long throttled) {

		static QuotaState of(QuotaSnapshot snapshot) {
			int limit = snapshot.quota().limit();
			int used = snapshot.heldBackFor().isZero() ? limit - snapshot.available() : limit;
			return new QuotaState(snapshot.quota().name(), limit, snapshot.quota().window().toSeconds(), used,
					snapshot.waiting(), snapshot.heldBackFor().toMillis(), snapshot.throttled());
		}

	}

	/**
	 * The token, without the token.
	 *
	 * @param available whether there is one
	 * @param ageSeconds how long ago it was issued
	 * @param remainingSeconds how long it is until it expires
	 * @param refreshing whether one is being fetched
	 * @param failures how many fetches have failed since the last that did not
	 * @param lastFailure why the last failed
	 */
	record TokenState(boolean available, @Nullable Long ageSeconds, @Nullable Long remainingSeconds, boolean refreshing,
			int failures, @Nullable String lastFailure) {

		static @Nullable TokenState of(@Nullable TokenSnapshot token) {
			if (token == null) {
				return null;
			}
			return new TokenState(token.available(), (token.age() != null) ? token.age().toSeconds() : null,
					(token.remaining() != null) ? token.remaining().toSeconds() : null, token.refreshing(),
					token.consecutiveFailures(), token.lastFailure());
		}

	}

}
