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
package io.github.imspring.benchmarks.call;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.imspring.ImClient;
import io.github.imspring.autoconfigure.ImAutoConfiguration;
import io.github.imspring.autoconfigure.ImClientBuilderCustomizer;
import io.github.imspring.exchange.ImRequest;
import io.github.imspring.message.Message;
import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Operations;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.token.AccessToken;
import io.github.imspring.token.TokenProvider;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.netty.buffer.Unpooled;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.LoopResources;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The clients that are measured, each in a process of its own.
 */
enum Client {

	BY_HAND("WebClient by hand", (shape, url) -> byHand(WebClient.builder(), shape, url)),

	BY_HAND_ONE_LOOP("WebClient by hand, on one event loop",
			(shape, url) -> byHand(WebClient.builder().clientConnector(onOneLoop()), shape, url)),

	STARTER("the starter, everything on", (shape, url) -> starter(shape, url, "nothing")),

	FOUR_LOOPS("the starter, on four event loops", (shape, url) -> starter(shape, url, "one-loop")),

	WITHOUT_OBSERVATION("the starter, observation off", (shape, url) -> starter(shape, url, "observation")),

	WITHOUT_QUOTA("the starter, quota off", (shape, url) -> starter(shape, url, "quota")),

	WITHOUT_TOKEN("the starter, token constant", (shape, url) -> starter(shape, url, "token")),

	WITHOUT_DECODING("the starter, answer not read into a record", (shape, url) -> starter(shape, url, "decoding")),

	READY_URI("WebClient, ready URI, bytes in and out", Client::readyUri),

	REACTOR_NETTY("reactor-netty, JSON ready", Client::reactorNetty);

	private static final String TOKEN = "t0ken";

	private static final String OFF = "measured.off";

	private static final int MUCH = 100_000_000;

	private static final Map<String, String> TEXT = Map.of("msg", "testmessages");

	private final String title;

	private final Factory factory;

	Client(String title, Factory factory) {
		this.title = title;
		this.factory = factory;
	}

	String title() {
		return this.title;
	}

