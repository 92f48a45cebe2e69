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

import io.github.imspring.error.ImCancelledException;
import io.github.imspring.error.ImQuotaExceededException;
import io.github.imspring.operation.Operation;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Keeps the quotas of the service. Every call asks for a grant before it is sent, and
 * says to the grant how it ended.
 *
 * @since 0.1.0
 */
public interface QuotaLimiter {

	/**
	 * Waits, without blocking a thread, until every quota of the operation has the slots
	 * for the call, and takes those of all of them in one step. Cancelling leaves the
	 * queue at once and costs nothing, also when the cancellation crosses the grant on
	 * its way: what was granted but not {@linkplain Grant#sent() sent} is given back.
	 * <p>
	 * A call that finds its slots is granted on the thread that subscribes. One that had
	 * to wait is granted, or refused, on the limiter's scheduler, each in a task of its
	 * own.
	 * @param request what the call asks for
	 * @return the grant, or an {@link ImQuotaExceededException} if the call cannot go
	 * within the longest wait, counts as more than the whole quota, or too many are
	 * waiting, or an {@link ImCancelledException} if the limiter is closed
	 */
	Mono<Grant> acquire(QuotaRequest request);

	/**
	 * The state of the quotas.
	 * @return a snapshot of each quota, possibly none
	 */
	default List<QuotaSnapshot> snapshots() {
		return List.of();
	}

	/**
	 * Where the quotas are kept.
	 * @return the state
	 */
	default QuotaStoreState storeState() {
		return QuotaStoreState.LOCAL;
	}

	/**
	 * Ends those that wait, on subscription, with an {@link ImCancelledException}, which
	 * says that they were not sent. New calls may still go; of quotas that instances
	 * share, within the fallback share of this one.
	 * @return completes when all have failed, and, within a second, a store knows that
	 * this instance leaves
	 * @since 0.1.0
	 */
	default Mono<Void> drain() {
		return Mono.empty();
	}

	/**
	 * Closes the limiter. New calls are refused from now on. Those that wait are given
	 * the time to go; when it is over they end with an {@link ImCancelledException},
	 * which says that they were not sent. Closing again returns the first closing.
	 * @param grace the time
	 * @return completes when every call that was granted has ended, or the time is over,
	 * and, within a second, a store knows that this instance leaves
	 */
	default Mono<Void> close(Duration grace) {
		return Mono.empty();
	}

	/**
	 * Why calls of an operation are held back just now by something else than the calls
	 * of this application: the service has throttled one of its quotas, or the store that
	 * the instances share the quotas in does not answer. A wait that is cut off by a
	 * deadline ends for that reason.
	 * @param operation the operation
	 * @return the error for a call that is given up now, which was not sent, with the
	 * time after which it could go if that is known; {@code null} if nothing but the
	 * limits holds the calls back
	 * @since 0.1.0
	 */
	default @Nullable ImQuotaExceededException heldBack(Operation operation) {
		return null;
	}

	/**
	 * The most messages that one call of an operation may count as and still surely go,
	 * also while the store that the instances share the quotas in is lost. Calls to many
	 * recipients are cut to it.
	 * @param operation the operation
	 * @return the messages, at least 1
	 * @since 0.1.0
	 */
	default int mostMessages(Operation operation) {
		return Integer.MAX_VALUE;
	}

	/**
	 * A limiter that grants every call at once.
	 * @return the limiter
	 */
	static QuotaLimiter unlimited() {
		return (request) -> Mono.just(FreeGrant.INSTANCE);
	}

}
