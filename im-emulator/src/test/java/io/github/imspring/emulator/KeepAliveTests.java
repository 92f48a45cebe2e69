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

package io.github.imspring.emulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that connections can be used again and again. A request may come while the server
 * is still ending the exchange before it, the more often if some answers are given later
 * than others.
 */
class KeepAliveTests {

	private static final int CLIENTS = 6;

	private static final int REQUESTS_OF_A_CLIENT = 250;

	@Test
	@Timeout(60)
	void everyRequestOnAReusedConnectionIsAnswered() throws Exception {
		AtomicInteger answers = new AtomicInteger();
		Latency everyOther = Latency.of(() -> Duration.ZERO, () -> Duration.ofMillis(answers.incrementAndGet() % 2));
		ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
		try (ImEmulator emulator = ImEmulator.builder().quota(QuotaMode.OFF).latency(everyOther).start()) {
			Wire wire = Wire.orgApp(emulator);
			List<Callable<Void>> calls = new ArrayList<>();
			for (int i = 0; i < CLIENTS; i++) {
				calls.add(() -> {
					for (int j = 0; j < REQUESTS_OF_A_CLIENT; j++) {
						wire.get("/chatrooms").ok();
					}
					return null;
				});
			}
			for (Future<Void> client : clients.invokeAll(calls, 50, TimeUnit.SECONDS)) {
				client.get();
			}
			assertThat(emulator.requestCount("list-chatrooms")).isEqualTo(CLIENTS * REQUESTS_OF_A_CLIENT);
		}
		finally {
			clients.shutdownNow();
		}
	}

}
