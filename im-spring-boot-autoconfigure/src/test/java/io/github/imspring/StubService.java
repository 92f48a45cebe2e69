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

package io.github.imspring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.github.imspring.exchange.ImEndpoint;
import io.github.imspring.exchange.ImRestOperations;
import io.github.imspring.exchange.ImRestOperationsBuilder;
import io.github.imspring.exchange.RetrySettings;
import io.github.imspring.exchange.WireFormat;
import io.github.imspring.operation.Quota.Unit;
import io.github.imspring.quota.Grant;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.token.AccessToken;
import io.github.imspring.token.TokenProvider;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * A service that answers over HTTP what a test wants, and remembers what it was asked.
 */
public final class StubService implements AutoCloseable {

	private final MockWebServer server = new MockWebServer();

	private final List<Request> requests = new CopyOnWriteArrayList<>();

	private final AtomicInteger rejectedTokens = new AtomicInteger();

	private volatile Function<Request, MockResponse> answer = (request) -> json(500, "{}");

	public StubService() {
		this.server.setDispatcher(new Dispatcher() {
			@Override
			public MockResponse dispatch(RecordedRequest recorded) {
				Request request = Request.of(recorded);
				StubService.this.requests.add(request);
				return StubService.this.answer.apply(request);
			}
		});
		try {
			this.server.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Answers every request alike.
	 */
	public void answer(String json) {
		answer((request) -> json(200, json));
	}

	public void answer(int status, String json) {
		answer((request) -> json(status, json));
	}

	/**
	 * Answers the first request with the first answer and so on.
	 */
	public void answerInTurn(MockResponse... answers) {
		AtomicInteger next = new AtomicInteger();
		answer((request) -> answers[next.getAndIncrement()]);
	}

	public void answer(Function<Request, MockResponse> answer) {
		this.answer = answer;
	}

	public static MockResponse json(int status, String json) {
		return new MockResponse.Builder().code(status).setHeader("Content-Type", "application/json").body(json).build();
	}

	/**
	 * What was asked, in order.
	 */
	public List<Request> requests() {
		return this.requests;
	}

	public Request onlyRequest() {
		if (this.requests.size() != 1) {
			throw new AssertionError("1 request was expected but there were " + this.requests);
		}
		return this.requests.get(0);
	}

	/**
	 * How often a token was reported as rejected.
	 */
	public int rejectedTokens() {
		return this.rejectedTokens.get();
	}

	/**
	 * A road to this service with a constant token and no quotas.
	 */
	public ImRestOperations rest() {
		return rest(URI.create("http://%s:%d".formatted(this.server.getHostName(), this.server.getPort())));
	}

	private ImRestOperations rest(URI baseUrl) {
		TokenProvider tokens = new TokenProvider() {
			@Override
			public Mono<AccessToken> token() {
				return Mono.just(new AccessToken("t0ken", Instant.EPOCH, null));
			}

			@Override
			public void invalidate(AccessToken rejected) {
				StubService.this.rejectedTokens.incrementAndGet();
			}
		};
		return new ImRestOperationsBuilder(ImEndpoint.ofOrgApp(baseUrl, "XXXX", "XXXX"), WebClient.create(), tokens,
				unlimited())
			.retry(new RetrySettings(2, Duration.ofMillis(1), Duration.ofMillis(1), false))
			.build();
	}

	/**
	 * A limiter that grants everything at once.
	 */
	public static QuotaLimiter unlimited() {
		return (request) -> Mono.just(new Grant() {
			@Override
			public void sent() {
			}

			@Override
			public void release() {
			}

			@Override
			public void answered() {
			}

			@Override
			public void unanswered() {
			}

			@Override
			public void rejected(Unit unit, @Nullable Duration retryAfter) {
			}
		});
	}

	@Override
	public void close() {
		this.server.close();
	}

	/**
	 * A request as it came over the wire.
	 *
	 * @param method the method
	 * @param target the path and query, percent-encoded, below the app
	 * @param contentType the content type, if any
	 * @param body the body, possibly empty
	 */
	public record Request(String method, String target, @Nullable String contentType, String body) {

		static Request of(RecordedRequest recorded) {
			String target = recorded.getTarget();
			if (!target.startsWith("/XXXX/XXXX/")) {
				throw new AssertionError("Not below the app: " + target);
			}
			String body = (recorded.getBody() != null) ? recorded.getBody().utf8() : "";
			return new Request(recorded.getMethod(), target.substring("/XXXX/XXXX".length()),
					recorded.getHeaders().get("Content-Type"), body);
		}

		public JsonNode json() {
			return WireFormat.jsonMapper().readTree(this.body);
		}

	}

}
