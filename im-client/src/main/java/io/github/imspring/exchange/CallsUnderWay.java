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

package io.github.imspring.exchange;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Counts calls, and tells when none is left.
 */
final class CallsUnderWay {

	private final AtomicInteger count = new AtomicInteger();

	private final AtomicReference<Sinks.@Nullable Empty<Void>> idle = new AtomicReference<>();

	void enter() {
		this.count.incrementAndGet();
	}

	void leave() {
		if (this.count.decrementAndGet() == 0) {
			emitIdle();
		}
	}

	private void emitIdle() {
		Sinks.Empty<Void> idle = this.idle.getAndSet(null);
		if (idle != null) {
			idle.tryEmitEmpty();
		}
	}

	/**
	 * Completes at the first moment without any call.
	 */
	Mono<Void> idle() {
		return Mono.defer(() -> {
			if (this.count.get() == 0) {
				return Mono.empty();
			}
			Sinks.Empty<Void> next = Sinks.empty();
			Sinks.Empty<Void> present = this.idle.compareAndExchange(null, next);
			if (this.count.get() == 0) {
				emitIdle();
			}
			return ((present != null) ? present : next).asMono();
		});
	}

}
