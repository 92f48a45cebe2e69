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
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.imspring.ImClient;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.emulator.ImEmulatorBuilder;
import io.github.imspring.emulator.Latency;
import io.github.imspring.exchange.ImEndpoint;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.token.ClientCredentials;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * An emulator, each way up to 10 ms late, and clients of it.
 */
final class Service implements AutoCloseable {

	private static final int CONNECTIONS = 500;

	private final ImEmulator emulator;

	Service(ImEmulatorBuilder emulator) {
		this.emulator = emulator.latency(Latency.random(Duration.ZERO, Duration.ofMillis(10))).start();
	}

	ImEmulator emulator() {
		return this.emulator;
	}

	long rejections() {
		return this.emulator.quotas().rejections("send-message");
	}

	ImClient client(QuotaLimiter quotas) {
		return client(address(), quotas);
	}

	/**
	 * Runs a program, which is told where the service is, in a process with a heap of 64
	 * MB.
	 */
	int runInSmallHeap(Class<?> program) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m", "-cp",
						System.getProperty("java.class.path"), program.getName()));
		command.addAll(List.of(address()));
		return new ProcessBuilder(command).inheritIO().start().waitFor();
	}

	private String[] address() {
		return new String[] { this.emulator.baseUrl(), this.emulator.orgName(), this.emulator.appName(),
				this.emulator.clientId(), this.emulator.clientSecret() };
	}

	/**
	 * A client of the service that a program was told of.
	 */
	static ImClient client(String[] address, QuotaLimiter quotas) {
		ConnectionProvider connections = ConnectionProvider.builder("load")
			.maxConnections(CONNECTIONS)
			.pendingAcquireMaxCount(-1)
			.build();
		return ImClient.builder(ImEndpoint.ofOrgApp(URI.create(address[0]), address[1], address[2]))
			.clientCredentials(new ClientCredentials(address[3], address[4], null))
			.webClient(WebClient.builder()
				.clientConnector(new ReactorClientHttpConnector(HttpClient.create(connections).disableRetry(true))))
			.quotas(quotas)
			.build();
	}

	/**
	 * How many bytes of the heap are in use.
	 */
	static long usedMemory() {
		Runtime runtime = Runtime.getRuntime();
		return runtime.totalMemory() - runtime.freeMemory();
	}

	@Override
	public void close() {
		this.emulator.close();
	}

}
