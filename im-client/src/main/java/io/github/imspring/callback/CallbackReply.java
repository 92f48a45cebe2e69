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

package io.github.imspring.callback;

import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * The answer to a callback.
 *
 * @since 0.1.0
 */
public final class CallbackReply {

	private final int status;

	private final @Nullable String json;

	private final Runnable afterwards;

	private final AtomicBoolean sent = new AtomicBoolean();

	private CallbackReply(int status, @Nullable String json, Runnable afterwards) {
		this.status = status;
		this.json = json;
		this.afterwards = afterwards;
	}

	static CallbackReply of(CallbackOutcome outcome) {
		return new CallbackReply(outcome.status(), null, () -> {
		});
	}

	static CallbackReply of(CallbackOutcome outcome, String json) {
		return new CallbackReply(outcome.status(), json, () -> {
		});
	}

	static CallbackReply of(CallbackOutcome outcome, Runnable afterwards) {
		return new CallbackReply(outcome.status(), null, afterwards);
	}

	/**
	 * The HTTP status.
	 * @return 200, 400, 403, 413 or 503
	 */
	public int status() {
		return this.status;
	}

	/**
	 * The body of the answer, of type {@code application/json}.
	 * @return JSON of at most 1,000 characters, or {@code null} for an empty body
	 */
	public @Nullable String json() {
		return this.json;
	}

	/**
	 * Reports that the answer has left, or could not be sent, so that the listeners are
	 * called. Whoever gets an answer must call this; calling it again does nothing. Does
	 * not block.
	 */
	public void sent() {
		if (this.sent.compareAndSet(false, true)) {
			this.afterwards.run();
		}
	}

	@Override
	public String toString() {
		return "CallbackReply[status=" + this.status + "]";
	}

}
