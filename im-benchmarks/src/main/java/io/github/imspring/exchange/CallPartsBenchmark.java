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

package io.github.imspring.exchange;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.imspring.error.SettingNames;
import io.github.imspring.observation.CallListener;
import io.github.imspring.observation.CallObservations;
import io.github.imspring.operation.Operations;
import io.github.imspring.quota.Lane;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

import org.springframework.web.util.UriComponentsBuilder;

/**
 * Parts of a call that cannot be switched off, each beside what one would take for it
 * otherwise. In the package of the pipeline, whose stages nobody else can see.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CallPartsBenchmark {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final byte[] ANSWER = """
			{"path":"/messages/users","uri":"https://service/org/app/messages/users","timestamp":1657254052191,\
			"organization":"org","application":"8be024f0-e978-11e8-b697-5d598d5f8402","action":"post","duration":0,\
			"applicationName":"app","data":{"u0":"1029457500870543736"}}""".getBytes(StandardCharsets.UTF_8);

	private final Scheduler scheduler = Schedulers.parallel();

	private final ExpiryTimer timer = new ExpiryTimer(TIMEOUT, this.scheduler);

	private final RetryPolicy policy = new RetryPolicy(RetrySettings.DEFAULTS, Mono.never(), this.scheduler, () -> 0L);

	private final ImRequest request = ImRequest.post(Operations.SEND_MESSAGE).path("messages", "users").build();

	private final Addresses addresses = new Addresses(ImEndpoint.ofOrgApp(URI.create("https://service"), "org", "app"));

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final CallObservations observations = new CallObservations(this.registry, null,
			CallObservations.DEFAULT_ACCOUNT, CallListener.NONE);

	/**
	 * What is left of an answer that comes at once.
	 */
	private final Mono<Integer> answer = Mono.just(1).hide();

	/**
	 * Creates the parts.
	 */
	public CallPartsBenchmark() {
		this.registry.observationConfig()
			.observationHandler(new DefaultMeterObservationHandler(new SimpleMeterRegistry()));
	}

	private Call call() {
		return new Call(this.request, new Deadline(TIMEOUT, Lane.SINGLE, this.timer, this.scheduler),
				SettingNames.JAVA);
	}

	/**
	 * The deadline of a call that ends in time.
	 * @return the result
	 */
	@Benchmark
	public @Nullable Integer deadline() {
		return Limited.mono(this.answer, call()).block();
	}

	/**
	 * Reactor's timeout in its place.
	 * @return the result
	 */
	@Benchmark
	public @Nullable Integer deadlineOfReactor() {
		call();
		return this.answer.timeout(TIMEOUT, this.scheduler).block();
	}

	/**
	 * The retry of a call that succeeds.
	 * @return the result
	 */
	@Benchmark
	public @Nullable Integer retry() {
		return this.policy.repeat(call(), this.answer, (reason) -> {
		}).block();
	}

	/**
	 * Reactor's retry in its place.
	 * @return the result
	 */
	@Benchmark
	public @Nullable Integer retryOfReactor() {
		call();
		return this.answer.retryWhen(Retry.backoff(2, Duration.ofMillis(200))).block();
	}

	/**
	 * The observation of a call that succeeds, with its meters.
	 * @return the result
	 */
	@Benchmark
	public @Nullable Integer observation() {
		return this.observations.observe(call().observed(), this.answer).block();
	}

	/**
	 * An observation with as many keys in its place.
	 * @return the result
	 */
	@Benchmark
	public @Nullable Integer observationOfMicrometer() {
		call();
		return Mono.defer(() -> {
			Observation observation = Observation.createNotStarted("calls", this.registry)
				.lowCardinalityKeyValue("account", CallObservations.DEFAULT_ACCOUNT)
				.lowCardinalityKeyValue("operation", this.request.operation().name())
				.lowCardinalityKeyValue("outcome", "UNKNOWN")
				.lowCardinalityKeyValue("status", "none")
				.lowCardinalityKeyValue("error.type", "none")
				.start();
			return this.answer
				.doOnNext((answered) -> observation.lowCardinalityKeyValue("outcome", "SUCCESS")
					.lowCardinalityKeyValue("status", "200"))
				.doFinally((signal) -> observation.stop());
		}).block();
	}

	/**
	 * The same without any of them.
	 * @return the result
	 */
	@Benchmark
	public @Nullable Integer neither() {
		call();
		return this.answer.block();
	}

	/**
	 * The address of a request.
	 * @return the address
	 */
	@Benchmark
	public URI address() {
		return this.addresses.of(this.request);
	}

	/**
	 * A template of Spring's in its place.
	 * @return the address
	 */
	@Benchmark
	public URI addressOfSpring() {
		return UriComponentsBuilder.fromUriString("https://service/{org}/{app}/messages/users").build("org", "app");
	}

	/**
	 * An answer read field by field.
	 * @return what was read
	 */
	@Benchmark
	public Map<String, @Nullable String> answer() {
		Map<String, @Nullable String> ids = new LinkedHashMap<>();
		new ImResponse(Operations.SEND_MESSAGE, ANSWER, false).read((name, value) -> {
			JsonValue.Elements fields = value.elements();
			while (fields.next()) {
				ids.put(fields.name(), fields.value().text());
			}
		});
		return ids;
	}

	/**
	 * The same from a tree.
	 * @return what was read
	 */
	@Benchmark
	public Map<String, @Nullable String> answerAsTree() {
		ImResponse response = new ImResponse(Operations.SEND_MESSAGE, ANSWER, false);
		Map<String, @Nullable String> ids = new LinkedHashMap<>();
		response.data().forEachEntry((name, value) -> ids.put(name, value.asString()));
		response.envelope();
		return ids;
	}

}
