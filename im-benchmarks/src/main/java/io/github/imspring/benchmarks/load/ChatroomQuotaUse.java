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
import java.util.Locale;

import io.github.imspring.ImClient;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.message.Message;
import io.github.imspring.quota.QuotaLimiterBuilder;
import reactor.core.publisher.Flux;

/**
 * Messages to chatrooms and to groups as fast as they go, at the service's default limits
 * of 100 and 20 a second, against strict windows: how many calls are refused, and how
 * much of the quotas is used. Takes two minutes unless told otherwise.
 */
public final class ChatroomQuotaUse {

	private static final int CHATROOM_MESSAGES = 100;

	private static final int GROUP_MESSAGES = 20;

	private ChatroomQuotaUse() {
	}

	/**
	 * Runs the load and prints the figures.
	 * @param arguments how many seconds, 120 unless given
	 */
	public static void main(String[] arguments) {
		Duration time = Duration.ofSeconds((arguments.length > 0) ? Integer.parseInt(arguments[0]) : 120);
		try (Service service = new Service(ImEmulator.builder());
				ImClient client = service.client(new QuotaLimiterBuilder().build())) {
			Message toChatrooms = Message.text("hello").from("system").toChatrooms().build();
			Message toGroups = Message.text("hello").from("system").toGroups().build();
			long start = System.nanoTime();
			Flux.merge(send(client, toChatrooms, CHATROOM_MESSAGES, time), send(client, toGroups, GROUP_MESSAGES, time))
				.blockLast();
			double seconds = (System.nanoTime() - start) / 1e9;
			print(service, "send-chatroom-message", CHATROOM_MESSAGES, time, seconds);
			print(service, "send-group-message", GROUP_MESSAGES, time, seconds);
		}
	}

	/**
	 * As many single messages as the quota has room for in the time.
	 */
	private static Flux<?> send(ImClient client, Message template, int perSecond, Duration time) {
		return Flux.range(0, Math.toIntExact(perSecond * time.toSeconds()))
			.flatMap((number) -> client.messages().send(template.withRecipients("id" + number % 1000)), perSecond);
	}

	private static void print(Service service, String operation, int perSecond, Duration time, double seconds) {
		double used = 100.0 * time.toSeconds() / seconds;
		System.out.printf(Locale.ROOT, "%s: refused with 429: %d, with 403: %d; %.1f %% of %d a second in %.1f s%n",
				operation, service.emulator().quotas().rejections(operation, 429),
				service.emulator().quotas().rejections(operation, 403), used, perSecond, seconds);
	}

}
