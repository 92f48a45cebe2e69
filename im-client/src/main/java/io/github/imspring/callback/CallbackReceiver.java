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

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

import io.github.imspring.error.ListenerGuard;
import io.github.imspring.error.Setting;
import io.github.imspring.error.SettingNames;
import io.micrometer.observation.Observation;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.util.Assert;

/**
 * Receives the callbacks of one account, whatever the web server: takes the body of a
 * request, and gives the answer. The listeners are called with events afterwards; the
 * filters decide about messages.
 *
 * <pre class="code">
 * CallbackReceiver receiver = CallbackReceiver.builder(List.of(secret))
 * 	.listener((event) -&gt; log.info("{}", event))
 * 	.build();
 * </pre>
 *
 * @since 0.1.0
 */
public final class CallbackReceiver {

	private static final Log logger = LogFactory.getLog(CallbackReceiver.class);

	private final String account;

	private final SettingNames settingNames;

	private final Duration shutdownTimeout;

	private final int maxBodySize;

	private final CallbackVerifier verifier;

	private final CallbackDecoder decoder;

	private final ReplayStore replays;

	/**
	 * Twice the age: a callback may be as much from the future.
	 */
	private final Duration memory;

	private final HandlingObservations observations;

	private final CallbackObserver observer;

	private final EventHandler handler;

	private final EventQueue queue;

	private final PreDeliveryDecisions decisions;

	private final ThrottledLog overflowLog;

	private final ThrottledLog replayLog;

	private final LongAdder received = new LongAdder();

	private final LongAdder refused = new LongAdder();

	private final LongAdder overflowed = new LongAdder();

	private final AtomicReference<@Nullable Mono<Void>> closing = new AtomicReference<>();

	CallbackReceiver(CallbackReceiverBuilder builder) {
		this.account = builder.account;
		this.settingNames = builder.settingNames;
		this.shutdownTimeout = builder.shutdownTimeout;
		this.maxBodySize = builder.maxBodySize;
		this.verifier = new CallbackVerifier(builder.secrets, builder.maxAge, builder.acceptUnsigned, builder.clock);
		this.decoder = new CallbackDecoder(builder.account);
		this.replays = (builder.replayStore != null) ? builder.replayStore
				: ReplayStore.inMemory(builder.maxRemembered, builder.clock);
		this.memory = builder.maxAge.multipliedBy(2);
		this.observations = new HandlingObservations(builder.observationRegistry, builder.account);
		this.observer = builder.observer;
		this.handler = new EventHandler(List.copyOf(builder.listeners), this.observations, builder.clock);
		this.queue = new EventQueue(builder.queueCapacity, builder.queueBytes, builder.threads, this.handler);
		this.decisions = new PreDeliveryDecisions(List.copyOf(builder.filters), builder.timeout, builder.defaultVerdict,
				builder.threads, this.observations, builder.clock);
		this.overflowLog = new ThrottledLog(logger, builder.clock);
		this.replayLog = new ThrottledLog(logger, builder.clock);
	}

	/**
	 * Starts a receiver.
	 * @param secrets the secrets of the rules in the console, at least one, none blank
	 * @return a builder
	 */
	public static CallbackReceiverBuilder builder(Collection<String> secrets) {
		Assert.notNull(secrets, "'secrets' must not be null");
		return new CallbackReceiverBuilder(secrets);
	}

	/**
	 * The most bytes of a callback. Whoever reads a request need not read more than one
	 * byte beyond.
	 * @return a number above 0
	 */
	public int maxBodySize() {
		return this.maxBodySize;
	}

	/**
	 * Receives a callback, on subscription. Does not block. The headers of the request do
	 * not matter: the sender, the kind and the signature are in the body.
	 * @param body the body of the request
	 * @return the answer, at once for an event, and within the deadline for a question;
	 * never fails. Call {@link CallbackReply#sent()} when it has left
	 */
	public Mono<CallbackReply> receive(byte[] body) {
		return Mono.deferContextual((context) -> {
			if (this.queue.isClosed()) {
				return refuse(CallbackOutcome.CLOSED);
			}
			if (body.length > this.maxBodySize) {
				return refuse(CallbackOutcome.TOO_LARGE);
			}
			JsonNode callback = CallbackJson.object(body);
			if (callback == null) {
				return refuse(CallbackOutcome.MALFORMED);
			}
			return switch (this.verifier.verify(callback)) {
				case FORGED -> refuse(CallbackOutcome.FORGED);
				case EXPIRED -> refuse(CallbackOutcome.EXPIRED);
				case SIGNED,
						UNSIGNED ->
					CallbackDecoder.asksBeforeDelivery(callback)
							? question(callback, this.observations.receiving(context))
							: event(callback, body.length, this.observations.receiving(context));
			};
		});
	}

