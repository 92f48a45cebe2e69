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

package io.github.imspring.emulator.callback;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;

import io.github.imspring.emulator.callback.CallbackClient.Answer;
import io.github.imspring.emulator.service.BoundedLog;
import io.github.imspring.emulator.service.Footprint;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * The callbacks that inform, on their way: taken up in their order, some at a time, each
 * tried once more if it fails, then dropped. What does not fit in is dropped at once.
 */
final class CallbackQueue {

	private static final int MAX_WAITING = 10_000;

	private static final int MAX_IN_FLIGHT = 32;

	private static final int MAX_LOGGED = 10_000;

	private static final long MAX_BYTES = 32L * 1024 * 1024;

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final Supplier<CallbackClient> client;

	private final InstantSource clock;

	private final BoundedLog<Posted> log = new BoundedLog<>(MAX_LOGGED, MAX_BYTES);

	private final Queue<Waiting> waiting = new ArrayDeque<>();

	private final Set<Disposable> inFlight = new HashSet<>();

	private long dropped;

	private boolean closed;

	CallbackQueue(Supplier<CallbackClient> client, InstantSource clock) {
		this.client = client;
		this.clock = clock;
	}

	BoundedLog<Posted> log() {
		return this.log;
	}

	synchronized long dropped() {
		return this.dropped;
	}

	synchronized int pending() {
		return this.waiting.size() + this.inFlight.size();
	}

	void add(CallbackRule rule, ObjectNode callback) {
		synchronized (this) {
			if (this.closed || this.waiting.size() == MAX_WAITING || rule.isBanned(this.clock.instant())) {
				this.dropped++;
				return;
			}
			this.waiting.add(new Waiting(rule, callback));
		}
		drain();
	}

	synchronized void clear() {
		this.waiting.clear();
		this.log.clear();
		this.dropped = 0;
	}

	void close() {
		Set<Disposable> ended;
		synchronized (this) {
			this.closed = true;
			this.waiting.clear();
			ended = Set.copyOf(this.inFlight);
		}
		ended.forEach(Disposable::dispose);
	}

	private void drain() {
		while (true) {
			Waiting next;
			Disposable.Swap slot = Disposables.swap();
			synchronized (this) {
				if (this.inFlight.size() == MAX_IN_FLIGHT) {
					return;
				}
				next = this.waiting.poll();
				if (next == null) {
					return;
				}
				this.inFlight.add(slot);
			}
			slot.update(post(next).doFinally((signal) -> ended(slot)).subscribe());
		}
	}

	private void ended(Disposable slot) {
		synchronized (this) {
			this.inFlight.remove(slot);
		}
		drain();
	}

	private Mono<Void> post(Waiting callback) {
		byte[] body = callback.rule.sign(callback.json);
		return attempt(callback, body)
			.flatMap((first) -> first.succeeded() ? Mono.just(first)
					: attempt(callback, body).map((second) -> second.asSecondAttempt()))
			.doOnNext((posted) -> this.log.add(posted, Footprint.of(callback.json)))
			.then();
	}

	private Mono<Posted> attempt(Waiting callback, byte[] body) {
		return Mono.defer(() -> this.client.get().post(callback.rule.url(), body, TIMEOUT))
			.map((answer) -> posted(callback, answer))
			.onErrorResume((ex) -> Mono.just(new Posted(callback.json, 0, 1)))
			.doOnNext((posted) -> {
				if (!posted.succeeded()) {
					callback.rule.failed(this.clock.instant());
				}
			});
	}

	/** An answer that is too long is counted against the receiver, and that is all. */
	private Posted posted(Waiting callback, Answer answer) {
		if (answer.status() == Posted.OK && answer.isTooLong()) {
			callback.rule.failed(this.clock.instant());
		}
		return new Posted(callback.json, answer.status(), 1);
	}

	private record Waiting(CallbackRule rule, ObjectNode json) {
	}

	/**
	 * A callback that was tried.
	 *
	 * @param status what the last try was answered with, 0 for nothing
	 */
	record Posted(ObjectNode json, int status, int attempts) {

		private static final int OK = 200;

		boolean succeeded() {
			return this.status == OK;
		}

		Posted asSecondAttempt() {
			return new Posted(this.json, this.status, 2);
		}

	}

}
