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
package io.github.imspring.benchmarks.call;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls, ten in flight, and counts what the process spends on them. Needs nothing
 * but the JDK and an annotation, so that it runs beside any client.
 */
public final class Rounds {

	private static final int IN_FLIGHT = 10;

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private final Calls calls;

	private Rounds(Calls calls) {
		this.calls = calls;
	}

	/**
	 * Runs a round for each line of the standard input, which says how many calls, and
	 * prints nanoseconds of CPU, allocated bytes and nanoseconds that passed.
	 * @param calls the client
	 * @throws IOException if the standard input cannot be read
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void serve(Calls calls) throws IOException, InterruptedException {
		Rounds rounds = new Rounds(calls);
		BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = lines.readLine(); line != null; line = lines.readLine()) {
			rounds.run(Integer.parseInt(line));
		}
		System.exit(0);
	}

	private void run(int count) throws InterruptedException {
		long cpu = SYSTEM.getProcessCpuTime();
		long allocated = allocated();
		long start = System.nanoTime();
		Round round = new Round(count);
		for (int i = 0; i < IN_FLIGHT; i++) {
			round.next();
		}
		round.end.await();
		long passed = System.nanoTime() - start;
		Throwable failure = round.failure.get();
		if (failure != null) {
			failure.printStackTrace(System.out);
			System.exit(1);
		}
		System.out.printf("%d %d %d%n", SYSTEM.getProcessCpuTime() - cpu, allocated() - allocated, passed);
	}

	private static long allocated() {
		long sum = 0;
		for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
			sum += Math.max(bytes, 0);
		}
		return sum;
	}

	private final class Round {

		private final AtomicInteger toStart;

		private final CountDownLatch end;

		private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

		Round(int count) {
			this.toStart = new AtomicInteger(count);
			this.end = new CountDownLatch(count);
		}

		void next() {
			if (this.toStart.getAndDecrement() > 0) {
				Rounds.this.calls.call((ex) -> {
					this.failure.compareAndSet(null, ex);
					ended();
				}, this::ended);
			}
		}

		private void ended() {
			this.end.countDown();
			next();
		}

	}

}
