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

package io.github.imspring.autoconfigure.metrics;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.github.imspring.autoconfigure.ImAccounts;
import io.github.imspring.autoconfigure.ImAccounts.Account;
import io.github.imspring.autoconfigure.ImClientInstrumentation;
import io.github.imspring.error.ImException;
import io.github.imspring.observation.CallListener;
import io.github.imspring.observation.CallOutcome;
import io.github.imspring.observation.ObservedCall;
import io.github.imspring.observation.RetryReason;
import io.github.imspring.operation.Quota;
import io.github.imspring.operation.Quota.Unit;
import io.github.imspring.quota.QuotaListener;
import io.github.imspring.quota.QuotaSnapshot;
import io.github.imspring.quota.QuotaStoreState;
import io.github.imspring.token.TokenRefreshListener;
import io.github.imspring.token.TokenSnapshot;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * The meters of the IM client that its observations do not give. All have the tag
 * {@code account}: the name under {@code im.accounts}, or {@code default}.
 * <table>
 * <caption>Meters</caption>
 * <tr>
 * <th>name</th>
 * <th>kind</th>
 * <th>further tags</th>
 * </tr>
 * <tr>
 * <td>{@code im.client.messages}</td>
 * <td>counter of messages, one for each user, chatroom or group that they are sent
 * to</td>
 * <td>{@code operation}, {@code type}, {@code outcome}</td>
 * </tr>
 * <tr>
 * <td>{@code im.client.retries}</td>
 * <td>counter</td>
 * <td>{@code operation}, {@code reason}</td>
 * </tr>
 * <tr>
 * <td>{@code im.client.quota.wait}</td>
 * <td>timer of what granted calls waited, zero included</td>
 * <td>{@code quota}</td>
 * </tr>
 * <tr>
 * <td>{@code im.client.quota.available}</td>
 * <td>gauge of the slots that are free</td>
 * <td>{@code quota}</td>
 * </tr>
 * <tr>
 * <td>{@code im.client.quota.waiting}</td>
 * <td>gauge of the calls that wait</td>
 * <td>{@code quota}</td>
 * </tr>
 * <tr>
 * <td>{@code im.client.quota.rejections}</td>
 * <td>counter of calls that the service refused for their rate</td>
 * <td>{@code quota}, {@code status}</td>
 * </tr>
 * <tr>
 * <td>{@code im.client.quota.degraded}</td>
 * <td>gauge, 1 while the store that instances share the quotas in is lost</td>
 * <td></td>
 * </tr>
 * <tr>
 * <td>{@code im.client.token.refresh}</td>
 * <td>timer</td>
 * <td>{@code outcome}</td>
 * </tr>
 * <tr>
 * <td>{@code im.client.token.remaining}</td>
 * <td>gauge of the seconds until the token expires, not a number if there is none or that
 * is not known</td>
 * <td></td>
 * </tr>
 * </table>
 *
 * @since 0.1.0
 */
public final class ImClientMetrics implements ImClientInstrumentation, SmartInitializingSingleton {

	private final MeterRegistry registry;

	private final ObjectProvider<ImAccounts> accounts;

	private final Map<String, AccountMeters> byAccount = new ConcurrentHashMap<>();

	/**
	 * Creates the metrics.
	 * @param registry where the meters are registered
	 * @param accounts the accounts whose quotas and tokens are gauged, asked for when all
	 * beans are there
	 */
	public ImClientMetrics(MeterRegistry registry, ObjectProvider<ImAccounts> accounts) {
		this.registry = registry;
		this.accounts = accounts;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.accounts.ifAvailable((accounts) -> accounts.forEach((account) -> meters(account.name()).gauge(account)));
	}

	@Override
	public CallListener callListener(String account) {
		return meters(account);
	}

	@Override
	public QuotaListener quotaListener(String account) {
		return meters(account);
	}

	@Override
	public TokenRefreshListener tokenRefreshListener(String account) {
		return meters(account);
	}

	private AccountMeters meters(String account) {
		return this.byAccount.computeIfAbsent(account, (name) -> new AccountMeters(this.registry, name));
	}

	/**
	 * The meters of one account. A quota that no operation of the library has becomes
	 * known, and gauged, with its first call. What alerts look at is there from the
	 * start: a rate does not see the event that makes a counter.
	 */
	private static final class AccountMeters implements CallListener, QuotaListener, TokenRefreshListener {

		private static final String NO_QUOTA = "none";

		private static final Set<CallOutcome> TOKEN_OUTCOMES = EnumSet.complementOf(EnumSet.of(CallOutcome.CANCELLED));

