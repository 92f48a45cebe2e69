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

package io.github.imspring.autoconfigure.health;

import java.util.Locale;

import io.github.imspring.autoconfigure.ImAccounts.Account;
import io.github.imspring.autoconfigure.callback.ImCallbacks;
import io.github.imspring.callback.CallbackSnapshot;
import io.github.imspring.quota.QuotaStoreState;
import io.github.imspring.token.TokenSnapshot;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * {@link HealthIndicator} of one account, from what its client knows already; it never
 * calls the service.
 * <ul>
 * <li>{@code DOWN}: there is no token, and the last fetch failed.
 * <li>{@code OUT_OF_SERVICE}: the store of the quotas is lost; the instance goes on with
 * its fallback share of each quota. The same if callbacks are lost because their queue is
 * full.
 * <li>{@code UNKNOWN}: there is no token at the moment, and no fetch has failed: no call
 * has been made yet, or none since the last token expired or was rejected. Or the
 * application's own provider keeps the token.
 * <li>{@code UP}: there is a token, even if replacing it fails at the moment.
 * </ul>
 *
 * @since 0.1.0
 */
public final class ImHealthIndicator extends AbstractHealthIndicator {

	private final Account account;

	private final @Nullable ImCallbacks callbacks;

	/**
	 * Creates the indicator.
	 * @param account the account
	 * @param callbacks the callbacks of all accounts, or {@code null} if none receives
	 * any
	 */
	public ImHealthIndicator(Account account, @Nullable ImCallbacks callbacks) {
		this.account = account;
		this.callbacks = callbacks;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		TokenSnapshot token = this.account.token();
		QuotaStoreState store = this.account.quotas().storeState();
		CallbackSnapshot callbacks = (this.callbacks != null) ? this.callbacks.snapshot(this.account.name()) : null;
		builder.status(status(token, store, callbacks))
			.withDetail("token", (token != null) ? describe(token) : "kept by the application")
			.withDetail("quotas", store.name().toLowerCase(Locale.ROOT));
		if (token != null && token.lastFailure() != null && token.consecutiveFailures() > 0) {
			builder.withDetail("tokenFailures", token.consecutiveFailures())
				.withDetail("lastTokenFailure", token.lastFailure());
		}
		if (callbacks != null) {
			builder.withDetail("callbacks", callbacks.full() ? "lost, for the queue is full" : "received");
		}
	}

	private static Status status(@Nullable TokenSnapshot token, QuotaStoreState store,
			@Nullable CallbackSnapshot callbacks) {
		if (token != null && !token.available() && token.consecutiveFailures() > 0) {
			return Status.DOWN;
		}
		if (store == QuotaStoreState.DEGRADED || (callbacks != null && callbacks.full())) {
			return Status.OUT_OF_SERVICE;
		}
		return (token != null && token.available()) ? Status.UP : Status.UNKNOWN;
	}

	private static String describe(TokenSnapshot token) {
		if (token.available()) {
			return "available";
		}
		if (token.consecutiveFailures() > 0) {
			return "cannot be had";
		}
		return token.refreshing() ? "being fetched" : "none at the moment; fetched with the next call";
	}

}
