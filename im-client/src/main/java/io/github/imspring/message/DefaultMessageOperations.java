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
import java.util.function.UnaryOperator;

import io.github.imspring.error.ImException;
import io.github.imspring.exchange.ImRequest;
import io.github.imspring.exchange.ImRestOperations;
import io.github.imspring.exchange.WireFormat;
import io.github.imspring.operation.Operations;
import io.github.imspring.quota.Lane;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.core.JacksonException;

/**
 * Turns messages into requests and answers into results.
 */
class DefaultMessageOperations implements MessageOperations {

	private final ImRestOperations rest;

	private final BulkOptions bulkOptions;

	private final Scheduler scheduler;

	DefaultMessageOperations(ImRestOperations rest, BulkOptions bulkOptions, Scheduler scheduler) {
		this.rest = rest;
		this.bulkOptions = bulkOptions;
		this.scheduler = scheduler;
	}

	@Override
	public Mono<SendResult> send(Message message) {
		return Mono.defer(() -> {
			List<String> recipients = message.to();
			MessageBounds.recipients(recipients.size());
			checkSize(message);
			return exchange(request(message).build(), recipients);
		});
	}

	@Override
	public Flux<Delivery> sendToAll(Message template, Publisher<String> recipients,
			UnaryOperator<BulkOptions> options) {
		return Flux.defer(() -> {
			checkSize(template);
			// The source may block, and is not to do so on the thread that an answer came
			// on.
			return BulkSend.of(Flux.from(recipients).subscribeOn(Schedulers.boundedElastic()), chosen(options),
					(call) -> send(template, call), this.scheduler);
		});
	}

	private BulkOptions chosen(UnaryOperator<BulkOptions> options) {
		try {
			BulkOptions chosen = options.apply(this.bulkOptions);
			if (chosen != null) {
				return chosen;
			}
		}
		catch (ImException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw MessageBounds.violated("options", "must be given by the function but it failed with " + ex);
		}
		throw MessageBounds.violated("options", "must be given by the function but it returned null");
	}

	private Mono<SendResult> send(Message template, Chunk call) {
		ImRequest request = request(template.withRecipients(call.recipients())).lane(Lane.BULK)
			.whenCancelled(call::cancelled)
			.build();
		return exchange(request, call.recipients());
	}

	private static ImRequest.Builder request(Message message) {
		return ImRequest.post(Operations.SEND_MESSAGE)
			.errorHints(MessageErrors.HINTS)
			.path("messages", "users")
			.json(WireMessage.of(message))
			.messageType(message.body().type())
			.messages(message.to().size());
	}

	private Mono<SendResult> exchange(ImRequest request, List<String> recipients) {
		return this.rest.exchange(request, (response) -> SendResult.of(recipients, response));
	}

	private static void checkSize(Message message) {
		int size = size(message.body()) + size(message.ext());
		if (size > MessageBounds.MAX_BYTES) {
			throw MessageBounds.violated("body", "and 'ext' must take at most %d bytes of JSON together but take %d"
				.formatted(MessageBounds.MAX_BYTES, size));
		}
	}

	private static int size(@Nullable Object value) {
		try {
			return (value != null) ? WireFormat.jsonMapper().writeValueAsBytes(value).length : 0;
		}
		catch (JacksonException ex) {
			throw MessageBounds.violated("body",
					"and 'ext' must be text that JSON can hold: " + ex.getOriginalMessage());
		}
	}

}
