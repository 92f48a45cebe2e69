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

package io.github.imspring.callback;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.util.CustomizableThreadCreator;

/**
 * The events that wait for the listeners. Those of one conversation are handled one after
 * the other, and leave the others their turn.
 */
final class EventQueue {

	private static final long IDLE_SECONDS = 60;

	private final int capacity;

	private final long maxBytes;

	private final Consumer<QueuedEvent> handler;

	private final ThreadPoolExecutor threads;

	/**
	 * The events of each conversation, the one that is handled first.
	 */
	private final Map<String, Deque<QueuedEvent>> lanes = new HashMap<>();

	private final Sinks.Empty<Void> idle = Sinks.empty();

	private int size;

	private long bytes;

	private boolean closed;

	EventQueue(int capacity, long maxBytes, int threads, Consumer<QueuedEvent> handler) {
		this.capacity = capacity;
		this.maxBytes = maxBytes;
		this.handler = handler;
		this.threads = new ThreadPoolExecutor(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), new DaemonThreads());
		this.threads.allowCoreThreadTimeOut(true);
	}

	/**
	 * Takes an event if there is room.
	 * @return whether it will be handled
	 */
	synchronized boolean offer(QueuedEvent event) {
		if (this.closed || isFull() || this.bytes + event.bytes() > this.maxBytes) {
			return false;
		}
		this.size++;
		this.bytes += event.bytes();
		Deque<QueuedEvent> lane = this.lanes.get(event.conversation());
		if (lane != null) {
			lane.add(event);
			return true;
		}
		this.lanes.put(event.conversation(), new ArrayDeque<>(List.of(event)));
		this.threads.execute(() -> handleNext(event.conversation()));
		return true;
	}

	synchronized int size() {
		return this.size;
	}

	int capacity() {
		return this.capacity;
	}

	synchronized boolean isFull() {
		return this.size >= this.capacity || this.bytes >= this.maxBytes;
	}

	synchronized boolean isClosed() {
		return this.closed;
	}

	private void handleNext(String conversation) {
		QueuedEvent event = next(conversation);
		if (event == null) {
			return;
		}
		try {
			this.handler.accept(event);
		}
		finally {
			if (handled(event)) {
				this.idle.tryEmitEmpty();
			}
		}
	}

	private synchronized @Nullable QueuedEvent next(String conversation) {
		Deque<QueuedEvent> lane = this.lanes.get(conversation);
		return (lane != null) ? lane.peek() : null;
	}

	/**
	 * Whether that was the last one.
	 */
	private synchronized boolean handled(QueuedEvent event) {
		Deque<QueuedEvent> lane = this.lanes.get(event.conversation());
		if (lane == null) {
			return false;
		}
		lane.remove();
		this.size--;
		this.bytes -= event.bytes();
		if (lane.isEmpty()) {
			this.lanes.remove(event.conversation());
		}
		else {
			this.threads.execute(() -> handleNext(event.conversation()));
		}
		return this.closed && this.size == 0;
	}

	/**
	 * Takes no more events, and waits for those that it has.
	 * @param grace for how long
	 * @return how many of each kind could not be handled, with those that were being
	 * handled and are interrupted
	 */
	Mono<Map<String, Long>> close(Duration grace) {
		return Mono.defer(() -> {
			if (startClosing()) {
				this.idle.tryEmitEmpty();
			}
			return this.idle.asMono().timeout(grace, Mono.empty()).then(Mono.fromCallable(this::abandon));
		});
	}

	private synchronized boolean startClosing() {
		this.closed = true;
		return this.size == 0;
	}

	private synchronized Map<String, Long> abandon() {
		Map<String, Long> left = this.lanes.values()
			.stream()
			.flatMap(Collection::stream)
			.collect(Collectors.groupingBy((event) -> event.event().kind(), TreeMap::new, Collectors.counting()));
		this.lanes.clear();
		this.size = 0;
		this.bytes = 0;
		this.threads.shutdownNow();
		return left;
	}

	private static final class DaemonThreads extends CustomizableThreadCreator implements ThreadFactory {

		DaemonThreads() {
			super("im-callback-");
			setDaemon(true);
		}

		@Override
		public Thread newThread(Runnable runnable) {
			return createThread(runnable);
		}

	}

}