		private final MeterRegistry registry;

		private final Tags account;

		private final Map<String, Timer> waits = new ConcurrentHashMap<>();

		private final Set<String> gauged = ConcurrentHashMap.newKeySet();

		private volatile @Nullable Account source;

		AccountMeters(MeterRegistry registry, String account) {
			this.registry = registry;
			this.account = Tags.of("account", account);
		}

		void gauge(Account source) {
			this.source = source;
			TimeGauge.builder("im.client.token.remaining", source, TimeUnit.SECONDS, AccountMeters::secondsRemaining)
				.description("Time until the token expires")
				.tags(this.account)
				.register(this.registry);
			Gauge.builder("im.client.quota.degraded", source, AccountMeters::degraded)
				.description("1 while the store that instances share the quotas in is lost")
				.tags(this.account)
				.register(this.registry);
			TOKEN_OUTCOMES.forEach(this::refreshes);
			source.quotas().snapshots().forEach((snapshot) -> gauge(source, snapshot.quota()));
		}

		private void gauge(Account source, Quota quota) {
			if (this.gauged.add(quota.name())) {
				gauge("im.client.quota.available", "Slots of the quota that are free", source, quota.name(),
						QuotaSnapshot::available);
				gauge("im.client.quota.waiting", "Calls that wait for the quota", source, quota.name(),
						QuotaSnapshot::waiting);
				rejections(quota, (quota.unit() == Unit.CALLS) ? 429 : 403);
			}
		}

		private void gauge(String name, String description, Account source, String quota,
				ToDoubleFunction<QuotaSnapshot> value) {
			Gauge.builder(name, source, (state) -> value(state.quotas().snapshots(), quota, value))
				.description(description)
				.tags(this.account.and("quota", quota))
				.register(this.registry);
		}

		private static double value(List<QuotaSnapshot> snapshots, String quota,
				ToDoubleFunction<QuotaSnapshot> value) {
			for (QuotaSnapshot snapshot : snapshots) {
				if (snapshot.quota().name().equals(quota)) {
					return value.applyAsDouble(snapshot);
				}
			}
			return Double.NaN;
		}

		private static double degraded(Account account) {
			return (account.quotas().storeState() == QuotaStoreState.DEGRADED) ? 1 : 0;
		}

		private static double secondsRemaining(Account account) {
			TokenSnapshot token = account.token();
			Duration remaining = (token != null) ? token.remaining() : null;
			return (remaining != null) ? remaining.toSeconds() + remaining.toNanosPart() / 1e9 : Double.NaN;
		}

		@Override
		public void granted(Quota quota, Duration waited) {
			Account source = this.source;
			if (source != null) {
				gauge(source, quota);
			}
			this.waits.computeIfAbsent(quota.name(), this::waitOf).record(waited);
		}

		private Timer waitOf(String quota) {
			return Timer.builder("im.client.quota.wait")
				.description("Time that granted calls waited for the quota")
				.tags(this.account.and("quota", quota))
				.register(this.registry);
		}

		@Override
		public void rejected(ObservedCall call, @Nullable Quota quota, int status) {
			rejections(quota, status).increment();
		}

		private Counter rejections(@Nullable Quota quota, int status) {
			return Counter.builder("im.client.quota.rejections")
				.description("Calls that the service refused for their rate")
				.tags(this.account.and("quota", (quota != null) ? quota.name() : NO_QUOTA, "status",
						Integer.toString(status)))
				.register(this.registry);
		}

		@Override
		public void onRefresh(Duration duration, @Nullable ImException failure) {
			refreshes(CallOutcome.of(failure)).record(duration);
		}

		private Timer refreshes(CallOutcome outcome) {
			return Timer.builder("im.client.token.refresh")
				.description("Time that fetches of a token took")
				.tags(this.account.and("outcome", outcome.name()))
				.register(this.registry);
		}

		@Override
		public void retrying(ObservedCall call, RetryReason reason) {
			Counter.builder("im.client.retries")
				.description("Attempts of a call beyond its first")
				.tags(this.account.and("operation", call.operation().name(), "reason", reason.tag()))
				.register(this.registry)
				.increment();
		}

		@Override
		public void ended(ObservedCall call, CallOutcome outcome, @Nullable Throwable failure) {
			if (call.messageType() != null) {
				Counter.builder("im.client.messages")
					.description("Messages, one for each user, chatroom or group that they are sent to")
					.tags(this.account.and("operation", call.operation().name(), "type", call.messageType(), "outcome",
							outcome.name()))
					.register(this.registry)
					.increment(call.messages());
			}
		}

	}

}
