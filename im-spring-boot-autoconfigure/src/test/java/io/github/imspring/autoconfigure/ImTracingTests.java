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

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleTracer;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.web.reactive.function.client.ClientRequestObservationContext;
import org.springframework.web.reactive.function.client.DefaultClientRequestObservationConvention;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the traces of calls.
 */
class ImTracingTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final Message HELLO = Message.text("hello").to("user1").build();

	private static ImEmulator emulator;

	private final SimpleTracer tracer = new SimpleTracer();

	private final ObservationRegistry registry = ObservationRegistry.create();

	ImTracingTests() {
		this.registry.observationConfig()
			.observationHandler(new FirstMatchingCompositeObservationHandler(
					new PropagatingSenderTracingObservationHandler<>(this.tracer, Propagator.NOOP),
					new DefaultTracingObservationHandler(this.tracer)));
	}

	@BeforeAll
	static void startEmulator() {
		emulator = ImEmulator.start();
	}

	@AfterAll
	static void stopEmulator() {
		emulator.close();
	}

	@Test
	void sendThatWaitsForItsGrantIsOneTree() {
		simplyTraced().run((context) -> {
			MessageOperations messages = context.getBean(MessageOperations.class);
			messages.send(HELLO).block(TIMEOUT);
			this.tracer.getSpans().clear();

			Observation caller = Observation.start("caller", this.registry);
			messages.send(HELLO)
				.contextWrite((view) -> view.put(ObservationThreadLocalAccessor.KEY, caller))
				.block(TIMEOUT);
			caller.stop();

			SimpleSpan root = span("caller");
			SimpleSpan call = span("im send-message");
			SimpleSpan wait = span("im wait");
			SimpleSpan http = span("http post");
			assertThat(this.tracer.getSpans()).hasSize(4)
				.extracting(SimpleSpan::getTraceId)
				.containsOnly(root.getTraceId());
			assertThat(call.getParentId()).isEqualTo(root.getSpanId());
			assertThat(wait.getParentId()).isEqualTo(call.getSpanId());
			assertThat(http.getParentId()).isEqualTo(call.getSpanId());
			assertThat(Duration.between(wait.getStartTimestamp(), wait.getEndTimestamp()))
				.isGreaterThan(Duration.ofMillis(500));
			assertThat(wait.getEndTimestamp()).isBeforeOrEqualTo(http.getStartTimestamp());
			assertThat(http.getEndTimestamp()).isBeforeOrEqualTo(call.getEndTimestamp());
		});
	}

	@Test
	void callersSpanIsFoundOnTheThreadToo() {
		simplyTraced().run((context) -> {
			Observation caller = Observation.start("caller", this.registry);
			caller.scoped(() -> context.getBean(MessageOperations.class).send(HELLO).block(TIMEOUT));
			caller.stop();
			assertThat(span("im send-message").getParentId()).isEqualTo(span("caller").getSpanId());
			assertThat(span("http post").getTraceId()).isEqualTo(span("caller").getTraceId());
		});
	}

	@Test
	void addressOfTheHttpSpanIsTheOperationAndNoId() {
		simplyTraced().run((context) -> {
			context.getBean(MessageOperations.class).send(HELLO).block(TIMEOUT);
			assertThat(span("http post").getTags()).containsEntry("uri", "/send-message");
		});
	}

	@Test
	void applicationNamesAllHttpRequests() {
		simplyTraced().withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class))
			.withBean(RequestNames.class)
			.run((context) -> {
				context.getBean(MessageOperations.class).send(HELLO).block(TIMEOUT);
				assertThat(names()).containsExactlyInAnyOrder("im send-message", "request of the application");
			});
	}

	@Test
	void sendThatNeedNotWaitHasNoSpanForIt() {
		simplyTraced().run((context) -> {
			context.getBean(MessageOperations.class).send(HELLO).block(TIMEOUT);
			assertThat(names()).containsExactlyInAnyOrder("im send-message", "http post");
		});
	}

	/**
	 * What {@code spring-boot-starter-opentelemetry} brings.
	 */
	@Test
	void tracerOfSpringBootHasTheCallUnderItsCaller() {
		Map<String, SpanData> spans = new ConcurrentHashMap<>();
		runner()
			.withConfiguration(
					AutoConfigurations.of(ObservationAutoConfiguration.class, MicrometerTracingAutoConfiguration.class,
							OpenTelemetrySdkAutoConfiguration.class, OpenTelemetryTracingAutoConfiguration.class))
			.withBean(SpanExporter.class, () -> new Keeper(spans))
			.withPropertyValues("management.tracing.sampling.probability=1")
			.run((context) -> {
				ObservationRegistry registry = context.getBean("observationRegistry", ObservationRegistry.class);
				Observation.createNotStarted("caller", registry)
					.observe(() -> context.getBean(MessageOperations.class).send(HELLO).block(TIMEOUT));
			});
		assertThat(spans).containsOnlyKeys("caller", "im send-message", "http post");
		assertThat(spans.get("im send-message").getParentSpanId()).isEqualTo(spans.get("caller").getSpanId());
		assertThat(spans.get("http post").getParentSpanId()).isEqualTo(spans.get("im send-message").getSpanId());
	}

	private SimpleSpan span(String name) {
		List<SimpleSpan> named = this.tracer.getSpans().stream().filter((span) -> name.equals(span.getName())).toList();
		assertThat(named).as("spans named %s of %s", name, names()).hasSize(1);
		return named.get(0);
	}

	private List<String> names() {
		return this.tracer.getSpans().stream().map(SimpleSpan::getName).toList();
	}

	private ApplicationContextRunner simplyTraced() {
		return runner().withBean(ObservationRegistry.class, () -> this.registry);
	}

	private static ApplicationContextRunner runner() {
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ImAutoConfiguration.class))
			.withPropertyValues("im.base-url=" + emulator.baseUrl(), "im.org-name=" + emulator.orgName(),
					"im.app-name=" + emulator.appName(), "im.auth.token=" + emulator.tokens().issue(),
					"im.quota.limits.send-message.calls-per-second=1");
	}

	/**
	 * Names the HTTP requests of all clients.
	 */
	static final class RequestNames extends DefaultClientRequestObservationConvention
			implements GlobalObservationConvention<ClientRequestObservationContext> {

		@Override
		public String getContextualName(ClientRequestObservationContext context) {
			return "request of the application";
		}

	}

	/**
	 * Keeps what is exported.
	 */
	private record Keeper(Map<String, SpanData> spans) implements SpanExporter {

		@Override
		public CompletableResultCode export(Collection<SpanData> exported) {
			exported.forEach((span) -> this.spans.put(span.getName(), span));
			return CompletableResultCode.ofSuccess();
		}

		@Override
		public CompletableResultCode flush() {
			return CompletableResultCode.ofSuccess();
		}

		@Override
		public CompletableResultCode shutdown() {
			return CompletableResultCode.ofSuccess();
		}

	}

}
