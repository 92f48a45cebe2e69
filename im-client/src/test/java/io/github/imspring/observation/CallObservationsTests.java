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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

import io.github.imspring.FailingHandler;
import io.github.imspring.error.ErrorResponse;
import io.github.imspring.error.Hint;
import io.github.imspring.error.ImApiException;
import io.github.imspring.error.ImServerException;
import io.github.imspring.error.ImTransportException;
import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Operations;
import io.github.imspring.operation.Quota;
import io.github.imspring.operation.Quota.Unit;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallObservations}.
 */
class CallObservationsTests {

	private static final ObservedCall SEND = new ObservedCall(Operations.SEND_MESSAGE, "txt", 3);

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final List<Observation.Context> started = new ArrayList<>();

	private final List<Observation.Context> stopped = new ArrayList<>();

	private final Heard heard = new Heard();

	private final CallObservations observations = new CallObservations(this.registry, null, "sales", this.heard);

	@BeforeEach
	void record() {
		this.registry.observationConfig().observationHandler(new Recorder());
	}

	@Test
	void successFailureAndCancellationHaveTheSameKeys() {
		this.observations.observe(SEND, Mono.just("done")).block();
		StepVerifier.create(this.observations.observe(SEND, Mono.error(serverError()))).verifyError();
		this.observations.observe(SEND, Mono.never()).subscribe().dispose();
		assertThat(this.stopped).hasSize(3)
			.allSatisfy((context) -> assertThat(keys(context)).containsExactlyInAnyOrder("account", "operation",
					"outcome", "status", "error"));
		assertThat(values(0)).contains("sales", "send-message", "SUCCESS", "200", "none");
		assertThat(values(1)).contains("SERVER_ERROR", "503", "ImServerException");
		assertThat(values(2)).contains("CANCELLED", "none");
		assertThat(this.heard.ended).containsExactly("send-message SUCCESS", "send-message SERVER_ERROR",
				"send-message CANCELLED");
	}

	@Test
	void streamsAreObservedAlike() {
		this.observations.observe(SEND, Flux.range(0, 3)).blockLast();
		StepVerifier.create(this.observations.observe(SEND, Flux.range(0, 3).concatWith(Flux.error(serverError()))))
			.expectNextCount(3)
			.verifyError();
		this.observations.observe(SEND, Flux.range(0, 3)).take(1).blockLast();
		assertThat(this.heard.ended).containsExactly("send-message SUCCESS", "send-message SERVER_ERROR",
				"send-message CANCELLED");
		assertThat(this.stopped).hasSize(3);
	}

	@Test
	void outcomeFollowsTheStatus() {
		assertThat(CallOutcome.of(null)).isEqualTo(CallOutcome.SUCCESS);
		assertThat(CallOutcome.of(refusal(399))).isEqualTo(CallOutcome.UNKNOWN);
		assertThat(CallOutcome.of(refusal(400))).isEqualTo(CallOutcome.CLIENT_ERROR);
		assertThat(CallOutcome.of(refusal(499))).isEqualTo(CallOutcome.CLIENT_ERROR);
		assertThat(CallOutcome.of(refusal(500))).isEqualTo(CallOutcome.SERVER_ERROR);
		assertThat(CallOutcome.of(new ImTransportException("send-message", "no answer", Hint.of("Wait."), true, null)))
			.isEqualTo(CallOutcome.UNKNOWN);
	}

	@Test
	void parentIsTheCallersFromTheContext() {
		Observation caller = Observation.start("caller", this.registry);
		this.observations.observe(SEND, Mono.just("done"))
			.contextWrite((context) -> context.put(ObservationThreadLocalAccessor.KEY, caller))
			.block();
		assertThat(this.stopped.get(0).getParentObservation()).isSameAs(caller);
	}

	@Test
	void parentIsElseTheCallersFromTheThread() {
		Observation caller = Observation.start("caller", this.registry);
		caller.scoped(() -> this.observations.observe(SEND, Mono.just("done")).block());
		assertThat(this.stopped.get(0).getParentObservation()).isSameAs(caller);
	}

	@Test
	void threadIsInTheObservationWhileTheCallIsBegun() {
		AtomicReference<Observation> current = new AtomicReference<>();
		Observation caller = Observation.start("caller", this.registry);
		caller.scoped(() -> this.observations.observe(SEND, Mono.fromSupplier(() -> {
			current.set(this.registry.getCurrentObservation());
			return "done";
		})).block());
		assertThat(current.get()).isNotSameAs(caller);
		assertThat(current.get().getContextView()).isSameAs(this.stopped.get(0));
		assertThat(this.registry.getCurrentObservation()).isNull();
	}

