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

import io.github.imspring.error.ImQuotaExceededException;
import io.github.imspring.operation.Operation;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Makes a limiter with the first call, or when somebody asks how the quotas stand. One
 * that is not made has nothing to let end. Not final, so that aspects can stand before
 * the bean.
 */
class LazyQuotaLimiter implements QuotaLimiter {

	private final Supplier<QuotaLimiter> factory;

	private volatile @Nullable QuotaLimiter limiter;

	private boolean closed;

	LazyQuotaLimiter(Supplier<QuotaLimiter> factory) {
		this.factory = factory;
	}

	private QuotaLimiter limiter() {
		QuotaLimiter made = this.limiter;
		return (made != null) ? made : make();
	}

	private synchronized QuotaLimiter make() {
		QuotaLimiter made = this.limiter;
		if (made == null) {
			made = this.factory.get();
			if (this.closed) {
				made.close(Duration.ZERO).subscribe();
			}
			this.limiter = made;
		}
		return made;
	}

	@Override
	public Mono<Grant> acquire(QuotaRequest request) {
		return limiter().acquire(request);
	}

	@Override
	public List<QuotaSnapshot> snapshots() {
		return limiter().snapshots();
	}

	@Override
	public @Nullable ImQuotaExceededException heldBack(Operation operation) {
		return limiter().heldBack(operation);
	}

	@Override
	public int mostMessages(Operation operation) {
		return limiter().mostMessages(operation);
	}

	@Override
	public Mono<Void> drain() {
		return Mono.defer(() -> {
			QuotaLimiter made = this.limiter;
			return (made != null) ? made.drain() : Mono.empty();
		});
	}

	@Override
	public Mono<Void> close(Duration grace) {
		return Mono.defer(() -> {
			QuotaLimiter made = close();
			return (made != null) ? made.close(grace) : Mono.empty();
		});
	}

	private synchronized @Nullable QuotaLimiter close() {
		this.closed = true;
		return this.limiter;
	}

}
