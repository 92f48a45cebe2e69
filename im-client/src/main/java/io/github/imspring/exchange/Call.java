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

import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import io.github.imspring.error.ImException;
import io.github.imspring.error.SettingNames;
import io.github.imspring.observation.ObservedCall;
import io.github.imspring.operation.Operation;
import org.jspecify.annotations.Nullable;

/**
 * One call in the pipeline: what it asks for, and how far it has come. Belongs to one
 * subscription, whose signals are serial; only the deadline looks at it from another
 * thread.
 */
final class Call implements Limit {

	private static final String WAITING_FOR_QUOTA = "waiting for quota";

	private final ImRequest request;

	private final byte @Nullable [] json;

	private final Deadline deadline;

	private final SettingNames names;

	private final ObservedCall observed;

	private volatile String phase = "starting";

	private volatile boolean sent;

	private boolean givenUp;

	private volatile @Nullable ImException processedFailure;

	private volatile @Nullable ImException lastFailure;

	private boolean tokenRenewed;

	private boolean streaming;

	private int failures;

	private int rejections;

	Call(ImRequest request, Deadline deadline, SettingNames names) {
		this.request = request;
		this.json = request.encodedJson();
		this.deadline = deadline;
		this.names = names;
		this.observed = new ObservedCall(request.operation(), request.messageType(), request.quotaRequest().messages());
	}

	ImRequest request() {
		return this.request;
	}

	Operation operation() {
		return this.request.operation();
	}

	/**
	 * The call as its observers see it.
	 */
	ObservedCall observed() {
		return this.observed;
	}

	/**
	 * The body as JSON, if it is JSON.
	 */
	byte @Nullable [] json() {
		return this.json;
	}

	Deadline deadline() {
		return this.deadline;
	}

	void enter(String phase) {
		this.phase = phase;
	}

	String phase() {
		return this.phase;
	}

	boolean waitsForQuota() {
		return this.phase.equals(WAITING_FOR_QUOTA);
	}

	void beginAttempt() {
		this.sent = false;
		this.deadline.pause();
		enter(WAITING_FOR_QUOTA);
	}

	void granted() {
		this.deadline.resume();
	}

	/**
	 * The attempt is about to leave.
	 * @throws CancellationException if nobody waits for the call any more: it must not
	 * leave
	 */
	synchronized void markSent() {
		if (this.givenUp) {
			throw new CancellationException("The call was given up before it was sent");
		}
		this.sent = true;
		this.lastFailure = null;
		enter("waiting for the answer");
	}

	/**
	 * The attempt has ended, and the service surely did not act on it.
	 */
	synchronized void markUnprocessed() {
		this.sent = false;
	}

	/**
	 * Nobody waits for the call any more. What has not left by now will not leave.
	 * @return whether the service may have acted on the call
	 */
	synchronized boolean giveUp() {
		this.givenUp = true;
		return this.sent || processedBefore();
	}

	@Override
	public void begin(Consumer<Throwable> cut) {
		this.deadline.begin(cut);
	}

	@Override
	public void passed() {
		this.deadline.passed();
	}

	@Override
	public void cancelled() {
		this.request.cancelled(giveUp());
	}

	@Override
	public void ended() {
		this.deadline.ended();
	}

	@Override
	public Throwable explain(Throwable failure) {
		if (failure instanceof ImException ex) {
			this.names.nameIn(ex);
			CallLog.failed(this, ex);
		}
		return failure;
	}

	/**
	 * Whether this attempt has left.
	 */
	boolean sent() {
		return this.sent;
	}

	/**
	 * Remembers the failure of an attempt that may have been processed: whatever becomes
	 * of the next one, the caller must learn of it.
	 */
	void markProcessed(ImException failure) {
		this.processedFailure = failure;
	}

	/**
	 * Remembers what the last attempt failed with: when the time is over before another
	 * could be made, that is the reason.
	 */
	void markFailed(ImException failure) {
		this.lastFailure = failure;
	}

	@Nullable ImException lastFailure() {
		return this.lastFailure;
	}

	@Nullable ImException processedFailure() {
		return this.processedFailure;
	}

	boolean processedBefore() {
		return this.processedFailure != null;
	}

	void markStreaming() {
		this.streaming = true;
	}

	boolean streaming() {
		return this.streaming;
	}

	boolean renewToken() {
		boolean first = !this.tokenRenewed;
		this.tokenRenewed = true;
		return first;
	}

	int nextFailure() {
		return ++this.failures;
	}

	int nextRejection() {
		return ++this.rejections;
	}

}