	@ParameterizedTest
	@EnumSource
	void handlersThatFailDoNotFailTheCall(FailingHandler.At at) {
		ObservationRegistry failing = ObservationRegistry.create();
		Observation.Scope caller = Observation.start("caller", failing).openScope();
		failing.observationConfig().observationHandler(new FailingHandler(at));
		CallObservations observations = new CallObservations(failing, null, CallObservations.DEFAULT_ACCOUNT,
				this.heard);
		StepVerifier.create(observations.observe(SEND, Mono.just("done"))).expectNext("done").verifyComplete();
		StepVerifier.create(observations.observe(SEND, Flux.just(1, 2))).expectNext(1, 2).verifyComplete();
		StepVerifier.create(observations.observe(SEND, Mono.error(serverError()))).verifyError(ImServerException.class);
		assertThat(failing.getCurrentObservationScope()).isSameAs(caller);
		failing.setCurrentObservationScope(null);
		assertThat(this.heard.ended).containsExactly("send-message SUCCESS", "send-message SUCCESS",
				"send-message SERVER_ERROR");
	}

	@Test
	void keysAreRememberedOfABoundedNumberOfOperations() {
		for (int round = 0; round < 2; round++) {
			for (int number = 0; number < 300; number++) {
				this.observations
					.observe(new ObservedCall(Operation.of("operation-" + number, true), null, 1), Mono.just("done"))
					.block();
			}
		}
		assertThat(keysOf(0)).isSameAs(keysOf(300));
		assertThat(keysOf(299)).isNotSameAs(keysOf(599));
		assertThat(keys(this.stopped.get(599))).isEqualTo(keys(this.stopped.get(0)));
	}

	private CallKeys keysOf(int call) {
		return ((ImClientObservationContext) this.stopped.get(call)).keys();
	}

	@Test
	void grantThatComesAtOnceIsNoWait() {
		this.observations.observe(SEND, this.observations.observeWait(SEND, Mono.just("granted"))).block();
		assertThat(names(this.started)).containsExactly("im.client.operations");
	}

	@Test
	void waitIsAChildOfTheCall() {
		Sinks.One<String> grant = Sinks.one();
		StepVerifier.create(this.observations.observe(SEND, this.observations.observeWait(SEND, grant.asMono())))
			.then(() -> assertThat(names(this.started)).containsExactly("im.client.operations",
					"im.client.operations.wait"))
			.then(() -> assertThat(this.stopped).isEmpty())
			.then(() -> grant.tryEmitValue("granted"))
			.expectNext("granted")
			.verifyComplete();
		Observation.Context wait = this.stopped.get(0);
		assertThat(keys(wait)).containsExactlyInAnyOrder("account", "operation");
		assertThat(wait.getParentObservation()).isNotNull()
			.satisfies((parent) -> assertThat(parent.getContextView()).isSameAs(this.stopped.get(1)));
	}

	@Test
	void waitEndsWithItsFailureAndWithTheCaller() {
		Sinks.One<String> grant = Sinks.one();
		StepVerifier.create(this.observations.observeWait(SEND, grant.asMono()))
			.then(() -> grant.tryEmitError(new CancellationException("too late")))
			.verifyError();
		assertThat(this.stopped).hasSize(1);
		assertThat(this.stopped.get(0).getError()).hasMessage("too late");
		Disposable waiting = this.observations.observeWait(SEND, Mono.never()).subscribe();
		assertThat(this.started).hasSize(2);
		waiting.dispose();
		assertThat(this.stopped).hasSize(2);
	}

	@Test
	void rejectionNamesTheQuotaOfTheUnitOrTheOneThereIs() {
		this.observations.rejected(SEND, Unit.MESSAGES, 403);
		this.observations.rejected(new ObservedCall(Operations.GET_CHATROOMS, null, 1), Unit.MESSAGES, 403);
		this.observations.rejected(new ObservedCall(Operation.of("list-members", true), null, 1), Unit.CALLS, 429);
		assertThat(this.heard.rejected).containsExactly("send-message-messages 403", "get-chatrooms-calls 403",
				"null 429");
	}

