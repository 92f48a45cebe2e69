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

package io.github.imspring.callback;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.imspring.FailingHandler;
import io.github.imspring.message.MessageBody;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link CallbackReceiver}. Nothing is measured: what must not be waited for is
 * held up until the test lets it go.
 */
class CallbackReceiverTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	/**
	 * Never over, however busy the machine is.
	 */
	private static final Duration FAR_DEADLINE = Duration.ofHours(1);

	private final List<CallbackEvent> events = Collections.synchronizedList(new ArrayList<>());

	private final List<String> outcomes = Collections.synchronizedList(new ArrayList<>());

	private final Semaphore gate = new Semaphore(0);

	private volatile Instant now = SignedCallbacks.NOW;

	private CallbackReceiver receiver;

	@AfterEach
	void close() {
		this.gate.release(1_000_000);
		if (this.receiver != null) {
			this.receiver.closeGracefully().block(TIMEOUT);
		}
	}

	private CallbackReceiverBuilder builder() {
		return CallbackReceiver.builder(List.of(SignedCallbacks.SECRET))
			.clock(() -> this.now)
			.observer((kind, outcome) -> this.outcomes.add(kind + " " + outcome.tag()))
			.preDelivery(FAR_DEADLINE, Verdict.deliver());
	}

	private CallbackReceiver listening() {
		return this.receiver = builder().listener(this.events::add).build();
	}

	private CallbackReply receive(ObjectNode callback) {
		return receive(SignedCallbacks.bytes(callback));
	}

	private CallbackReply receive(byte[] body) {
		CallbackReply reply = this.receiver.receive(body).block(TIMEOUT);
		assertThat(reply).isNotNull();
		return reply;
	}

	private void awaitHandled() {
		await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(5)).until(() -> this.receiver.snapshot().queued() == 0);
	}

	@Test
	void eventReachesTheListenersAfterTheAnswer() {
		listening();
		CallbackReply reply = receive(SignedCallbacks.message(1, "user1", "hello"));
		assertThat(reply.status()).isEqualTo(200);
		assertThat(reply.json()).isNull();
		assertThat(this.receiver.snapshot().queued()).isZero();
		assertThat(this.events).isEmpty();
		reply.sent();
		reply.sent();
		awaitHandled();
		assertThat(this.events).singleElement()
			.isInstanceOfSatisfying(MessageSent.class,
					(message) -> assertThat(message.content().text()).isEqualTo("hello"));
		assertThat(this.outcomes).containsExactly("message accepted");
	}

	@Test
	void eventThatComesAgainIsAnsweredAndNotHandledAgain() {
		listening();
		receive(SignedCallbacks.message(1, "user1", "hello")).sent();
		CallbackReply again = receive(SignedCallbacks.message(1, "user1", "forged under the same signature"));
		again.sent();
		assertThat(again.status()).isEqualTo(200);
		awaitHandled();
		assertThat(this.events).hasSize(1);
		assertThat(this.outcomes).containsExactlyInAnyOrder("message accepted", "message duplicate");
	}

	@Test
	void storeOfTheApplicationSaysWhatWasThereBefore() {
		List<Duration> times = new ArrayList<>();
		this.receiver = builder().replayStore((identity, time) -> {
			times.add(time);
			return Mono.just(times.size() > 1);
		}).listener(this.events::add).build();
		receive(SignedCallbacks.message(1, "user1", "hello")).sent();
		receive(SignedCallbacks.message(1, "user1", "hello")).sent();
		awaitHandled();
		assertThat(this.events).hasSize(1);
		assertThat(this.outcomes).containsExactlyInAnyOrder("message duplicate", "message accepted");
		// Twice the age up to which a callback is taken, on either side of the clock.
		assertThat(times).containsOnly(Duration.ofMinutes(10));
	}

	@Test
	void eventsThatShareAnIdentifierAreAllHandled() {
		listening();
		for (String to : List.of("user2", "user3")) {
			receive(SignedCallbacks.message(1, "user1", "hello").put("eventType", "chat_offline").put("to", to)).sent();
		}
		receive(SignedCallbacks.message(1, "user1", "hello")).sent();
		for (String target : List.of("user2", "user3")) {
			receive(SignedCallbacks.sign(
					SignedCallbacks.example("push without a device").put("callId", "org#app_1").put("target", target)))
				.sent();
		}
		awaitHandled();
		assertThat(this.events).hasSize(5);
	}

	@Test
	void refusalsSayNothing() {
		listening();
		assertRefused(receive(SignedCallbacks.message(1, "user1", "hi").put("security", "00")), 403);
		this.now = SignedCallbacks.NOW.plus(Duration.ofMinutes(5)).plusMillis(1);
		assertRefused(receive(SignedCallbacks.message(2, "user1", "hi")), 403);
		assertRefused(receive("no JSON".getBytes(StandardCharsets.UTF_8)), 400);
		assertRefused(receive("[]".getBytes(StandardCharsets.UTF_8)), 400);
		assertRefused(receive(new byte[0]), 400);
		assertRefused(receive(new byte[256 * 1024 + 1]), 413);
		this.now = SignedCallbacks.NOW;
		ObjectNode withoutMessage = SignedCallbacks.question(3, "hi");
		withoutMessage.remove("payload");
		assertRefused(receive(withoutMessage), 400);
		assertThat(this.outcomes).containsExactly("none forged", "none expired", "none malformed", "none malformed",
				"none malformed", "none too-large", "none malformed");
		assertThat(this.receiver.snapshot()).satisfies((snapshot) -> {
			assertThat(snapshot.received()).isEqualTo(7);
			assertThat(snapshot.refused()).isEqualTo(7);
		});
	}

	private static void assertRefused(CallbackReply reply, int status) {
		assertThat(reply.status()).isEqualTo(status);
		assertThat(reply.json()).isNull();
		reply.sent();
	}

	@Test
	void bodyUpToTheEdge() {
		byte[] body = SignedCallbacks.bytes(SignedCallbacks.message(1, "user1", "hello"));
		this.receiver = builder().maxBodySize(body.length).build();
		assertThat(receive(body).status()).isEqualTo(200);
		CallbackReceiver smaller = builder().maxBodySize(body.length - 1).build();
		assertThat(smaller.receive(body).map(CallbackReply::status).block(TIMEOUT)).isEqualTo(413);
	}

	@Test
	void unsignedCallbacksAreAcceptedIfSaid() {
		this.receiver = builder().acceptUnsigned(true).listener(this.events::add).build();
		receive(SignedCallbacks.example("reaction")).sent();
		receive(SignedCallbacks.example("reaction")).sent();
		awaitHandled();
		assertThat(this.events).hasSize(2).hasOnlyElementsOfType(ReactionsChanged.class);
	}

	@Test
	void eventsOfAConversationAreHandledInOrderAndOthersBeside() {
		Map<String, List<String>> texts = new ConcurrentHashMap<>();
		CountDownLatch allConversations = new CountDownLatch(5);
		AtomicBoolean together = new AtomicBoolean();
		this.receiver = builder().listener((event) -> {
			MessageSent message = (MessageSent) event;
			allConversations.countDown();
			together.set(allConversations.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS));
			texts.computeIfAbsent(message.from(), (from) -> Collections.synchronizedList(new ArrayList<>()))
				.add(message.content().text());
		}).build();
		IntStream.range(0, 500)
			.forEach((
					number) -> receive(SignedCallbacks.message(number, "from" + number % 5, String.valueOf(number / 5)))
						.sent());
		awaitHandled();
		assertThat(together).isTrue();
		assertThat(texts).hasSize(5)
			.allSatisfy((from, heard) -> assertThat(heard)
				.containsExactlyElementsOf(IntStream.range(0, 100).mapToObj(String::valueOf).toList()));
	}

	@Test
	void listenerThatFailsKeepsNothingFromOthers() {
		this.receiver = builder().listener((event) -> {
			throw new AssertionError("on purpose");
		}).listener(this.events::add).build();
		CallbackReply reply = receive(SignedCallbacks.message(1, "user1", "hello"));
		reply.sent();
		receive(SignedCallbacks.message(2, "user1", "hello")).sent();
		awaitHandled();
		assertThat(reply.status()).isEqualTo(200);
		assertThat(this.events).hasSize(2);
		assertThat(this.receiver.snapshot().failed()).isEqualTo(2);
	}

	@Test
	void eventsBeyondTheCapacityAreLostAndCounted() {
		this.receiver = builder().queue(3, 1_000_000).threads(1).listener((event) -> {
			this.gate.acquire();
			this.events.add(event);
		}).build();
		List<ILoggingEvent> logs = logsOf(CallbackReceiver.class, () -> IntStream.range(0, 5).forEach((number) -> {
			CallbackReply reply = receive(SignedCallbacks.message(number, "user" + number, "hello"));
			assertThat(reply.status()).isEqualTo(200);
			reply.sent();
		}));
		assertThat(this.receiver.snapshot()).satisfies((snapshot) -> {
			assertThat(snapshot.queued()).isEqualTo(3);
			assertThat(snapshot.capacity()).isEqualTo(3);
			assertThat(snapshot.full()).isTrue();
			assertThat(snapshot.overflowed()).isEqualTo(2);
		});
		assertThat(logs).singleElement()
			.satisfies((log) -> assertThat(log.getFormattedMessage()).contains("'message'", "'default'", "3 others",
					"'CallbackReceiverBuilder.threads'", "'CallbackReceiverBuilder.queue'"));
		this.gate.release(3);
		awaitHandled();
		assertThat(this.events).hasSize(3);
		assertThat(this.outcomes).filteredOn("message overflowed"::equals).hasSize(2);
	}

	@Test
	void eventsBeyondTheBytesAreLostAndCounted() {
		byte[] body = SignedCallbacks.bytes(SignedCallbacks.message(1, "user1", "hello"));
		this.receiver = builder().queue(100, body.length * 2L).listener((event) -> this.gate.acquire()).build();
		IntStream.range(1, 4)
			.forEach((number) -> receive(SignedCallbacks.message(number, "user" + number, "hello")).sent());
		assertThat(this.receiver.snapshot()).satisfies((snapshot) -> {
			assertThat(snapshot.queued()).isEqualTo(2);
			assertThat(snapshot.full()).isTrue();
			assertThat(snapshot.overflowed()).isEqualTo(1);
		});
	}

	@Test
	void eventThatIsLargerThanWhatIsLeftIsLost() {
		byte[] body = SignedCallbacks.bytes(SignedCallbacks.message(1, "user1", "hello"));
		this.receiver = builder().queue(100, body.length * 2L - 1).listener((event) -> this.gate.acquire()).build();
		IntStream.range(1, 3)
			.forEach((number) -> receive(SignedCallbacks.message(number, "user" + number, "hello")).sent());
		assertThat(this.receiver.snapshot()).satisfies((snapshot) -> {
			assertThat(snapshot.queued()).isOne();
			assertThat(snapshot.full()).isFalse();
			assertThat(snapshot.overflowed()).isOne();
		});
	}

	@Test
	void roomIsFreeAgainOnceEventsAreHandled() {
		byte[] body = SignedCallbacks.bytes(SignedCallbacks.message(1, "user1", "hello"));
		this.receiver = builder().queue(1, body.length).listener(this.events::add).build();
		for (int number = 1; number <= 5; number++) {
			receive(SignedCallbacks.message(number, "user1", "hello")).sent();
			awaitHandled();
		}
		assertThat(this.events).hasSize(5);
		assertThat(this.receiver.snapshot().full()).isFalse();
		assertThat(this.receiver.snapshot().overflowed()).isZero();
	}

	@Test
	void verdictsOfFilters() {
		this.receiver = builder()
			.filter((message) -> "stop".equals(message.text()) ? Mono.just(Verdict.stop("denied")) : Mono.empty())
			.filter((message) -> "replace".equals(message.text())
					? Mono.just(Verdict.deliverInstead(message, new MessageBody.Text("***")))
					: Mono.just(Verdict.deliver()))
			.build();
		assertThat(receive(SignedCallbacks.question(1, "stop")).json())
			.isEqualTo("{\"valid\":false,\"code\":\"denied\"}");
		assertThat(receive(SignedCallbacks.question(2, "replace")).json())
			.isEqualTo("{\"valid\":true,\"payload\":{\"type\":\"txt\",\"msg\":\"***\"}}");
		assertThat(receive(SignedCallbacks.question(3, "hello")).json()).isEqualTo("{\"valid\":true}");
		assertThat(this.outcomes).containsExactly("pre-delivery stopped", "pre-delivery replaced",
				"pre-delivery delivered");
	}

	@Test
	void firstVerdictThatIsMoreThanAPlainDeliveryCounts() {
		AtomicBoolean asked = new AtomicBoolean();
		this.receiver = builder().filter((message) -> Mono.just(Verdict.deliver()))
			.filter((message) -> Mono.just(Verdict.deliver().withPriority(Verdict.Priority.HIGH)))
			.filter((message) -> {
				asked.set(true);
				return Mono.just(Verdict.stop());
			})
			.build();
		assertThat(receive(SignedCallbacks.question(1, "hello")).json())
			.isEqualTo("{\"valid\":true,\"chatroom_msg_level\":\"high\"}");
		assertThat(asked).isFalse();
	}

	@Test
	void withoutAFilterAllIsDelivered() {
		this.receiver = builder().build();
		assertThat(receive(SignedCallbacks.question(1, "hello")).json()).isEqualTo("{\"valid\":true}");
	}

	@Test
	void filterThatNeverAnswersCostsTheDeadline() {
		this.receiver = builder().preDelivery(Duration.ofMillis(20), Verdict.stop())
			.filter((message) -> Mono.never())
			.build();
		CallbackReply reply = receive(SignedCallbacks.question(1, "hello"));
		assertThat(reply.status()).isEqualTo(200);
		assertThat(reply.json()).isEqualTo("{\"valid\":false}");
		assertThat(this.outcomes).containsExactly("pre-delivery late");
	}

	@Test
	void filterThatBlocksIsInterruptedAtTheDeadline() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch interrupted = new CountDownLatch(1);
		this.receiver = builder().preDelivery(Duration.ofMillis(20), Verdict.deliver()).filter((message) -> {
			begun.countDown();
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
			}
			return Mono.empty();
		}).build();
		// On a busy machine the deadline may be over before the filter has begun.
		for (int number = 0; begun.getCount() > 0; number++) {
			assertThat(receive(SignedCallbacks.question(number, "hello")).json()).isEqualTo("{\"valid\":true}");
		}
		assertThat(interrupted.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void filtersThatFailHaveTheDefaultVerdict() {
		this.receiver = builder().preDelivery(FAR_DEADLINE, Verdict.stop()).filter((message) -> {
			if ("null".equals(message.text())) {
				return null;
			}
			if ("other".equals(message.text())) {
				PreDelivery other = new CallbackDecoder("default").preDelivery(SignedCallbacks.question(99, "other"));
				assertThat(other).isNotNull();
				return Mono.just(Verdict.deliverInstead(other, new MessageBody.Text("***")));
			}
			throw new IllegalStateException("on purpose");
		}).build();
		for (String text : List.of("fail", "null", "other")) {
			assertThat(receive(SignedCallbacks.question(text.hashCode(), text)).json()).isEqualTo("{\"valid\":false}");
		}
		assertThat(this.outcomes).containsOnly("pre-delivery failed").hasSize(3);
	}

	@Test
	void questionThatComesAgainIsRefused() {
		this.receiver = builder().build();
		receive(SignedCallbacks.question(1, "hello"));
		assertRefused(receive(SignedCallbacks.question(1, "is this a word that is stopped?")), 403);
		assertThat(this.outcomes).containsExactly("pre-delivery delivered", "pre-delivery replayed");
		assertThat(this.receiver.snapshot().refused()).isOne();
	}

	@Test
	void storeThatFailsAndObserverThatFailsKeepNothingBack() {
		this.receiver = builder().replayStore((identity, time) -> Mono.error(new IllegalStateException("on purpose")))
			.observer((kind, outcome) -> {
				throw new IllegalStateException("on purpose");
			})
			.listener(this.events::add)
			.build();
		List<ILoggingEvent> logs = logsOf(CallbackReceiver.class, () -> {
			CallbackReply reply = receive(SignedCallbacks.message(1, "user1", "hello"));
			assertThat(reply.status()).isEqualTo(200);
			reply.sent();
		});
		assertThat(logs).singleElement()
			.satisfies((log) -> assertThat(log.getFormattedMessage())
				.isEqualTo("The store of the callbacks to account 'default' failed, so one that comes again is not "
						+ "recognized"));
		awaitHandled();
		assertThat(this.events).hasSize(1);
		assertThat(receive(SignedCallbacks.question(2, "hello")).json()).isEqualTo("{\"valid\":true}");
	}

	@Test
	void closingWaitsForWhatIsQueued() {
		this.receiver = builder().shutdownTimeout(TIMEOUT).threads(1).listener((event) -> {
			this.gate.acquire();
			this.events.add(event);
		}).build();
		IntStream.range(0, 3)
			.forEach((number) -> receive(SignedCallbacks.message(number, "user" + number, "hello")).sent());
		CallbackReply late = receive(SignedCallbacks.message(9, "user9", "hello"));
		Mono<Void> closing = this.receiver.closeGracefully();
		closing.subscribe();
		assertThat(receive(SignedCallbacks.message(4, "user4", "hello")).status()).isEqualTo(503);
		assertThat(logsOf(CallbackReceiver.class, late::sent)).singleElement()
			.satisfies((log) -> assertThat(log.getFormattedMessage()).endsWith("is lost: the application closes"));
		this.gate.release(3);
		closing.block(TIMEOUT);
		assertThat(this.events).hasSize(3);
		assertThat(this.receiver.snapshot().queued()).isZero();
		assertThat(this.receiver.snapshot().overflowed()).isOne();
	}

	@Test
	void closingSaysWhatItCouldNot() throws Exception {
		CountDownLatch interrupted = new CountDownLatch(1);
		this.receiver = builder().shutdownTimeout(Duration.ofMillis(20)).threads(1).listener((event) -> {
			try {
				new CountDownLatch(1).await();
			}
			finally {
				interrupted.countDown();
			}
		}).build();
		receive(SignedCallbacks.message(1, "user1", "hello")).sent();
		receive(SignedCallbacks.message(2, "user2", "hello")).sent();
		receive(SignedCallbacks.sign(SignedCallbacks.example("presence login"))).sent();
		List<ILoggingEvent> logs = logsOf(CallbackReceiver.class, () -> this.receiver.closeGracefully().block(TIMEOUT));
		assertThat(interrupted.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(logs).singleElement()
			.satisfies((log) -> assertThat(log.getFormattedMessage()).contains("'default'", "message=2", "presence=1"));
	}

	@Test
	void threadsOfTheFiltersEndWithTheReceiver() {
		Set<Thread> threads = ConcurrentHashMap.newKeySet();
		this.receiver = builder().filter((message) -> {
			threads.add(Thread.currentThread());
			return Mono.empty();
		}).build();
		receive(SignedCallbacks.question(1, "hello"));
		assertThat(threads).singleElement().matches(Thread::isAlive);
		this.receiver.closeGracefully().block(TIMEOUT);
		await().atMost(TIMEOUT).until(() -> threads.stream().noneMatch(Thread::isAlive));
	}

	@Test
	void callbackWithMoreBytesThanAreReadIsRefused() {
		listening();
		assertThat(this.receiver.refuseTooLarge().status()).isEqualTo(413);
	}

	@Test
	void handlingIsObservedBelowTheRequest() {
		TestObservationRegistry registry = TestObservationRegistry.create();
		this.receiver = builder().observationRegistry(registry).listener((event) -> {
			if (((MessageSent) event).content().text().equals("fail")) {
				throw new IllegalStateException("on purpose");
			}
		}).build();
		Observation request = Observation.start("http", registry);
		for (String text : List.of("fail", "hello")) {
			CallbackReply reply = this.receiver
				.receive(SignedCallbacks.bytes(SignedCallbacks.message(text.length(), "user1", text)))
				.contextWrite(Context.of(ObservationThreadLocalAccessor.KEY, request))
				.block(TIMEOUT);
			assertThat(reply).isNotNull();
			reply.sent();
		}
		receive(SignedCallbacks.question(7, "hello"));
		awaitHandled();
		TestObservationRegistryAssert.assertThat(registry)
			.hasAnObservation((observation) -> observation.hasNameEqualTo("im.callback.handling")
				.hasLowCardinalityKeyValue("account", "default")
				.hasLowCardinalityKeyValue("kind", "message")
				.hasLowCardinalityKeyValue("outcome", "failed")
				.hasParentObservationEqualTo(request))
			.hasAnObservation((observation) -> observation.hasNameEqualTo("im.callback.handling")
				.hasLowCardinalityKeyValue("kind", "message")
				.hasLowCardinalityKeyValue("outcome", "handled"))
			.hasAnObservation((observation) -> observation.hasNameEqualTo("im.callback.handling")
				.hasLowCardinalityKeyValue("kind", "pre-delivery")
				.hasLowCardinalityKeyValue("outcome", "delivered"));
	}

	@ParameterizedTest
	@EnumSource
	void handlersOfObservationsThatFailKeepNothingBack(FailingHandler.At at) {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new FailingHandler(at));
		this.receiver = builder().observationRegistry(registry).listener((event) -> {
			this.events.add(event);
			throw new IllegalStateException("on purpose");
		}).filter((message) -> Mono.error(new IllegalStateException("on purpose"))).build();
		receive(SignedCallbacks.message(1, "user1", "hello")).sent();
		assertThat(receive(SignedCallbacks.question(2, "hello")).json()).isEqualTo("{\"valid\":true}");
		awaitHandled();
		assertThat(this.events).hasSize(1);
		assertThat(this.receiver.snapshot().failed()).isOne();
	}

	@Test
	void questionThatIsCancelledWhileItsAnswerIsWrittenEndsItsObservationOnce() {
		TestObservationRegistry registry = TestObservationRegistry.create();
		List<String> ends = new ArrayList<>();
		registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {
			@Override
			public void onStop(Observation.Context context) {
				ends.add(context.getLowCardinalityKeyValue("outcome").getValue());
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}
		});
		this.receiver = builder().observationRegistry(registry).build();
		this.receiver.receive(SignedCallbacks.bytes(SignedCallbacks.question(1, "hello")))
			.subscribe(new BaseSubscriber<>() {
				@Override
				protected void hookOnNext(CallbackReply reply) {
					cancel();
				}
			});
		assertThat(ends).containsExactly("delivered");
	}

	@Test
	void settingsOutOfTheirBounds() {
		assertThatIllegalArgumentException().isThrownBy(() -> builder().threads(0).build());
		assertThatIllegalArgumentException().isThrownBy(() -> builder().queue(0, 1).build());
		assertThatIllegalArgumentException().isThrownBy(() -> builder().queue(1, 0).build());
		assertThatIllegalArgumentException().isThrownBy(() -> builder().maxBodySize(0).build());
		assertThatIllegalArgumentException()
			.isThrownBy(() -> builder().preDelivery(Duration.ZERO, Verdict.deliver()).build());
	}

	@Test
	void settingsAtTheirBounds() {
		this.receiver = builder().threads(1)
			.queue(1, 1)
			.maxBodySize(1)
			.preDelivery(Duration.ofNanos(1), Verdict.deliver())
			.build();
		assertThat(this.receiver.maxBodySize()).isOne();
		assertThat(this.receiver.snapshot().capacity()).isOne();
	}

	private static List<ILoggingEvent> logsOf(Class<?> type, Runnable action) {
		Logger logger = (Logger) LoggerFactory.getLogger(type);
		ListAppender<ILoggingEvent> appender = new ListAppender<>();
		appender.start();
		logger.addAppender(appender);
		try {
			action.run();
		}
		finally {
			logger.detachAppender(appender);
		}
		return List.copyOf(appender.list);
	}

}
