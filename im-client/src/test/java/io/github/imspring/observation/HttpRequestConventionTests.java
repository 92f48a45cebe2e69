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

import java.io.IOException;
import java.net.URI;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientRequestObservationContext;
import org.springframework.web.reactive.function.client.ClientRequestObservationConvention;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.DefaultClientRequestObservationConvention;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HttpRequestConvention}: it says what Spring's own says, also the
 * second time.
 */
class HttpRequestConventionTests {

	private final ClientRequestObservationConvention spring = new DefaultClientRequestObservationConvention();

	private final ClientRequestObservationConvention convention = new HttpRequestConvention();

	@ParameterizedTest
	@CsvSource({ "send-message, GET, a.example.com, 200", "send-message, POST, b.example.com, 200", ", POST, a, 200",
			"send-message, POST, a.example.com, 404", "send-message, POST, a.example.com, 201",
			"get-user, GET, a.example.com, 500" })
	void saysWhatSpringSays(String template, String method, String host, int status) {
		for (int i = 0; i < 3; i++) {
			assertSame(context("send-message", "POST", "a.example.com"));
			ClientRequestObservationContext context = context(template, method, host);
			assertSame(context);
			context.setResponse(ClientResponse.create(HttpStatus.valueOf(status)).build());
			assertSame(context);
			context.setError(new IOException("broken"));
			assertSame(context);
		}
	}

	private void assertSame(ClientRequestObservationContext context) {
		assertThat(this.convention.getLowCardinalityKeyValues(context))
			.isEqualTo(this.spring.getLowCardinalityKeyValues(context));
		assertThat(this.convention.getHighCardinalityKeyValues(context))
			.isEqualTo(this.spring.getHighCardinalityKeyValues(context));
	}

	private static ClientRequestObservationContext context(String template, String method, String host) {
		ClientRequest.Builder builder = ClientRequest.create(HttpMethod.valueOf(method),
				URI.create("https://%s/o/a/x".formatted(host)));
		ClientRequestObservationContext context = new ClientRequestObservationContext(builder);
		context.setRequest(builder.build());
		context.setUriTemplate(template);
		return context;
	}

}
