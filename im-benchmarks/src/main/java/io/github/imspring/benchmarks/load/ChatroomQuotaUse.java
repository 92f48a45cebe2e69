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
import reactor.core.publisher.Mono;

/**
 * Messages to chatrooms and to groups as fast as they go, at the service's default limits
 * of 100 and 20 a second, against strict windows: how many calls are refused, and how
 * much of the quotas is used once the virtual machine is warm. Takes two minutes unless
 * told otherwise, and ten seconds before.
 */
public final class ChatroomQuotaUse {

	private static final Duration WARM_UP = Duration.ofSeconds(10);

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
			Load toChatrooms = new Load("send-chatroom-message", 100,
					Message.text("hello").from("system").toChatrooms().build());
			Load toGroups = new Load("send-group-message", 20, Message.text("hello").from("system").toGroups().build());
			Mono.when(toChatrooms.send(client, WARM_UP), toGroups.send(client, WARM_UP)).block();
			Flux.merge(toChatrooms.measure(client, time), toGroups.measure(client, time)).blockLast();
			toChatrooms.printRefusals(service.emulator());
			toGroups.printRefusals(service.emulator());
		}
	}

	/**
	 * Messages to one kind of destination, and how many of them a second its quota has
	 * room for.
	 */
	private record Load(String operation, int perSecond, Message template) {

		Mono<Long> send(ImClient client, Duration time) {
			return Flux.range(0, Math.toIntExact(this.perSecond * time.toSeconds()))
				.flatMap((number) -> client.messages().send(this.template.withRecipients("id" + number % 1000)),
						this.perSecond)
				.count();
		}

		Mono<?> measure(ImClient client, Duration time) {
			return send(client, time).elapsed().doOnNext((taken) -> {
				double seconds = taken.getT1() / 1000.0;
				System.out.printf(Locale.ROOT, "%s: %d messages in %.1f s, %.1f %% of %d a second%n", this.operation,
						taken.getT2(), seconds, 100 * time.toSeconds() / seconds, this.perSecond);
			});
		}

		void printRefusals(ImEmulator emulator) {
			System.out.printf(Locale.ROOT, "%s: refused with 429: %d, with 403: %d%n", this.operation,
					emulator.quotas().rejections(this.operation, 429),
					emulator.quotas().rejections(this.operation, 403));
		}

	}

}
