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

package io.github.imspring.benchmarks.load;

import java.io.IOException;
import java.util.BitSet;
import java.util.Map;

import io.github.imspring.ImClient;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.message.Message;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.quota.QuotaLimiterBuilder;
import io.github.imspring.quota.QuotaSettings;
import io.github.imspring.quota.QuotaSettings.Limits;
import reactor.core.publisher.Flux;

/**
 * One message to 1,000,000 recipients at a raised quota, from a process with a heap of 64
 * MB; the service runs in the process that starts it.
 */
public final class MillionRecipients {

	private static final int RECIPIENTS = 1_000_000;

	private static final int CALLS_PER_SECOND = 1000;

	private static final int MESSAGES_PER_MINUTE = 6_000_000;

	private MillionRecipients() {
	}

	/**
	 * Starts service and client, and prints the figures.
	 * @param arguments none; where the service is, for the process of the client
	 * @throws IOException if the client cannot be started
	 * @throws InterruptedException if interrupted while the client runs
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		if (arguments.length > 0) {
			send(arguments);
			return;
		}
		try (Service service = new Service(ImEmulator.builder()
			.callsPerSecond("send-message", CALLS_PER_SECOND)
			.messagesPerMinute(MESSAGES_PER_MINUTE)
			.maxDeliveries(0)
			.maxRequests(0))) {
			int exit = service.runInSmallHeap(MillionRecipients.class);
			System.out.printf("exit code: %d, messages delivered: %,d, calls refused: %d%n", exit,
					service.emulator().deliveredMessages(), service.rejections());
		}
	}

	private static void send(String[] service) {
		QuotaLimiter quotas = new QuotaLimiterBuilder()
			.settings(QuotaSettings.defaults()
				.withLimits(Map.of("send-message", new Limits(CALLS_PER_SECOND, MESSAGES_PER_MINUTE))))
			.build();
		BitSet sent = new BitSet(RECIPIENTS);
		long start = System.nanoTime();
		long[] most = new long[1];
		try (ImClient client = Service.client(service, quotas)) {
			Message template = Message.text("hello").from("system").build();
			client.messages()
				.sendToAll(template, Flux.range(0, RECIPIENTS).map((number) -> "user" + number))
				.filter((delivery) -> delivery.isSent())
				.doOnNext((delivery) -> {
					int number = Integer.parseInt(delivery.recipient().substring(4));
					if (sent.get(number)) {
						throw new IllegalStateException(delivery.recipient() + " was sent to twice");
					}
					sent.set(number);
					if (number % 1000 == 0) {
						most[0] = Math.max(most[0], Service.usedMemory());
					}
				})
				.blockLast();
		}
		System.out.printf("%,d of %,d recipients sent to once in %.1f s, heap of %d MB, never more than %d MB in use%n",
				sent.cardinality(), RECIPIENTS, (System.nanoTime() - start) / 1e9,
				Runtime.getRuntime().maxMemory() >> 20, most[0] >> 20);
	}

}
