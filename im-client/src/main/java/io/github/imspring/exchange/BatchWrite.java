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

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.github.imspring.error.ImApiException;
import io.github.imspring.error.ImException;
import io.github.imspring.operation.Operation;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Does something for many in chunks, one request after another, and merges what became of
 * each. A request that fails because of what is in it leaves the others a chance; any
 * other failure is the end.
 *
 * @since 0.1.0
 */
public final class BatchWrite {

	private final Operation operation;

	private final Sender sender;

	private final Predicate<ImException> blamesOne;

	private final List<List<String>> chunks = new ArrayList<>();

	private final List<String> succeeded = new ArrayList<>();

	private final Map<String, BatchError> errors = new LinkedHashMap<>();

	private final List<ImException> failures = new ArrayList<>();

	private boolean answered;

	private BatchWrite(Operation operation, Sender sender, Predicate<ImException> blamesOne) {
		this.operation = operation;
		this.sender = sender;
		this.blamesOne = blamesOne;
	}

	/**
	 * Sends the chunks.
	 * @param operation the operation
	 * @param items for whom or what it is to be done; nothing is sent if there are none
	 * @param chunkSize the most of them in one request
	 * @param sender sends one request
	 * @return what became of each; the failure, if nothing was done because of it
	 */
	public static Mono<BatchResult> of(Operation operation, Collection<String> items, int chunkSize, Sender sender) {
		return of(operation, items, chunkSize, sender, (failure) -> false);
	}

	/**
	 * Sends the chunks, and sends again in halves a chunk that the service refuses as a
	 * whole because of one in it, until the culprits are found.
	 * @param operation the operation
	 * @param items for whom or what it is to be done; nothing is sent if there are none
	 * @param chunkSize the most of them in one request
	 * @param sender sends one request
	 * @param blamesOne whether a request failed because of one in it, and nothing was
	 * done for the others
	 * @return what became of each; the failure, if nothing was done because of it
	 */
	public static Mono<BatchResult> of(Operation operation, Collection<String> items, int chunkSize, Sender sender,
			Predicate<ImException> blamesOne) {
		return Flux.fromIterable(items).distinct().buffer(chunkSize).collectList().flatMap((chunks) -> {
			BatchWrite write = new BatchWrite(operation, sender, blamesOne);
			write.chunks.addAll(chunks);
			return Flux.fromIterable(chunks)
				.concatMap(write::send, 1)
				.takeWhile((goOn) -> goOn)
				.then(Mono.fromCallable(write::result));
		});
	}

	private Mono<Boolean> send(List<String> chunk) {
		return sendOrHalve(chunk).map((answer) -> {
			record(chunk, answer);
			return true;
		}).onErrorResume(ImException.class, (failure) -> {
			record(chunk, failure);
			return Mono.just(concernsContent(failure));
		});
	}

	private Mono<Answer> sendOrHalve(List<String> chunk) {
		return this.sender.send(chunk)
			.onErrorResume(ImException.class,
					(failure) -> (chunk.size() > 1 && blamesOne(failure)) ? sendInHalves(chunk) : Mono.error(failure));
	}

	private boolean blamesOne(ImException failure) {
		return !failure.mayHaveBeenProcessed() && this.blamesOne.test(failure);
	}

	private Mono<Answer> sendInHalves(List<String> chunk) {
		int middle = chunk.size() / 2;
		return Flux.just(chunk.subList(0, middle), chunk.subList(middle, chunk.size()))
			.concatMap((half) -> sendOrHalve(half).onErrorResume(ImException.class,
					(failure) -> Mono.just(Answer.failed(half, failure))), 1)
			.reduce(Answer::and);
	}

	private boolean concernsContent(ImException failure) {
		return blamesOne(failure)
				|| (failure instanceof ImApiException ex && (ex.status() == 400 || ex.status() == 413));
	}

	private void record(List<String> chunk, Answer answer) {
		this.answered = true;
		for (String item : chunk) {
			BatchError error = answer.errors().get(item);
			if (error != null) {
				this.errors.put(item, error);
			}
			else if (answer.succeeded().contains(item)) {
				this.succeeded.add(item);
			}
			else {
				this.errors.put(item, new BatchError("the answer does not mention it", true, null));
			}
		}
	}

	private void record(List<String> chunk, ImException failure) {
		this.failures.add(failure);
		BatchError error = BatchError.of(failure);
		chunk.forEach((item) -> this.errors.put(item, error));
	}

	private BatchResult result() {
		if (!this.failures.isEmpty()) {
			boolean noEffect = !this.answered && this.failures.stream().noneMatch(ImException::mayHaveBeenProcessed);
			if (this.chunks.size() == 1 || noEffect) {
				throw this.failures.get(0);
			}
			recordUnsent(this.failures.get(this.failures.size() - 1));
		}
		return new BatchResult(this.operation.name(), this.succeeded, this.errors);
	}

	private void recordUnsent(ImException failure) {
		BatchError unsent = new BatchError("not sent, because the request before failed", false, failure);
		this.chunks.stream()
			.flatMap(List::stream)
			.filter((item) -> !this.succeeded.contains(item))
			.forEach((item) -> this.errors.putIfAbsent(item, unsent));
	}

	/**
	 * Sends one request.
	 *
	 * @since 0.1.0
	 */
	@FunctionalInterface
	public interface Sender {

		/**
		 * Sends one request.
		 * @param items for whom or what
		 * @return its answer, or an {@link ImException}
		 */
		Mono<Answer> send(List<String> items);

	}

	/**
	 * What the service says of those in one request; it may leave out either part.
	 *
	 * @param succeeded those for which it was done
	 * @param errors why it was not done for others
	 * @since 0.1.0
	 */
	public record Answer(Collection<String> succeeded, Map<String, BatchError> errors) {

		static Answer failed(List<String> items, ImException failure) {
			Map<String, BatchError> errors = new LinkedHashMap<>();
			items.forEach((item) -> errors.put(item, BatchError.of(failure)));
			return new Answer(List.of(), errors);
		}

		Answer and(Answer other) {
			List<String> succeeded = new ArrayList<>(this.succeeded);
			succeeded.addAll(other.succeeded);
			Map<String, BatchError> errors = new LinkedHashMap<>(this.errors);
			errors.putAll(other.errors);
			return new Answer(succeeded, errors);
		}

	}

}
