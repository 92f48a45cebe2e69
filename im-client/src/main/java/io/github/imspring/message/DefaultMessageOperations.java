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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.github.imspring.error.ImException;
import io.github.imspring.exchange.BatchError;
import io.github.imspring.exchange.BatchWrite;
import io.github.imspring.exchange.BatchWrite.Answer;
import io.github.imspring.exchange.ImRequest;
import io.github.imspring.exchange.ImResponse;
import io.github.imspring.exchange.ImRestOperations;
import io.github.imspring.exchange.WireFormat;
import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Operations;
import io.github.imspring.quota.Lane;
import io.github.imspring.validation.Bounds;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/**
 * Turns messages into requests and answers into results.
 */
class DefaultMessageOperations implements MessageOperations {

	private static final int RECALLS_A_CALL = 30;

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
			MessageBounds.given("message", message);
			MessageBounds.destination(message);
			byte[] json = WireFormat.write(message.destination().operation(), WireMessage.of(message));
			if (json.length > MessageBounds.MAX_BYTES) {
				checkSize(message);
			}
			return exchange(request(message).encodedJson(json).build(), message);
		});
	}

	@Override
	public Flux<Delivery> sendToAll(Message template, Publisher<String> recipients,
			UnaryOperator<BulkOptions> options) {
		return Flux.defer(() -> {
			MessageBounds.given("template", template);
			MessageBounds.given("recipients", recipients);
			MessageBounds.given("options", options);
			checkSize(template);
			Destination destination = template.destination();
			BulkOptions chosen = chosen(destination.bulk(this.bulkOptions), options);
			int most = Math.min(destination.maxRecipients(), this.rest.mostMessages(destination.operation()));
			// The source may block, and is not to do so on the thread that an answer came
			// on.
			return BulkSend.of(destination, Flux.from(recipients).subscribeOn(Schedulers.boundedElastic()),
					chosen.withChunkSize(Math.min(chosen.chunkSize(), most)), (call) -> send(template, call),
					this.scheduler);
		});
	}

	private static BulkOptions chosen(BulkOptions usual, UnaryOperator<BulkOptions> options) {
		try {
			BulkOptions chosen = options.apply(usual);
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
		Message message = template.withRecipients(call.recipients());
		ImRequest request = request(message).json(WireMessage.of(message))
			.lane(Lane.BULK)
			.whenCancelled(call::cancelled)
			.build();
		Mono<SendResult> result = exchange(request, message);
		return message.destination().isMembers() ? result.map((sent) -> sent.ofMembers(message)) : result;
	}

	private static ImRequest.Builder request(Message message) {
		Destination destination = message.destination();
		return ImRequest.post(destination.operation())
			.errorHints(MessageErrors.of(destination))
			.path(destination.path())
			.messageType(message.body().type())
			.messages(message.to().size());
	}

	private Mono<SendResult> exchange(ImRequest request, Message message) {
		return this.rest.exchange(request, (response) -> SendResult.of(message.addressing().answered(), response));
	}

	private static void checkSize(Message message) {
		Operation operation = message.destination().operation();
		int size = size(operation, message.body()) + size(operation, message.ext());
		if (size > MessageBounds.MAX_BYTES) {
			throw Bounds.of(operation)
				.violated("body", "and 'ext' must take at most %d bytes of JSON together but take %d"
					.formatted(MessageBounds.MAX_BYTES, size));
		}
	}

	@Override
	public Mono<Void> recall(Recall recall) {
		return Mono.defer(() -> {
			Bounds.of(Operations.RECALL_MESSAGE).given("recall", recall);
			return this.rest.exchange(recalling(Operations.RECALL_MESSAGE, "msg_recall").json(recall.fields()).build(),
					DefaultMessageOperations::recalled);
		}).then();
	}

	private static boolean recalled(ImResponse response) {
		if (!isRecalled(response.data())) {
			throw response.refused(List.of("recalled"), MessageErrors.NOT_RECALLED);
		}
		return true;
	}

	private static boolean isRecalled(JsonNode result) {
		return "yes".equalsIgnoreCase(result.path("recalled").asString(""));
	}

	@Override
	public Flux<RecallResult> recallAll(Publisher<Recall> recalls) {
		return Flux.defer(() -> {
			Bounds.of(Operations.RECALL_MESSAGES).given("recalls", recalls);
			return Flux.from(recalls).subscribeOn(Schedulers.boundedElastic());
		}).buffer(RECALLS_A_CALL).concatMap(this::recallChunk, 1);
	}

	private Flux<RecallResult> recallChunk(List<Recall> recalls) {
		Map<String, Recall> byId = new LinkedHashMap<>();
		recalls.forEach((recall) -> byId.putIfAbsent(recall.messageId(), recall));
		return BatchWrite
			.of(Operations.RECALL_MESSAGES, byId.keySet(), RECALLS_A_CALL,
					(ids) -> this.rest.exchange(recalling(Operations.RECALL_MESSAGES, "batch_recall").lane(Lane.BULK)
						.json(Map.of("msgs",
								ids.stream().map(byId::get).filter(Objects::nonNull).map(Recall::fields).toList()))
						.build(), DefaultMessageOperations::recalledOfMany),
					MessageErrors::blamesOneRecall)
			.map((result) -> recalls.stream().map((recall) -> RecallResult.of(recall, result)).toList())
			.onErrorResume(ImException.class,
					(failure) -> Mono
						.just(recalls.stream().map((recall) -> RecallResult.failed(recall, failure)).toList()))
			.flatMapIterable(Function.identity());
	}

	private static Answer recalledOfMany(ImResponse response) {
		List<String> recalled = new ArrayList<>();
		Map<String, BatchError> errors = new LinkedHashMap<>();
		for (JsonNode result : response.data().values()) {
			String id = result.path("msg_id").asString("");
			if (isRecalled(result)) {
				recalled.add(id);
			}
			else {
				errors.put(id, BatchError.refused(result.path("reason").asString("the service gives no reason"),
						response.processedBefore()));
			}
		}
		return new Answer(recalled, errors);
	}

	private static ImRequest.Builder recalling(Operation operation, String path) {
		return ImRequest.post(operation).errorHints(MessageErrors.RECALL).path("messages", path);
	}

	private static int size(Operation operation, @Nullable Object value) {
		return (value != null) ? WireFormat.write(operation, value).length : 0;
	}

}
