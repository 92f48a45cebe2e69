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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;

import io.github.imspring.autoconfigure.ImAccounts;
import io.github.imspring.quota.QuotaSnapshot;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;

import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Service;

/**
 * Samples the calls every second and remembers five minutes of it. Looks at the first
 * account, which is the only one here.
 */
@Service
class Watch implements SmartLifecycle {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final int REMEMBERED = 300;

	private final CallMeter meter;

	private final ImAccounts.Account account;

	private final HealthEndpoint health;

	private volatile Flux<Sample> samples = Flux.empty();

	private volatile Disposable sampling = Disposables.disposed();

	Watch(CallMeter meter, ImAccounts accounts, HealthEndpoint health) {
		this.meter = meter;
		this.account = accounts.iterator().next();
		this.health = health;
	}

	/**
	 * Samples anew each time: a context may be stopped and started again.
	 */
	@Override
	public void start() {
		ConnectableFlux<Sample> sampled = Flux.interval(SECOND)
			.onBackpressureDrop()
			.map((second) -> sample())
			.replay(REMEMBERED);
		this.samples = sampled.onErrorComplete(CancellationException.class);
		this.sampling = sampled.connect();
	}

	@Override
	public void stop() {
		this.sampling.dispose();
	}

	@Override
	public boolean isRunning() {
		return !this.sampling.isDisposed();
	}

	/**
	 * What happened in the last five minutes, and what goes on.
	 * @return a sample each second, those of the past at once, until the sampling stops
	 */
	Flux<Sample> samples() {
		return Flux.defer(() -> this.samples);
	}

	/**
	 * How things stand.
	 * @return the state of each second, the first at once
	 */
	Flux<State> states() {
		return Flux.interval(Duration.ZERO, SECOND).onBackpressureDrop().map((second) -> state());
	}

	private Sample sample() {
		int waiting = snapshots().stream().mapToInt(QuotaSnapshot::waiting).max().orElse(0);
		return this.meter.drain(System.currentTimeMillis(), waiting);
	}

	private State state() {
		HealthDescriptor descriptor = this.health.healthForPath("im");
		return new State((descriptor != null) ? descriptor.getStatus().getCode() : "UNKNOWN",
				this.account.quotas().storeState().name(), State.TokenState.of(this.account.token()),
				snapshots().stream().map(State.QuotaState::of).toList(), this.meter.errors());
	}

	private List<QuotaSnapshot> snapshots() {
		return this.account.quotas().snapshots();
	}

}
