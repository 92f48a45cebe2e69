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

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Looks up many by their IDs, several a call, one call after another as the results are
 * consumed. The documents do not say what becomes of known IDs beside an unknown one: it
 * may be left out of the answer, or the whole call may be refused for it. Then it is
 * asked again for ten at a time, and for one at a time where ten are refused: a hundred
 * cost 21 calls if one of them is unknown, and never more than 111.
 *
 * @param <T> the type of what is looked up
 * @since 0.1.0
 */
public final class BatchLookup<T> {

	private static final int IDS_AFTER_A_REFUSAL = 10;

	private final Function<List<String>, Mono<Map<String, T>>> call;

	private final Predicate<Throwable> unknown;

	/**
	 * Creates the lookup.
	 * @param call finds what is there, by ID
	 * @param unknown whether a call failed because an ID is unknown
	 */
	public BatchLookup(Function<List<String>, Mono<Map<String, T>>> call, Predicate<Throwable> unknown) {
		this.call = call;
		this.unknown = unknown;
	}

	/**
	 * Looks them up.
	 * @param <R> the type of a result
	 * @param ids the IDs, possibly none
	 * @param idsACall the most IDs of a call
	 * @param result makes the result of an ID and of what was found, if anything was
	 * @return the result of each, in the order asked
	 */
	public <R> Flux<R> get(Collection<String> ids, int idsACall, BiFunction<String, @Nullable T, R> result) {
		return Flux.fromIterable(ids)
			.buffer(idsACall)
			.concatMap((chunk) -> find(chunk.stream().distinct().toList())
				.flatMapIterable((found) -> chunk.stream().map((id) -> result.apply(id, found.get(id))).toList()), 1);
	}

	private Mono<Map<String, T>> find(List<String> ids) {
		return this.call.apply(ids)
			.onErrorResume(this.unknown, (ex) -> (ids.size() == 1) ? Mono.just(Map.of()) : findInParts(ids));
	}

	private Mono<Map<String, T>> findInParts(List<String> ids) {
		return Flux.fromIterable(ids)
			.buffer((ids.size() > IDS_AFTER_A_REFUSAL) ? IDS_AFTER_A_REFUSAL : 1)
			.concatMap(this::find, 1)
			.flatMapIterable(Map::entrySet)
			.collectMap(Map.Entry::getKey, Map.Entry::getValue);
	}

}
