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

package io.github.imspring.autoconfigure;

import java.util.function.Consumer;

import io.github.imspring.exchange.ImEndpoint;
import io.github.imspring.exchange.UserAgent;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The HTTP client of one account and the endpoint that it calls. Not a {@link WebClient}
 * bean, which the application might take for its own.
 */
final class ImTransport implements DisposableBean {

	private final ImEndpoint endpoint;

	private final ImHttpConnector connector;

	private final SingletonSupplier<WebClient> webClient;

	ImTransport(ImEndpoint endpoint, ImHttpConnector connector, Consumer<WebClient.Builder> customizer) {
		this.endpoint = endpoint;
		this.connector = connector;
		this.webClient = SingletonSupplier.of(() -> {
			WebClient.Builder builder = WebClient.builder();
			customizer.accept(builder);
			return builder.defaultHeaders(UserAgent::setIfAbsent).clientConnector(connector).build();
		});
	}

	ImEndpoint endpoint() {
		return this.endpoint;
	}

	/**
	 * Makes the HTTP client, so that what is wrong with how the application customizes it
	 * is told now.
	 */
	void prepare() {
		this.webClient.obtain();
	}

	WebClient webClient() {
		return this.webClient.obtain();
	}

	@Override
	public void destroy() {
		this.connector.close();
	}

}