	@Test
	void listenerThatThrowsChangesNothing() {
		CallObservations observations = new CallObservations(ObservationRegistry.NOOP, null, "default",
				new CallListener() {
					@Override
					public void ended(ObservedCall call, CallOutcome outcome, @Nullable Throwable failure) {
						throw new IllegalStateException("broken listener");
					}

					@Override
					public void retrying(ObservedCall call, RetryReason reason) {
						throw new IllegalStateException("broken listener");
					}
				});
		observations.retrying(SEND, RetryReason.SERVER);
		assertThat(observations.observe(SEND, Mono.just("done")).block()).isEqualTo("done");
	}

	@Test
	void listenerHearsWithoutAnObservationRegistry() {
		CallObservations observations = new CallObservations(ObservationRegistry.NOOP, null, "default", this.heard);
		observations.observe(SEND, Mono.just("done")).block();
		assertThat(this.heard.ended).containsExactly("send-message SUCCESS");
	}

	@Test
	void conventionOfTheApplicationNamesAndTagsTheCall() {
		CallObservations observations = new CallObservations(this.registry, new ImClientObservationConvention() {
			@Override
			public String getName() {
				return "chat.calls";
			}

			@Override
			public KeyValues getLowCardinalityKeyValues(ImClientObservationContext context) {
				return KeyValues.of("tenant", context.account());
			}
		}, "sales", CallListener.NONE);
		observations.observe(SEND, Mono.just("done")).block();
		assertThat(names(this.stopped)).containsExactly("chat.calls");
		assertThat(keys(this.stopped.get(0))).containsExactly("tenant");
	}

	@Test
	void defaultConventionCanBeExtended() {
		CallObservations observations = new CallObservations(this.registry, new DefaultImClientObservationConvention() {
			@Override
			public KeyValues getLowCardinalityKeyValues(ImClientObservationContext context) {
				return super.getLowCardinalityKeyValues(context).and("region", "eu");
			}
		}, "sales", CallListener.NONE);
		observations.observe(SEND, Mono.just("done")).block();
		assertThat(names(this.stopped)).containsExactly("im.client.operations");
		assertThat(keys(this.stopped.get(0))).containsExactlyInAnyOrder("account", "operation", "outcome", "status",
				"error", "region");
	}

	@Test
	void documentationNamesTheKeysThatThereAre() {
		this.observations.observe(SEND, Mono.just("done")).block();
		assertThat(keys(this.stopped.get(0))).isEqualTo(documented(ImClientObservationDocumentation.CALL));
		this.observations.observeWait(SEND, Mono.never()).subscribe().dispose();
		assertThat(keys(this.stopped.get(1))).isEqualTo(documented(ImClientObservationDocumentation.WAIT));
	}

	private static Set<String> documented(ImClientObservationDocumentation observation) {
		return Arrays.stream(observation.getLowCardinalityKeyNames())
			.map((key) -> key.asString())
			.collect(Collectors.toSet());
	}

	private static Set<String> keys(Observation.Context context) {
		return context.getLowCardinalityKeyValues().stream().map(KeyValue::getKey).collect(Collectors.toSet());
	}

	private List<String> values(int call) {
		return this.stopped.get(call).getLowCardinalityKeyValues().stream().map(KeyValue::getValue).toList();
	}

	private static List<String> names(List<Observation.Context> contexts) {
		return contexts.stream().map(Observation.Context::getName).map(String::valueOf).toList();
	}

	private static ImServerException serverError() {
		return new ImServerException("send-message", new ErrorResponse(503, null, null, null, null, ""),
				Hint.of("Wait."), false, true);
	}

	private static ImApiException refusal(int status) {
		return new ImApiException("send-message", new ErrorResponse(status, null, null, null, null, ""),
				Hint.of("Look."), false);
	}

	private final class Recorder implements ObservationHandler<Observation.Context> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

		@Override
		public void onStart(Observation.Context context) {
			CallObservationsTests.this.started.add(context);
		}

		@Override
		public void onStop(Observation.Context context) {
			CallObservationsTests.this.stopped.add(context);
		}

	}

	private static final class Heard implements CallListener {

		private final List<String> ended = new ArrayList<>();

		private final List<String> rejected = new ArrayList<>();

		@Override
		public void ended(ObservedCall call, CallOutcome outcome, @Nullable Throwable failure) {
			this.ended.add(call.operation() + " " + outcome);
		}

		@Override
		public void rejected(ObservedCall call, @Nullable Quota quota, int status) {
			this.rejected.add(((quota != null) ? quota.name() : null) + " " + status);
		}

	}

}
