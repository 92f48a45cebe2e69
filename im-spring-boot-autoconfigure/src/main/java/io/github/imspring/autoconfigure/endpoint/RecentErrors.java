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

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.imspring.autoconfigure.ImClientInstrumentation;
import io.github.imspring.autoconfigure.endpoint.ImAccountsEndpoint.ErrorDescriptor;
import io.github.imspring.error.ImApiException;
import io.github.imspring.error.ImException;
import io.github.imspring.observation.CallListener;
import io.github.imspring.observation.CallOutcome;
import io.github.imspring.observation.ObservedCall;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the last failed calls of each account: what failed and how, but not the
 * messages, which may name users.
 */
final class RecentErrors implements ImClientInstrumentation {

	/**
	 * How many are remembered for each account.
	 */
	static final int CAPACITY = 20;

	private final InstantSource clock;

	private final Map<String, Ring> byAccount = new ConcurrentHashMap<>();

	RecentErrors(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * The last failed calls of an account, the newest first.
	 */
	List<ErrorDescriptor> of(String account) {
		return ring(account).newestFirst();
	}

	@Override
	public CallListener callListener(String account) {
		Ring ring = ring(account);
		return new CallListener() {

			@Override
			public void ended(ObservedCall call, CallOutcome outcome, @Nullable Throwable failure) {
				if (failure != null) {
					ring.add(describe(RecentErrors.this.clock.instant(), call, failure));
				}
			}

		};
	}

	private static ErrorDescriptor describe(Instant at, ObservedCall call, Throwable failure) {
		Integer status = (failure instanceof ImApiException ex && ex.status() > 0) ? ex.status() : null;
		Boolean processed = (failure instanceof ImException ex) ? ex.mayHaveBeenProcessed() : null;
		return new ErrorDescriptor(at, call.operation().name(), failure.getClass().getSimpleName(), status, processed);
	}

	private Ring ring(String account) {
		return this.byAccount.computeIfAbsent(account, (name) -> new Ring());
	}

	private static final class Ring {

		private final Deque<ErrorDescriptor> errors = new ArrayDeque<>(CAPACITY);

		synchronized void add(ErrorDescriptor error) {
			if (this.errors.size() == CAPACITY) {
				this.errors.removeLast();
			}
			this.errors.addFirst(error);
		}

		synchronized List<ErrorDescriptor> newestFirst() {
			return List.copyOf(this.errors);
		}

	}

}
