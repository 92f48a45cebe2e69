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

package io.github.imspring.autoconfigure.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.imspring.autoconfigure.ImAccounts;
import io.github.imspring.autoconfigure.ImAccounts.Account;
import io.github.imspring.autoconfigure.callback.ImCallbacks;
import io.github.imspring.callback.CallbackSnapshot;
import io.github.imspring.quota.QuotaSnapshot;
import io.github.imspring.quota.QuotaStoreState;
import io.github.imspring.token.TokenSnapshot;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * {@link Endpoint @Endpoint} that shows how each account stands: its quotas, its token's
 * age but never the token, and what failed last. It never calls the service.
 *
 * @since 0.1.0
 */
@Endpoint(id = "im")
public final class ImAccountsEndpoint {

	private final ImAccounts accounts;

	private final RecentErrors errors;

	private final @Nullable ImCallbacks callbacks;

	ImAccountsEndpoint(ImAccounts accounts, RecentErrors errors, @Nullable ImCallbacks callbacks) {
		this.accounts = accounts;
		this.errors = errors;
		this.callbacks = callbacks;
	}

	/**
	 * How the accounts stand.
	 * @return a description of each account by its name
	 */
	@ReadOperation
	public ImDescriptor accounts() {
		Map<String, AccountDescriptor> described = new LinkedHashMap<>();
		this.accounts.forEach((account) -> described.put(account.name(), describe(account)));
		return new ImDescriptor(described);
	}

	private AccountDescriptor describe(Account account) {
		TokenSnapshot token = account.token();
		return new AccountDescriptor((token != null) ? TokenDescriptor.of(token) : null, account.quotas().storeState(),
				account.quotas().snapshots().stream().map(QuotaDescriptor::of).toList(), this.errors.of(account.name()),
				(this.callbacks != null) ? this.callbacks.snapshot(account.name()) : null);
	}

	/**
	 * Description of all accounts.
	 *
	 * @param accounts each account by its name
	 * @since 0.1.0
	 */
	public record ImDescriptor(Map<String, AccountDescriptor> accounts) implements OperationResponseBody {
	}

	/**
	 * Description of an account.
	 *
	 * @param token its token, or {@code null} if the application's own provider keeps it
	 * @param quotaStore where its quotas are kept
	 * @param quotas its quotas, possibly none
	 * @param lastErrors its last failed calls, the newest first, 20 at most
	 * @param callbacks its callbacks, or {@code null} if it receives none
	 * @since 0.1.0
	 */
	public record AccountDescriptor(@Nullable TokenDescriptor token, QuotaStoreState quotaStore,
			List<QuotaDescriptor> quotas, List<ErrorDescriptor> lastErrors, @Nullable CallbackSnapshot callbacks) {
	}

	/**
	 * Description of a token, without the token.
	 *
	 * @param available whether there is one
	 * @param age how long ago it was issued
	 * @param remaining how long it is until it expires, if that is known
	 * @param refreshing whether one is being fetched
	 * @param consecutiveFailures how many fetches have failed since the last that did not
	 * @param lastFailureAt when a fetch failed last
	 * @param lastFailure why it failed
	 * @since 0.1.0
	 */
	public record TokenDescriptor(boolean available, @Nullable Duration age, @Nullable Duration remaining,
			boolean refreshing, int consecutiveFailures, @Nullable Instant lastFailureAt,
			@Nullable String lastFailure) {

		static TokenDescriptor of(TokenSnapshot token) {
			return new TokenDescriptor(token.available(), token.age(), token.remaining(), token.refreshing(),
					token.consecutiveFailures(), token.lastFailureAt(), token.lastFailure());
		}

	}

	/**
	 * Description of a quota.
	 *
	 * @param name its name
	 * @param limit the most units in one window
	 * @param window the length of the window
	 * @param available the slots that are free
	 * @param waiting the calls that wait for it
	 * @param heldBackFor for how long nothing goes because the service refused a call
	 * @param rejections the calls that the service refused
	 * @since 0.1.0
	 */
	public record QuotaDescriptor(String name, int limit, Duration window, int available, int waiting,
			Duration heldBackFor, long rejections) {

		static QuotaDescriptor of(QuotaSnapshot snapshot) {
			return new QuotaDescriptor(snapshot.quota().name(), snapshot.quota().limit(), snapshot.quota().window(),
					snapshot.available(), snapshot.waiting(), snapshot.heldBackFor(), snapshot.throttled());
		}

	}

	/**
	 * Description of a failed call.
	 *
	 * @param at when
	 * @param operation the name of the operation
	 * @param exception the simple name of the exception
	 * @param status the HTTP status, if an answer came
	 * @param mayHaveBeenProcessed whether the service may have acted on it, if that is
	 * known
	 * @since 0.1.0
	 */
	public record ErrorDescriptor(Instant at, String operation, String exception, @Nullable Integer status,
			@Nullable Boolean mayHaveBeenProcessed) {
	}

}
