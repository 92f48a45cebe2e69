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

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import io.github.imspring.ImClient;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.message.Message;
import io.github.imspring.quota.QuotaLimiterBuilder;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * 6,000 single messages as fast as they go, and then one message to 30,000 recipients,
 * from a cold start and at the service's default limits: how many calls are refused, how
 * much of the quota is used from the second minute on, and whether every recipient got
 * the message once. Takes six minutes.
 */
public final class QuotaUse {

	private static final int SINGLES = 6000;

	private static final int RECIPIENTS = 30_000;

	private static final int LIMIT = 6000;

	private QuotaUse() {
	}

	/**
	 * Runs the load and prints the figures.
	 * @param arguments none
	 */
	public static void main(String[] arguments) {
		try (Service service = new Service(ImEmulator.builder().maxDeliveries(SINGLES + RECIPIENTS));
				ImClient client = service.client(new QuotaLimiterBuilder().build())) {
			run(service.emulator(), client);
			System.out.printf("refused with 429: %d, with 403: %d%n",
					service.emulator().quotas().rejections("send-message", 429),
					service.emulator().quotas().rejections("send-message", 403));
		}
	}

	private static void run(ImEmulator emulator, ImClient client) {
		AtomicLong firstMinute = new AtomicLong();
		long start = System.nanoTime();
		Disposable minute = Mono.delay(Duration.ofMinutes(1))
			.subscribe((tick) -> firstMinute.set(emulator.deliveredMessages()));
		Message template = Message.text("hello").from("system").build();
		Flux.range(0, SINGLES)
			.flatMap((number) -> client.messages().send(template.withRecipients("single" + number)), 500)
			.blockLast();
		System.out.printf("%,d single messages in %.1f s%n", SINGLES, seconds(start));
		Long sent = client.messages()
			.sendToAll(template, Flux.range(0, RECIPIENTS).map((number) -> "user" + number))
			.filter((delivery) -> delivery.isSent())
			.count()
			.block();
		double seconds = seconds(start);
		minute.dispose();
		System.out.printf("%,d of %,d recipients sent to, in %.1f s altogether%n", sent, RECIPIENTS, seconds);
		System.out.printf("quota used in the first minute: %.1f %%, from then on: %.1f %%%n",
				100.0 * firstMinute.get() / LIMIT,
				100.0 * (emulator.deliveredMessages() - firstMinute.get()) / (LIMIT * (seconds - 60) / 60));
		Set<String> recipients = new HashSet<>();
		emulator.deliveries().forEach((delivery) -> recipients.add(delivery.to()));
		System.out.printf("messages delivered: %,d, to %,d different recipients%n", emulator.deliveredMessages(),
				recipients.size());
	}

	private static double seconds(long start) {
		return (System.nanoTime() - start) / 1e9;
	}

}
