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

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.github.imspring.error.ImDecodingException;
import io.github.imspring.operation.Operation;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Pages through a listing as its subscriber asks for more: one page in flight or in hand
 * at most. A page is fetched only when all before it is consumed and more is wanted.
 * <p>
 * The first page is as small as what is wanted. From then on pages double, because a
 * subscriber that comes back wants the rest: otherwise one that asks for a few at a time
 * would spend a call on every few.
 *
 * @param <T> the type of what is listed
 * @since 0.1.0
 */
public final class DemandPaging<T> {

	private static final int MAX_EMPTY_PAGES = 100;

	private final Operation operation;

	private final PageSource<T> source;

	private final int maxPage;

	private final FluxSink<T> sink;

	private final AtomicLong wanted = new AtomicLong();

	private final AtomicInteger turns = new AtomicInteger();

	private final Disposable.Swap inFlight = Disposables.swap();

	/**
	 * While this is set, what follows belongs to the page in flight; otherwise to the
	 * turn that looks whether to fetch the next one.
	 */
	private volatile boolean fetching;

	private long delivered;

	private int limit;

	private @Nullable String cursor;

	private @Nullable String checkpoint;

	private int pages;

	private int nextCheckpoint = 1;

	private int emptyPages;

	private List<T> lastItems = List.of();

	private DemandPaging(Operation operation, PageSource<T> source, int maxPage, FluxSink<T> sink) {
		this.operation = operation;
		this.source = source;
		this.maxPage = maxPage;
		this.sink = sink;
	}

	/**
	 * A listing that is fetched anew for each subscriber.
	 * @param <T> the type of what is listed
	 * @param operation the operation that fetches a page
	 * @param source where pages come from
	 * @param maxPage the most items of a page, at least 1
	 * @return the listing; an {@link ImDecodingException} if it turns in a circle
	 */
	public static <T> Flux<T> listing(Operation operation, PageSource<T> source, int maxPage) {
		return Flux.create((sink) -> {
			DemandPaging<T> paging = new DemandPaging<>(operation, source, maxPage, sink);
			sink.onDispose(paging.inFlight);
			sink.onRequest(paging::request);
		});
	}

	private void request(long count) {
		this.wanted.accumulateAndGet(count, Operators::addCap);
		fetchIfWanted();
	}

	/**
	 * Never calls itself, also when pages come at once: whoever finds a turn under way
	 * only has it repeated.
	 */
	private void fetchIfWanted() {
		if (this.turns.getAndIncrement() != 0) {
			return;
		}
		int seen = 1;
		do {
			if (!this.fetching && this.wanted.get() > this.delivered && !this.sink.isCancelled()) {
				this.fetching = true;
				fetch();
			}
			seen = this.turns.addAndGet(-seen);
		}
		while (seen != 0);
	}

	private void fetch() {
		long open = this.wanted.get() - this.delivered;
		this.limit = (int) Math.min(this.maxPage, Math.max(open, 2L * this.limit));
		this.inFlight.update(this.source.fetch(this.cursor, this.limit)
			.subscribe(this::deliver, this.sink::error, null, Context.of(this.sink.contextView())));
	}

	private void deliver(Page<T> page) {
		for (T item : page.items()) {
			this.sink.next(item);
		}
		this.delivered += page.items().size();
		String next = page.next();
		if (next == null) {
			this.sink.complete();
		}
		else if (next.equals(this.cursor) || next.equals(this.checkpoint)) {
			this.sink.error(new ImDecodingException(this.operation.name(),
					"the answer repeats a cursor, so that the listing would never end", null));
		}
		else if (makesNoProgress(page.items())) {
			this.sink.error(new ImDecodingException(this.operation.name(),
					"the answers bring nothing new, so that the listing would never end", false, null));
		}
		else {
			advance(next);
			this.fetching = false;
			fetchIfWanted();
		}
	}

	/**
	 * New cursors alone are no progress. A service may leave out what it has filtered,
	 * but not for ever.
	 */
	private boolean makesNoProgress(List<T> items) {
		if (items.isEmpty()) {
			return ++this.emptyPages >= MAX_EMPTY_PAGES;
		}
		boolean repeated = items.equals(this.lastItems);
		this.emptyPages = 0;
		this.lastItems = items;
		return repeated;
	}

	/**
	 * Keeps one earlier cursor to compare with, at distances that double: so a circle of
	 * any length is noticed without keeping them all.
	 */
	private void advance(String next) {
		this.cursor = next;
		if (++this.pages == this.nextCheckpoint) {
			this.checkpoint = next;
			this.nextCheckpoint *= 2;
		}
	}

	/**
	 * Where pages come from.
	 *
	 * @param <T> the type of what is listed
	 * @since 0.1.0
	 */
	@FunctionalInterface
	public interface PageSource<T> {

		/**
		 * Fetches a page.
		 * @param cursor where it starts, {@code null} for the first page
		 * @param limit the most items that it should have
		 * @return exactly one page
		 */
		Mono<Page<T>> fetch(@Nullable String cursor, int limit);

	}

	/**
	 * A page.
	 *
	 * @param <T> the type of what is listed
	 * @param items what is on it
	 * @param next where the next one starts, {@code null} if there is none
	 * @since 0.1.0
	 */
	public record Page<T>(List<T> items, @Nullable String next) {
	}

}
