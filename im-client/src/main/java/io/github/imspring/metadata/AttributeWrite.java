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

package io.github.imspring.metadata;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.imspring.error.ImApiException;
import io.github.imspring.error.ImException;
import io.github.imspring.exchange.ImResponse;
import io.github.imspring.operation.Operation;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * Setting or deleting attributes in as many requests as needed, one after another, and
 * the account of what became of each key.
 */
final class AttributeWrite {

	private final Operation operation;

	private final List<List<String>> chunks;

	private final List<String> succeeded = new ArrayList<>();

	private final Map<String, AttributeError> errors = new LinkedHashMap<>();

	private final List<ImException> failures = new ArrayList<>();

	private boolean answered;

	private AttributeWrite(Operation operation, List<List<String>> chunks) {
		this.operation = operation;
		this.chunks = chunks;
	}

	/**
	 * Sends the chunks.
	 * @param operation the operation
	 * @param chunks the keys of each request, at least one request
	 * @param sender sends one request and gives its answer or an {@link ImException}
	 */
	static Mono<MetadataResult> of(Operation operation, List<List<String>> chunks, Sender sender) {
		return Mono.defer(() -> {
			AttributeWrite write = new AttributeWrite(operation, chunks);
			return Flux.fromIterable(chunks)
				.concatMap((chunk) -> write.send(chunk, sender), 1)
				.takeWhile((goOn) -> goOn)
				.then(Mono.fromCallable(write::result));
		});
	}

	private Mono<Boolean> send(List<String> chunk, Sender sender) {
		return sender.send(chunk).map((answer) -> {
			record(chunk, answer);
			return true;
		}).onErrorResume(ImException.class, (failure) -> {
			record(chunk, failure);
			return Mono.just(concernsContent(failure));
		});
	}

	private static boolean concernsContent(ImException failure) {
		return failure instanceof ImApiException ex && (ex.status() == 400 || ex.status() == 413);
	}

	private void record(List<String> chunk, Answer answer) {
		this.answered = true;
		for (String key : chunk) {
			String refusal = answer.errors().get(key);
			if (refusal != null) {
				this.errors.put(key, new AttributeError(refusal, false, null));
			}
			else if (answer.succeeded().contains(key)) {
				this.succeeded.add(key);
			}
			else {
				this.errors.put(key, new AttributeError("the answer does not mention it", true, null));
			}
		}
	}

	private void record(List<String> chunk, ImException failure) {
		this.failures.add(failure);
		AttributeError error = new AttributeError(reason(failure), failure.mayHaveBeenProcessed(), failure);
		chunk.forEach((key) -> this.errors.put(key, error));
	}

	private static String reason(ImException failure) {
		if (failure instanceof ImApiException ex && ex.errorDescription() != null) {
			return ex.errorDescription();
		}
		return (failure instanceof ImApiException ex && ex.error() != null) ? ex.error()
				: Objects.requireNonNullElse(failure.getMessage(), "the request failed");
	}

	private MetadataResult result() {
		if (!this.failures.isEmpty()) {
			boolean noEffect = !this.answered && this.failures.stream().noneMatch(ImException::mayHaveBeenProcessed);
			if (this.chunks.size() == 1 || noEffect) {
				throw this.failures.get(0);
			}
			recordUnsent(this.failures.get(this.failures.size() - 1));
		}
		return new MetadataResult(this.operation.name(), this.succeeded, this.errors);
	}

	private void recordUnsent(ImException failure) {
		AttributeError unsent = new AttributeError("not sent, because the request before failed", false, failure);
		this.chunks.stream()
			.flatMap(List::stream)
			.filter((key) -> !this.succeeded.contains(key))
			.forEach((key) -> this.errors.putIfAbsent(key, unsent));
	}

	/**
	 * Sends one request.
	 */
	@FunctionalInterface
	interface Sender {

		Mono<Answer> send(List<String> keys);

	}

	/**
	 * What the service says of the keys of one request; it may leave out either part.
	 *
	 * @param succeeded the keys that it set or deleted
	 * @param errors why it did not set or delete others
	 */
	record Answer(List<String> succeeded, Map<String, String> errors) {

		static Answer read(ImResponse response) {
			JsonNode data = response.data();
			List<String> succeeded = new ArrayList<>();
			data.path("successKeys").values().forEach((key) -> succeeded.add(key.asString()));
			Map<String, String> errors = new LinkedHashMap<>();
			data.path("errorKeys")
				.forEachEntry((key, reason) -> errors.put(key, reason.asStringOpt().orElseGet(reason::toString)));
			return new Answer(succeeded, errors);
		}

	}

}