	/**
	 * The answer to a callback that has more bytes than are read.
	 * @return the answer
	 */
	public CallbackReply refuseTooLarge() {
		return refusal(CallbackOutcome.TOO_LARGE);
	}

	private Mono<CallbackReply> refuse(CallbackOutcome outcome) {
		return Mono.just(refusal(outcome));
	}

	private CallbackReply refusal(CallbackOutcome outcome) {
		this.refused.increment();
		return CallbackReply.of(count(CallbackObserver.NO_KIND, outcome));
	}

	private Mono<CallbackReply> event(JsonNode callback, int bytes, @Nullable Observation receiving) {
		CallbackEvent event = this.decoder.event(callback);
		QueuedEvent queued = new QueuedEvent(event, CallbackKey.conversation(callback), bytes, receiving);
		return firstTime(callback)
			.map((first) -> first ? CallbackReply.of(CallbackOutcome.ACCEPTED, () -> enqueue(queued))
					: CallbackReply.of(count(event.kind(), CallbackOutcome.DUPLICATE)));
	}

	private void enqueue(QueuedEvent event) {
		String kind = event.event().kind();
		if (this.queue.offer(event)) {
			count(kind, CallbackOutcome.ACCEPTED);
			return;
		}
		count(kind, CallbackOutcome.OVERFLOWED);
		this.overflowed.increment();
		this.overflowLog.warn(this.queue.isClosed()
				? "A callback of kind '%s' to account '%s' is lost: the application closes".formatted(kind,
						this.account)
				: ("A callback of kind '%s' to account '%s' is lost: %d others wait for the listeners. Make the "
						+ "listeners faster, or raise '%s' or '%s'")
					.formatted(kind, this.account, this.queue.size(),
							this.settingNames.nameOf(Setting.CALLBACK_THREADS, ""),
							this.settingNames.nameOf(Setting.CALLBACK_QUEUE, "")));
	}

	private Mono<CallbackReply> question(JsonNode callback, @Nullable Observation receiving) {
		PreDelivery message = this.decoder.preDelivery(callback);
		if (message == null) {
			return refuse(CallbackOutcome.MALFORMED);
		}
		return this.decisions.decide(message, firstTime(callback), receiving).map((decision) -> {
			CallbackOutcome outcome = count(CallbackObserver.PRE_DELIVERY, decision.outcome());
			if (outcome == CallbackOutcome.REPLAYED) {
				this.refused.increment();
				return CallbackReply.of(outcome);
			}
			return CallbackReply.of(outcome, decision.verdict().answer(message.mayBeOfChatroom()));
		});
	}

	private Mono<Boolean> firstTime(JsonNode callback) {
		String identity = CallbackKey.identity(callback);
		if (identity == null) {
			return Mono.just(true);
		}
		return this.replays.firstTime(identity, this.memory).onErrorResume((failure) -> {
			this.replayLog
				.warn("The store of the callbacks to account '%s' failed, so one that comes again is not recognized"
					.formatted(this.account), failure);
			return Mono.just(true);
		});
	}

	private CallbackOutcome count(String kind, CallbackOutcome outcome) {
		this.received.increment();
		ListenerGuard.report(this.observer, (observer) -> observer.received(kind, outcome));
		return outcome;
	}

	/**
	 * How the receiver stands.
	 * @return the state of this moment
	 */
	public CallbackSnapshot snapshot() {
		return new CallbackSnapshot(this.received.sum(), this.refused.sum(), this.overflowed.sum(),
				this.handler.failures(), this.queue.size(), this.queue.capacity(), this.queue.isFull());
	}

	/**
	 * Closes the receiver, on subscription, with the timeout that it was built with: it
	 * refuses further callbacks, and the listeners are given time for the events that
	 * wait. What they could not handle is logged. Closing again returns the first
	 * closing.
	 * @return completes when nothing waits any more, or the timeout is over
	 */
	public Mono<Void> closeGracefully() {
		Mono<Void> closing = this.queue.close(this.shutdownTimeout).doOnNext(this::logLost).doFinally((signal) -> {
			this.decisions.close();
		}).then().cache();
		Mono<Void> first = this.closing.compareAndExchange(null, closing);
		return (first != null) ? first : closing;
	}

	private void logLost(Map<String, Long> left) {
		if (!left.isEmpty()) {
			logger.warn(("The application closed before its listeners had handled all callbacks to account '%s'. These "
					+ "are lost, by their kind: %s")
				.formatted(this.account, left));
		}
	}

}
