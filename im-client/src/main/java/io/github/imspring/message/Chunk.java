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

import io.github.imspring.error.Hint;
import io.github.imspring.error.ImCancelledException;
import io.github.imspring.error.ImDecodingException;
import io.github.imspring.error.ImException;
import io.github.imspring.error.ImQuotaExceededException;
import io.github.imspring.error.ImTransportException;
import io.github.imspring.operation.Operation;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.BaseSubscriber;
import reactor.util.context.Context;

/**
 * One call of a {@link BulkSend}. It has exactly one ending: its answer, its failure or
 * its cancellation, whichever comes first.
 */
final class Chunk extends BaseSubscriber<SendResult> {

	private final Operation operation;

	private final List<String> recipients;

	private final Context context;

	private final Consumer<Chunk> whenEnded;

	private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();

	private volatile boolean mayHaveBeenProcessed = true;

	Chunk(Operation operation, List<String> recipients, Context context, Consumer<Chunk> whenEnded) {
		this.operation = operation;
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
	 * Notes, when the call is cancelled, whether the service may have processed it.
	 */
	void cancelled(boolean mayHaveBeenProcessed) {
		this.mayHaveBeenProcessed = mayHaveBeenProcessed;
	}

	@Override
	protected void hookOnNext(SendResult result) {
		end(new Ending(result, null));
	}

	@Override
	protected void hookOnComplete() {
		hookOnError(new IllegalStateException("The call completed without a result"));
	}

	@Override
	protected void hookOnError(Throwable failure) {
		end(new Ending(null, (failure instanceof ImException ex) ? ex : unexpected(failure)));
	}

	private ImException unexpected(Throwable failure) {
		return new ImTransportException(this.operation.name(), "the call failed with " + failure,
				Hint.of("Look at the application's own filters and observation handlers."), true, failure);
	}

	/**
	 * Cancels the call, unless it has ended.
	 */
	void abort() {
		dispose();
		this.ending.compareAndSet(null,
				new Ending(null, BulkSend.cancelled(this.operation, this.mayHaveBeenProcessed)));
	}

	private void end(Ending ending) {
		if (this.ending.compareAndSet(null, ending)) {
			this.whenEnded.accept(this);
		}
	}

	/**
	 * Whether the client was closed before the call could begin.
	 */
	@Nullable ImCancelledException closed() {
		Ending ending = this.ending.get();
		return (ending != null && ending.failure instanceof ImCancelledException ex) ? ex : null;
	}

	/**
	 * Whether the limiter refused the call because too many were waiting, so that it can
	 * go another time.
	 */
	boolean notPermitted() {
		Ending ending = this.ending.get();
		return ending != null && ending.failure instanceof ImQuotaExceededException ex && ex.status() == 0
				&& ex.retryAfter() != null && !ex.mayHaveBeenProcessed();
	}

	/**
	 * What became of each recipient, once the call has ended.
	 */
	List<Delivery> deliveries() {
		Ending ending = this.ending.get();
		if (ending == null) {
			return List.of();
		}
		ImException failure = (ending.failure != null) ? ending.failure : withoutId();
		return this.recipients.stream().map((recipient) -> {
			String id = (ending.result != null) ? ending.result.messageIds().get(recipient) : null;
			return (id != null) ? Delivery.sent(recipient, id) : Delivery.failed(recipient, failure);
		}).toList();
	}

	private ImDecodingException withoutId() {
		return new ImDecodingException(this.operation.name(), "the answer has no message id for the recipient", null);
	}

	private record Ending(@Nullable SendResult result, @Nullable ImException failure) {
	}

}
