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

package io.github.imspring.autoconfigure.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.github.imspring.autoconfigure.ImAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/**
 * The HTTP clients that Spring Boot can build, each with a client of the service on top
 * of it, configured as an application does.
 */
enum Clients {

	REACTOR("reactor"), JDK("jdk"), JETTY("jetty"), HTTP_COMPONENTS("http-components");

	static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final String connector;

	Clients(String connector) {
		this.connector = connector;
	}

	/**
	 * Runs with a client of the server that makes one attempt a call.
	 */
	void against(HostileServer server, Consumer<ApplicationContext> test, String... properties) {
		against(server.baseUrl(), test, properties);
	}

	void against(String baseUrl, Consumer<ApplicationContext> test, String... properties) {
		against(baseUrl, test, UnaryOperator.identity(), properties);
	}

	/**
	 * Runs in a context that has more than others.
	 */
	void against(String baseUrl, Consumer<ApplicationContext> test, UnaryOperator<ApplicationContextRunner> more,
			String... properties) {
		List<String> all = new ArrayList<>(List.of("spring.http.clients.reactive.connector=" + this.connector,
				"im.base-url=" + baseUrl, "im.org-name=org", "im.app-name=app", "im.auth.token=t0ken",
				"im.retry.max-attempts=1", "im.shutdown-timeout=1s"));
		all.addAll(List.of(properties));
		more.apply(new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class,
					ReactiveHttpClientAutoConfiguration.class, ImAutoConfiguration.class))
			.withPropertyValues(all.toArray(String[]::new))).run(test::accept);
	}

}
