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

import io.github.imspring.ImClient;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.message.Message;
import io.github.imspring.quota.Lane;
import io.github.imspring.quota.QuotaLimiterBuilder;
import io.github.imspring.quota.QuotaSettings;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Single messages beside a bulk send that takes all it can get, at the service's default
 * limits: how long the singles wait, and what is left to the bulk send. The cases run at
 * the same time, each with a service of its own. Takes four minutes, of which the first
 * does not count.
 */
public final class Fairness {

	private static final Duration WARM_UP = Duration.ofSeconds(65);

	private static final Duration MEASURED = Duration.ofSeconds(175);

	private final String name;

	private final Flux<Long> singles;

	private final Service service = new Service(ImEmulator.builder().maxDeliveries(0).maxRequests(0));

	private final WaitingTimes waits;

	private Fairness(String name, double share, Flux<Long> singles) {
		this.name = name;
		this.singles = singles;
		this.waits = new WaitingTimes(
				new QuotaLimiterBuilder().settings(QuotaSettings.defaults().withBulkShare(share)).build());
	}

	/**
	 * Runs the load and prints the figures.
	 * @param arguments none
	 */
	public static void main(String[] arguments) {
		Flux.just(new Fairness("1 a second, share 0.98", 0.98, every(1000)),
				new Fairness("5 a second, share 0.98", 0.98, every(200)),
				new Fairness("5 a second, share 0.9", 0.9, every(200)),
				new Fairness("as many as go, share 0.98", 0.98, Flux.generate((sink) -> sink.next(0L))))
			.flatMap((load) -> load.run(), 4)
			.blockLast();
	}

	private static Flux<Long> every(long millis) {
		return Flux.interval(Duration.ofMillis(millis)).onBackpressureDrop();
	}

	private Mono<Void> run() {
		ImClient client = this.service.client(this.waits);
		Message template = Message.text("hello").from("system").build();
		Flux<String> users = Flux.generate((sink) -> sink.next("user"));
		Disposable load = Disposables.composite(
				client.messages().sendToAll(template, users.index((index, user) -> user + index)).subscribe(),
				this.singles.flatMap((tick) -> client.messages().send(template.withRecipients("single")), 200)
					.subscribe());
		return Mono.delay(WARM_UP)
			.doOnNext((tick) -> this.waits.reset())
			.then(Mono.delay(MEASURED))
			.doOnNext((tick) -> print())
			.doFinally((signal) -> {
				load.dispose();
				this.service.close();
			})
			.then();
	}

	private void print() {
		long single = this.waits.granted(Lane.SINGLE);
		long bulk = this.waits.granted(Lane.BULK);
		System.out.printf(
				"singles %-26s | %6d singles wait: median %5d ms, 99 %% %5d ms, all %5d ms | bulk has %.1f %% of what went | %d refused%n",
				this.name, single, this.waits.quantile(0.5).toMillis(), this.waits.quantile(0.99).toMillis(),
				this.waits.quantile(1).toMillis(), 100.0 * bulk / (single + bulk), this.service.rejections());
	}

}
