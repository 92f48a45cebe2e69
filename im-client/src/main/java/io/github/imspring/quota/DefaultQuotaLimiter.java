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
import java.util.function.LongSupplier;

import io.github.imspring.error.ImException;
import io.github.imspring.error.ImQuotaExceededException;
import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Quota.Unit;
import io.github.imspring.quota.GrantSubscription.Ask;
import io.github.imspring.quota.admission.Admission;
import io.github.imspring.quota.admission.Refusal;
import io.github.imspring.quota.admission.Refusal.Reason;
import io.github.imspring.quota.store.QuotaStore;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * A {@link QuotaLimiter} over a {@link Dispatcher}, and a store if the quotas are shared.
 * Not final: aspects stand before it.
 */
class DefaultQuotaLimiter implements QuotaLimiter {

	private final Dispatcher dispatcher;

	private final QuotaTable table;

	private final NotPermitted wording;

	/**
	 * Shares the quotas with other instances, if there are any.
	 */
	private final @Nullable StoreHeartbeat heartbeat;

	private final Sinks.Empty<Void> closed = Sinks.empty();

	DefaultQuotaLimiter(QuotaSettings settings, Scheduler scheduler, LongSupplier nanoTime, QuotaListener listener,
			RateLimiters limiters, @Nullable QuotaStore store, int instances) {
		Admission admission = new Admission(Dispatcher.nanos(settings.maxWait()), settings.maxWaiting(),
				settings.bulkShare(), instances);
		this.dispatcher = new Dispatcher(admission, scheduler, nanoTime, this::drained);
		this.wording = new NotPermitted(settings.maxWait(), String.valueOf(store));
		this.table = new QuotaTable(settings, this.dispatcher, listener, limiters, this.wording);
		this.heartbeat = (store != null) ? new StoreHeartbeat(store, instances, this.dispatcher, scheduler, listener)
				: null;
	}

	/**
	 * Makes the quotas of the operation known before its first call.
	 */
	void register(Operation operation) {
		this.table.of(operation);
	}

	void start() {
		if (this.heartbeat != null) {
			this.dispatcher.connect(this.heartbeat);
			this.heartbeat.start();
		}
	}

	@Override
	public Mono<Grant> acquire(QuotaRequest request) {
		Operation operation = request.operation();
		CountedQuotas quotas = this.table.of(operation);
		if (quotas == null) {
			return Mono.just(FreeGrant.INSTANCE);
		}
		boolean bulk = request.lane() == Lane.BULK;
		return GrantSubscription.mono(quotas, new Ask(operation.name(), 1, request.messages(), bulk, !bulk));
	}

	@Override
	public @Nullable ImQuotaExceededException heldBack(Operation operation) {
		CountedQuotas quotas = this.table.of(operation);
		if (quotas == null) {
			return null;
		}
		Refusal obstacle = this.dispatcher.obstacle(quotas.group());
		if (obstacle.reason() != Reason.THROTTLED && obstacle.reason() != Reason.STORE_LOST) {
			return null;
		}
		ImException reason = this.wording.of(operation.name(), obstacle);
		return (reason instanceof ImQuotaExceededException exceeded) ? exceeded : null;
	}

	@Override
	public int mostMessages(Operation operation) {
		CountedQuotas quotas = this.table.of(operation);
		int most = Integer.MAX_VALUE;
		for (QuotaReport report : (quotas != null) ? quotas.reports() : List.<QuotaReport>of()) {
			boolean messages = report.quota().quota().unit() == Unit.MESSAGES;
			most = messages ? Math.min(most, report.quota().fallbackShare()) : most;
		}
		return most;
	}

	@Override
	public List<QuotaSnapshot> snapshots() {
		return this.dispatcher.snapshots();
	}

	@Override
	public QuotaStoreState storeState() {
		return (this.heartbeat != null) ? this.heartbeat.state() : QuotaStoreState.LOCAL;
	}

	@Override
	public Mono<Void> drain() {
		return Mono.defer(() -> {
			this.dispatcher.refuseWaiting();
			return (this.heartbeat != null) ? this.heartbeat.leave() : Mono.empty();
		});
	}

	@Override
	public Mono<Void> close(Duration grace) {
		return Mono.defer(() -> {
			this.dispatcher.close(grace);
			return this.closed.asMono();
		});
	}

	private void drained() {
		if (this.heartbeat != null) {
			this.heartbeat.leave().subscribe(null, null, this.closed::tryEmitEmpty);
		}
		else {
			this.closed.tryEmitEmpty();
		}
	}

}
