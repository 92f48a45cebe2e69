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

package io.github.imspring.observation;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientRequestObservationContext;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.DefaultClientRequestObservationConvention;

/**
 * Spring's own convention for HTTP requests, which makes the key values that nearly every
 * request has once for each operation rather than twice for each request.
 *
 * @since 0.1.0
 */
public final class HttpRequestConvention extends DefaultClientRequestObservationConvention {

	private static final int MOST = 256;

	private static final int OK = 200;

	private final Map<String, Known> started = new ConcurrentHashMap<>();

	private final Map<String, Known> succeeded = new ConcurrentHashMap<>();

	/**
	 * Creates the convention.
	 */
	public HttpRequestConvention() {
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(ClientRequestObservationContext context) {
		ClientRequest request = context.getRequest();
		String template = context.getUriTemplate();
		Map<String, Known> byTemplate = known(context);
		if (request == null || template == null || byTemplate == null) {
			return super.getLowCardinalityKeyValues(context);
		}
		Known known = byTemplate.get(template);
		if (known != null && known.describes(request)) {
			return known.keyValues;
		}
		KeyValues keyValues = super.getLowCardinalityKeyValues(context);
		if (known != null || byTemplate.size() < MOST) {
			byTemplate.put(template, new Known(request.method(), request.url().getHost(), keyValues));
		}
		return keyValues;
	}

	private @Nullable Map<String, Known> known(ClientRequestObservationContext context) {
		if (context.isAborted() || context.getError() != null) {
			return null;
		}
		ClientResponse response = context.getResponse();
		if (response == null) {
			return this.started;
		}
		return (response.statusCode().value() == OK) ? this.succeeded : null;
	}

	private record Known(HttpMethod method, @Nullable String host, KeyValues keyValues) {

		boolean describes(ClientRequest request) {
			return this.method.equals(request.method()) && Objects.equals(this.host, request.url().getHost());
		}

	}

}
