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

package io.github.imspring.benchmarks.quota;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;

import io.github.imspring.quota.Lane;
import io.github.imspring.quota.QuotaSettings;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * A limiter, a network and a service that counts in every way at once, on virtual time.
 */
final class Simulation {

	static final int CALLS_PER_SECOND = 100;

	static final int MESSAGES_PER_MINUTE = 6000;

	private static final int ALIGNMENTS = 20;

	private static final QuotaSettings UNHURRIED = QuotaSettings.defaults()
		.withMaxWait(Duration.ofHours(1))
		.withMaxWaiting(1_000_000);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final CountedWindows sliding = CountedWindows.sliding(CALLS_PER_SECOND, MESSAGES_PER_MINUTE);

	private final List<CountedWindows> fixed = new ArrayList<>();

	private final Sender sender;

	private final Network network;

	private final SplittableRandom random;

	private final Map<Lane, Long> sentMessages = new EnumMap<>(Lane.class);

	private Simulation(boolean stock, double bulkShare, Network network, long seed) {
		this.sender = stock ? Sender.stock(this.time, this::now)
				: Sender.ours(this.time, this::now, UNHURRIED.withBulkShare(bulkShare));
		this.network = network;
		this.random = new SplittableRandom(seed);
		for (int i = 0; i < ALIGNMENTS; i++) {
			this.fixed.add(CountedWindows.fixed(CALLS_PER_SECOND, MESSAGES_PER_MINUTE, (double) i / ALIGNMENTS));
		}
	}

	static Simulation ofOurs(Network network, long seed) {
		return new Simulation(false, UNHURRIED.bulkShare(), network, seed);
	}

	static Simulation ofOurs(double bulkShare, Network network, long seed) {
		return new Simulation(false, bulkShare, network, seed);
	}

	static Simulation ofStock(Network network, long seed) {
		return new Simulation(true, UNHURRIED.bulkShare(), network, seed);
	}

	void run(Duration duration) {
		this.time.advanceTimeBy(duration);
	}

	/**
	 * Keeps so many calls waiting at any time.
	 * @param weight the messages of a call, from a random number between 0 and 99
	 */
	void saturate(int waiting, Lane lane, IntUnaryOperator weight) {
		for (int i = 0; i < waiting; i++) {
			saturate(lane, weight);
		}
	}

	private void saturate(Lane lane, IntUnaryOperator weight) {
		send(weight.applyAsInt(this.random.nextInt(100)), lane, () -> saturate(lane, weight));
	}

	/**
	 * Sends a burst again and again, up to the given time apart.
	 */
	void bursts(int size, Duration apart) {
		for (int i = 0; i < size; i++) {
			send(1, Lane.SINGLE, () -> {
			});
		}
		this.time.schedule(() -> bursts(size, apart), this.random.nextLong(apart.toNanos()), TimeUnit.NANOSECONDS);
	}

	/**
	 * Sends single calls at a rate, by chance, and collects how long they wait.
	 */
	void trickle(double callsPerSecond, List<Duration> waits) {
		double seconds = -Math.log(1 - this.random.nextDouble()) / callsPerSecond;
		this.time.schedule(() -> {
			long asked = now();
			send(1, Lane.SINGLE, () -> waits.add(Duration.ofNanos(now() - asked)));
			trickle(callsPerSecond, waits);
		}, (long) (seconds * 1e9), TimeUnit.NANOSECONDS);
	}

	/**
	 * Sends calls at once.
	 * @return how long the last waited
	 */
	Duration lastOf(int calls) {
		long asked = now();
		long[] last = { -1 };
		for (int i = 0; i < calls; i++) {
			send(1, Lane.SINGLE, () -> last[0] = now() - asked);
		}
		run(Duration.ofMinutes(2));
		return Duration.ofNanos(last[0]);
	}

	private void send(int messages, Lane lane, Runnable departed) {
		this.sender.send(messages, lane, (answered) -> {
			this.sentMessages.merge(lane, (long) messages, Long::sum);
			long[] ways = this.network.ways(this.random);
			this.time.schedule(() -> {
				arrive(messages);
				this.time.schedule(answered, ways[1], TimeUnit.NANOSECONDS);
			}, ways[0], TimeUnit.NANOSECONDS);
			departed.run();
		});
	}

	private void arrive(int messages) {
		long now = now();
		this.sliding.arrive(now, messages);
		for (CountedWindows windows : this.fixed) {
			windows.arrive(now, messages);
		}
	}

	private long now() {
		return this.time.now(TimeUnit.NANOSECONDS);
	}

	/**
	 * The calls that a service with sliding windows refused.
	 */
	long rejectedBySliding() {
		return this.sliding.rejectedCalls();
	}

	/**
	 * The calls that a service with fixed windows refused, of the alignment that refused
	 * the most.
	 */
	long rejectedByFixed() {
		return this.fixed.stream().mapToLong(CountedWindows::rejectedCalls).max().orElseThrow();
	}

	/**
	 * The fraction of the quota of messages that was used and not refused.
	 */
	double used(Duration duration) {
		return (double) this.sliding.acceptedMessages() / MESSAGES_PER_MINUTE / duration.toMillis()
				* Duration.ofMinutes(1).toMillis();
	}

	/**
	 * The fraction of what was sent that went through the lane.
	 */
	double fraction(Lane lane) {
		double all = this.sentMessages.values().stream().mapToLong(Long::longValue).sum();
		return this.sentMessages.getOrDefault(lane, 0L) / all;
	}

}
