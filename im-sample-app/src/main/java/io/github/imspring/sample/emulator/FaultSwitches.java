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

package io.github.imspring.sample.emulator;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.Faults;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.emulator.Latency;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Switches for the faults of the emulator. One that would fail every call would only show
 * that nothing works; these leave the starter something to cope with.
 */
@Component
@Profile("emulator")
class FaultSwitches implements DisposableBean {

	private static final Latency SLOW = Latency.random(Duration.ofMillis(200), Duration.ofMillis(400));

	private final Faults faults;

	private final Set<FaultKind> on = EnumSet.noneOf(FaultKind.class);

	private final Disposable.Swap repetition = Disposables.swap();

	FaultSwitches(ImEmulator emulator) {
		this.faults = emulator.faults();
	}

	synchronized Set<FaultKind> on() {
		return EnumSet.copyOf(this.on);
	}

	synchronized void switchOn(FaultKind kind) {
		this.on.add(kind);
		apply();
	}

	synchronized void switchOff(FaultKind kind) {
		this.on.remove(kind);
		apply();
	}

	private void apply() {
		this.faults.clear();
		if (this.on.contains(FaultKind.SLOW_DOWN)) {
			this.faults.latency(SLOW);
		}
		this.repetition
			.update(Flux.merge(every(FaultKind.BREAK_CONNECTION, Duration.ofSeconds(2), Fault.resetAfterProcessing()),
					every(FaultKind.THROTTLE, Duration.ofSeconds(5), Fault.reachLimit()))
				.subscribe());
	}

	/**
	 * Plans a fault for the next call, again and again, unless the last is still to come.
	 */
	private Flux<Long> every(FaultKind kind, Duration interval, Fault fault) {
		if (!this.on.contains(kind)) {
			return Flux.empty();
		}
		return Flux.interval(Duration.ZERO, interval).onBackpressureDrop().doOnNext((number) -> plan(kind, fault));
	}

	/**
	 * None is planned any more once its kind is switched off.
	 */
	private synchronized void plan(FaultKind kind, Fault fault) {
		if (this.on.contains(kind) && this.faults.remaining(Faults.ANY_OPERATION) == 0) {
			this.faults.fail(Faults.ANY_OPERATION, fault);
		}
	}

	@Override
	public void destroy() {
		this.repetition.dispose();
	}

}
