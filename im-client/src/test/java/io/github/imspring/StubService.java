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
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.JsonNode;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service that answers over HTTP what a test wants, and remembers what it was asked.
 */
public final class StubService implements AutoCloseable {

	private final DisposableServer server;

	private final List<Request> requests = new CopyOnWriteArrayList<>();

	private final AtomicInteger rejectedTokens = new AtomicInteger();

	private volatile Function<Request, Answer> answer = (request) -> json(500, "{}");

	public StubService() {
		this.server = HttpServer.create().host("127.0.0.1").port(0).handle(this::handle).bindNow();
	}

	private Publisher<Void> handle(HttpServerRequest received, HttpServerResponse response) {
		return received.receive().aggregate().asString().defaultIfEmpty("").flatMap((body) -> {
			Request request = Request.of(received, body);
			this.requests.add(request);
			Answer given = this.answer.apply(request);
			return response.status(given.status())
				.header("Content-Type", "application/json")
				.sendString(Mono.just(given.body()))
				.then();
		});
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
	public void answerInTurn(Answer... answers) {
		AtomicInteger next = new AtomicInteger();
		answer((request) -> answers[next.getAndIncrement()]);
	}

	public void answer(Function<Request, Answer> answer) {
		this.answer = answer;
	}

	public static Answer json(int status, String json) {
		return new Answer(status, json);
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
	 * A pipeline to this service with a constant token and no quotas.
	 */
	public ImRestOperations rest() {
		return rest(URI.create("http://127.0.0.1:" + this.server.port()));
	}

	/**
	 * The same, but a call that is refused for its rate is not repeated.
	 */
	public ImRestOperations restThatDoesNotWait() {
		return rest(URI.create("http://127.0.0.1:" + this.server.port()), Duration.ofMinutes(1));
	}

	private ImRestOperations rest(URI baseUrl) {
		return rest(baseUrl, Duration.ofMillis(1));
	}

	private ImRestOperations rest(URI baseUrl, Duration backoff) {
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
		return new ImRestOperationsBuilder(ImEndpoint.ofOrgApp(baseUrl, "XXXX", "XXXX"), WebClient::create, tokens,
				unlimited())
			.retry(new RetrySettings(2, backoff, backoff, false))
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
			public void throttled(Unit unit, @Nullable Duration retryAfter) {
			}
		});
	}

	@Override
	public void close() {
		this.server.disposeNow();
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

		static Request of(HttpServerRequest received, String body) {
			String target = received.uri();
			if (!target.startsWith("/XXXX/XXXX/")) {
				throw new AssertionError("Not below the app: " + target);
			}
			return new Request(received.method().name(), target.substring("/XXXX/XXXX".length()),
					received.requestHeaders().get("Content-Type"), body);
		}

		public JsonNode json() {
			return WireFormat.jsonMapper().readTree(this.body);
		}

		/**
		 * Asserts that it is the request.
		 * @param json its body, or {@code null} for none
		 */
		public void assertIs(String method, String target, @Nullable String json) {
			assertThat(this.method).isEqualTo(method);
			assertThat(this.target).isEqualTo(target);
			if (json != null) {
				assertThat(json()).isEqualTo(WireFormat.jsonMapper().readTree(json));
				assertThat(this.contentType).isEqualTo("application/json");
			}
			else {
				assertThat(this.body).isEmpty();
			}
		}

	}

	/**
	 * An answer.
	 *
	 * @param status the HTTP status
	 * @param body the body, possibly empty
	 */
	public record Answer(int status, String body) {
	}

}
