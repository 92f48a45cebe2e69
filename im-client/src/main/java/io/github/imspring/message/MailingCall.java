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

package io.github.imspring.message;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.github.imspring.error.ImCancelledException;
import io.github.imspring.error.ImDecodingException;
import io.github.imspring.error.ImException;
import io.github.imspring.error.ImQuotaExceededException;
import io.github.imspring.error.ImTransportException;
import io.github.imspring.operation.Operations;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.BaseSubscriber;
import reactor.util.context.Context;

/**
 * One call of a {@link Mailing}. It has exactly one outcome: its answer, its failure or
 * its cancellation, whichever comes first.
 */
final class MailingCall extends BaseSubscriber<SendResult> {

	private final List<String> recipients;

	private final Context context;

	private final Consumer<MailingCall> whenEnded;

	private final AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();

	private volatile boolean mayHaveBeenProcessed = true;

	MailingCall(List<String> recipients, Context context, Consumer<MailingCall> whenEnded) {
		this.recipients = recipients;
		this.context = context;
		this.whenEnded = whenEnded;
	}

	List<String> recipients() {
		return this.recipients;
	}

	@Override
	public Context currentContext() {
		return this.context;
	}

	/**
	 * Tells, when the call is cancelled, whether the service may have processed it.
	 */
	void cancelled(boolean mayHaveBeenProcessed) {
		this.mayHaveBeenProcessed = mayHaveBeenProcessed;
	}

	@Override
	protected void hookOnNext(SendResult result) {
		settle(new Outcome(result, null));
	}

	@Override
	protected void hookOnComplete() {
		hookOnError(new IllegalStateException("The call completed without a result"));
	}

	@Override
	protected void hookOnError(Throwable failure) {
		settle(new Outcome(null, (failure instanceof ImException ex) ? ex : unexpected(failure)));
	}

	private static ImException unexpected(Throwable failure) {
		return new ImTransportException(Operations.SEND_MESSAGE.name(), "the call failed with " + failure,
				"Look at the application's own filters and observation handlers.", true, failure);
	}

	/**
	 * Cancels the call, unless it has ended.
	 */
	void abort() {
		dispose();
		this.outcome.compareAndSet(null, new Outcome(null, Mailing.cancelled(this.mayHaveBeenProcessed)));
	}

	private void settle(Outcome outcome) {
		if (this.outcome.compareAndSet(null, outcome)) {
			this.whenEnded.accept(this);
		}
	}

	/**
	 * Whether the client was closed before the call could begin.
	 */
	@Nullable ImCancelledException closed() {
		Outcome outcome = this.outcome.get();
		return (outcome != null && outcome.failure instanceof ImCancelledException ex) ? ex : null;
	}

	/**
	 * Whether the limiter refused the call because too many were waiting, so that it can
	 * go another time.
	 */
	boolean crowdedOut() {
		Outcome outcome = this.outcome.get();
		return outcome != null && outcome.failure instanceof ImQuotaExceededException ex && ex.status() == 0
				&& ex.retryAfter() != null && !ex.mayHaveBeenProcessed();
	}

	/**
	 * What became of each recipient, once the call has ended.
	 */
	List<Delivery> deliveries() {
		Outcome outcome = this.outcome.get();
		if (outcome == null) {
			return List.of();
		}
		ImException failure = (outcome.failure != null) ? outcome.failure : withoutId();
		return this.recipients.stream().map((recipient) -> {
			String id = (outcome.result != null) ? outcome.result.messageIds().get(recipient) : null;
			return (id != null) ? Delivery.sent(recipient, id) : Delivery.failed(recipient, failure);
		}).toList();
	}

	private static ImDecodingException withoutId() {
		return new ImDecodingException(Operations.SEND_MESSAGE.name(), "the answer has no message id for the recipient",
				null);
	}

	private record Outcome(@Nullable SendResult result, @Nullable ImException failure) {
	}

}