	/**
	 * Makes calls of one shape with one client.
	 * @param arguments the client, the {@link Shape} and the URL of the service
	 * @throws IOException if the standard input cannot be read
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		Mono<?> call = valueOf(arguments[0]).factory.create(Shape.valueOf(arguments[1]), arguments[2]);
		Rounds.serve((failed, done) -> call.subscribe((result) -> {
		}, failed, done));
	}

	private static ReactorClientHttpConnector onOneLoop() {
		return new ReactorClientHttpConnector(HttpClient.create().runOn(LoopResources.create("one", 1, true)));
	}

	private static Mono<?> byHand(WebClient.Builder builder, Shape shape, String url) {
		WebClient client = builder.baseUrl(url).build();
		List<String> recipients = recipients(shape);
		return Mono.defer(() -> switch (shape) {
			case ONE,
					HUNDRED ->
				client.post()
					.uri("/{org}/{app}/messages/users", "org", "app")
					.headers((headers) -> headers.setBearerAuth(TOKEN))
					.contentType(MediaType.APPLICATION_JSON)
					.bodyValue(new SendBody("admin", recipients, "txt", TEXT))
					.retrieve()
					.bodyToMono(Answer.class);
			case ATTRIBUTES -> client.post()
				.uri("/{org}/{app}/metadata/chatroom/{id}", "org", "app", "1")
				.headers((headers) -> headers.setBearerAuth(TOKEN))
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(Map.of("keys", List.of()))
				.retrieve()
				.bodyToMono(Answer.class);
			case ROOMS -> client.get()
				.uri("/{org}/{app}/chatrooms?limit={limit}", "org", "app", 1000)
				.headers((headers) -> headers.setBearerAuth(TOKEN))
				.retrieve()
				.bodyToMono(Rooms.class);
		});
	}

	private static Mono<?> readyUri(Shape shape, String url) {
		WebClient client = WebClient.create();
		URI uri = URI.create(url + "/org/app/" + shape.path());
		byte[] request = shape.request();
		return Mono.defer(() -> {
			WebClient.RequestBodySpec spec = client.method(HttpMethod.valueOf(shape.method()))
				.uri(uri)
				.headers((headers) -> headers.setBearerAuth(TOKEN));
			WebClient.RequestHeadersSpec<?> ready = (request.length > 0)
					? spec.contentType(MediaType.APPLICATION_JSON).bodyValue(request) : spec;
			return ready.retrieve().bodyToMono(byte[].class);
		});
	}

	private static Mono<?> reactorNetty(Shape shape, String url) {
		HttpClient client = HttpClient.create().headers((headers) -> {
			headers.set("Authorization", "Bearer " + TOKEN);
			headers.set("Content-Type", "application/json");
		});
		String uri = url + "/org/app/" + shape.path();
		byte[] request = shape.request();
		return Mono.defer(() -> client.request(io.netty.handler.codec.http.HttpMethod.valueOf(shape.method()))
			.uri(uri)
			.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(request)))
			.responseSingle((response, body) -> body.asByteArray()));
	}

	private static Mono<?> starter(Shape shape, String url, String off) {
		Map<String, Object> settings = new HashMap<>(Map.of("im.base-url", url, "im.org-name", "org", "im.app-name",
				"app", "im.auth.client-id", "id", "im.auth.client-secret", "secret", "spring.main.banner-mode", "off",
				"logging.level.root", "warn", OFF, off));
		for (Operation operation : List.of(Operations.SEND_MESSAGE, Operations.GET_ATTRIBUTES,
				Operations.LIST_CHATROOMS)) {
			settings.put("im.quota.limits.%s.calls-per-second".formatted(operation.name()), MUCH);
		}
		settings.put("im.quota.limits.send-message.messages-per-minute", MUCH);
		if (off.equals("one-loop")) {
			settings.put("im.http.event-loops", 4);
		}
		ImClient client = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(settings)
			.run()
			.getBean(ImClient.class);
		List<String> recipients = recipients(shape);
		List<String> keys = IntStream.range(0, 100).mapToObj("key-%d"::formatted).toList();
		if (off.equals("decoding")) {
			return Mono.defer(() -> client.rest()
				.exchange(ImRequest.post(Operations.SEND_MESSAGE)
					.path("messages", "users")
					.json(new SendBody("admin", recipients, "txt", TEXT))
					.messages(recipients.size())
					.build(), Function.identity()));
		}
		return switch (shape) {
			case ONE, HUNDRED -> Mono
				.defer(() -> client.messages().send(Message.text("testmessages").from("admin").to(recipients).build()));
			case ATTRIBUTES -> client.chatroomMetadata().getAttributes("1", keys);
			case ROOMS -> client.chatrooms().list(1000);
		};
	}

	private static List<String> recipients(Shape shape) {
		return IntStream.range(0, (shape == Shape.ONE) ? 1 : 100).mapToObj("u%d"::formatted).toList();
	}

	/**
	 * Makes the calls of one client.
	 */
	private interface Factory {

		Mono<?> create(Shape shape, String url);

	}

	private record SendBody(String from, List<String> to, String type, Map<String, String> body) {
	}

	private record Answer(Map<String, String> data) {
	}

	private record Room(String id, String name, String owner, @JsonProperty("affiliations_count") int affiliations) {
	}

	private record Rooms(List<Room> data, String cursor) {
	}

	/**
	 * An application with the starter and with metrics.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ImAutoConfiguration.class, ReactiveHttpClientAutoConfiguration.class })
	static class Application {

		@Bean
		ObservationRegistry observationRegistry(Environment environment) {
			if (off("observation", environment)) {
				return ObservationRegistry.NOOP;
			}
			ObservationRegistry registry = ObservationRegistry.create();
			registry.observationConfig()
				.observationHandler(new DefaultMeterObservationHandler(new SimpleMeterRegistry()));
			return registry;
		}

		@Bean
		ImClientBuilderCustomizer partsSwitchedOff(Environment environment) {
			return (builder) -> {
				if (off("quota", environment)) {
					builder.quotas(QuotaLimiter.unlimited());
				}
				if (off("token", environment)) {
					builder.tokenProvider(new ConstantToken());
				}
			};
		}

		private static boolean off(String part, Environment environment) {
			return part.equals(environment.getProperty(OFF));
		}

	}

	private static final class ConstantToken implements TokenProvider {

		private final Mono<AccessToken> token = Mono.just(new AccessToken(TOKEN, Instant.EPOCH, null));

		@Override
		public Mono<AccessToken> token() {
			return this.token;
		}

		@Override
		public void invalidate(AccessToken rejected) {
			throw new IllegalStateException("The service takes every token");
		}

	}

}
