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
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.imspring.ImClient;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.emulator.UserPolicy;
import io.github.imspring.quota.QuotaLimiterBuilder;
import io.github.imspring.user.NewUser;
import io.github.imspring.user.Registration;
import reactor.core.publisher.Flux;

/**
 * 10,000 users registered in one stream at the service's default limit, of whom one in a
 * hundred is there already and one in a hundred has a name that the service refuses, from
 * a process with a heap of 64 MB; the service, which counts in strict sliding windows,
 * runs in the process that starts it.
 */
public final class TenThousandUsers {

	private static final int USERS = 10_000;

	private TenThousandUsers() {
	}

	/**
	 * Starts service and client, and prints the figures.
	 * @param arguments none; where the service is, for the process of the client
	 * @throws IOException if the client cannot be started
	 * @throws InterruptedException if interrupted while the client runs
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		if (arguments.length > 0) {
			register(arguments);
			return;
		}
		try (Service service = new Service(ImEmulator.builder().users(UserPolicy.REGISTERED).maxRequests(0))) {
			ImEmulator emulator = service.emulator();
			emulator.users()
				.register(IntStream.range(0, USERS / 100)
					.mapToObj((hundred) -> "user" + hundred * 100)
					.toArray(String[]::new));
			int exit = service.runInSmallHeap(TenThousandUsers.class);
			System.out.printf("exit code: %d, calls: %d, of them refused: %d%n", exit,
					emulator.requestCount("register-users"), emulator.quotas().rejections("register-users", 429));
		}
	}

	private static void register(String[] service) {
		Map<Registration.Status, Integer> results = new EnumMap<>(Registration.Status.class);
		long start = System.nanoTime();
		long[] most = new long[1];
		try (ImClient client = Service.client(service, new QuotaLimiterBuilder().build())) {
			client.users().registerAll(Flux.range(0, USERS).map(TenThousandUsers::user)).doOnNext((registration) -> {
				results.merge(registration.status(), 1, Integer::sum);
				most[0] = Math.max(most[0], Service.usedMemory());
			}).blockLast();
		}
		System.out.printf("%s in %.1f s, heap of %d MB, never more than %d MB in use%n", results,
				(System.nanoTime() - start) / 1e9, Runtime.getRuntime().maxMemory() >> 20, most[0] >> 20);
	}

	private static NewUser user(int number) {
		String name = (number % 100 == 1) ? "not legal " + number : "user" + number;
		return NewUser.named(name).withPassword("secret");
	}

}
