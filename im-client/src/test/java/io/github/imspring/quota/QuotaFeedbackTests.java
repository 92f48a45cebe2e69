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

package io.github.imspring.quota;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.imspring.error.ImQuotaExceededException;
import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Operations;
import io.github.imspring.operation.Quota;
import io.github.imspring.operation.Quota.Unit;
import io.github.imspring.quota.VirtualTime.Call;
import org.junit.jupiter.api.Test;

import static io.github.imspring.quota.VirtualTime.SEND;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a {@link QuotaLimiter} does when the service refuses calls all the same.
 */
class QuotaFeedbackTests {

	private static final String CALLS = "send-message-calls";

	private static final String MESSAGES = "send-message-messages";

	private final List<String> heard = new ArrayList<>();

	private final VirtualTime time = new VirtualTime(new QuotaLimiterBuilder().listener(new QuotaListener() {

		@Override
		public void throttled(Quota quota, Duration heldBackFor) {
			QuotaFeedbackTests.this.heard.add(quota.name() + " " + heldBackFor.toMillis());
		}

	}));

	private void reject(Call call, Unit unit, Duration retryAfter) {
		call.grant().sent();
		call.grant().throttled(unit, retryAfter);
	}

	@Test
	void everybodyOfTheQuotaIsHeldBackForAsLongAsTheServiceAsks() {
		reject(this.time.call(Operations.UPDATE_CHATROOM), Unit.CALLS, Duration.ofSeconds(7));
		Call held = this.time.call(Operations.TRANSFER_CHATROOM);
		assertThat(held.granted()).isFalse();
		assertThat(this.time.call(SEND).granted()).isTrue();
		QuotaSnapshot snapshot = this.time.quota("update-chatroom-calls");
		assertThat(snapshot.heldBackFor()).isEqualTo(Duration.ofSeconds(7));
		assertThat(snapshot.available()).isZero();
		assertThat(snapshot.throttled()).isOne();
		this.time.advance(10_000);
		assertThat(held.at()).isEqualTo(7000);
		assertThat(this.heard).containsExactly("update-chatroom-calls 7000");
	}

	@Test
	void pauseGrowsWithEachRefusalInARow() {
		Operation probe = VirtualTime.operation("probe", 10);
		List<Long> pauses = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			Call call = this.time.call(probe);
			while (!call.granted()) {
				this.time.advance(1);
			}
			reject(call, Unit.CALLS, null);
			pauses.add(this.time.quota("probe-calls").heldBackFor().toMillis());
		}
		assertThat(pauses).containsExactly(1000L, 2000L, 4000L, 8000L, 10_000L, 10_000L);
	}

	@Test
	void pauseOfMessagesGrowsFromFiveSecondsToAWindow() {
		List<Long> pauses = new ArrayList<>();
		VirtualTime time = new VirtualTime(QuotaSettings.defaults().withMaxWait(Duration.ofHours(1)));
		for (int i = 0; i < 6; i++) {
			Call call = time.call(SEND);
			while (!call.granted()) {
				time.advance(1);
			}
			reject(call, Unit.MESSAGES, null);
			pauses.add(time.quota(MESSAGES).heldBackFor().toSeconds());
			assertThat(time.quota(CALLS).heldBackFor()).isZero();
		}
		assertThat(pauses).containsExactly(5L, 10L, 20L, 40L, 60L, 60L);
	}

	@Test
	void pauseIsShortAgainOnceTheServiceAcceptedACall() {
		reject(this.time.call(SEND), Unit.CALLS, null);
		this.time.advance(1000);
		reject(this.time.call(SEND), Unit.CALLS, null);
		this.time.advance(2000);
		this.time.call(SEND).answered();
		this.time.advance(10);
		reject(this.time.call(SEND), Unit.CALLS, null);
		assertThat(this.heard).containsExactly("send-message-calls 1000", "send-message-calls 2000",
				"send-message-calls 1000");
	}

	@Test
	void refusalsOfCallsUnderWayAreOneIncident() {
		List<Call> calls = this.time.calls(50, SEND);
		calls.forEach(Call::sent);
		this.time.advance(20);
		calls.forEach((call) -> reject(call, Unit.CALLS, null));
		QuotaSnapshot snapshot = this.time.quota(CALLS);
		assertThat(snapshot.throttled()).isEqualTo(50);
		assertThat(snapshot.heldBackFor()).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void afterThePauseCallsProbeOneByOne() {
		reject(this.time.call(SEND), Unit.CALLS, null);
		List<Call> waiting = this.time.calls(300, SEND);
		this.time.advance(1000);
		assertThat(granted(waiting)).isOne();
		this.time.advance(500);
		assertThat(granted(waiting)).isOne();
		waiting.get(0).answered();
		this.time.advance(100);
		assertThat(granted(waiting)).isEqualTo(3);
		waiting.subList(1, 3).forEach(Call::answered);
		this.time.advance(100);
		assertThat(granted(waiting)).isEqualTo(7);
	}

	@Test
	void afterThePauseCallsKeepAnEvenDistance() {
		reject(this.time.call(SEND), Unit.CALLS, null);
		List<Call> waiting = this.time.calls(300, SEND);
		this.time.advance(1000);
		for (int i = 0; i < 100; i++) {
			waiting.stream().filter(Call::granted).forEach(Call::answered);
			this.time.advance(10);
			assertThat(granted(waiting)).isBetween((long) i, i + 2L);
		}
		waiting.stream().filter(Call::granted).forEach(Call::answered);
		waiting.forEach(Call::cancel);
		this.time.advance(60_000);
		assertThat(granted(this.time.calls(100, SEND))).isEqualTo(100);
	}

	private static long granted(List<Call> calls) {
		return calls.stream().filter(Call::granted).count();
	}

	@Test
	void absurdPauseIsCutToAnHourAndAnEmptyOneIsNotTaken() {
		reject(this.time.call(SEND), Unit.CALLS, Duration.ofDays(10_000_000));
		assertThat(this.time.quota(CALLS).heldBackFor()).isEqualTo(Duration.ofHours(1));
		reject(this.time.call(Operations.GET_CHATROOMS), Unit.CALLS, Duration.ZERO);
		assertThat(this.time.quota("get-chatrooms-calls").heldBackFor()).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void callThatCannotOutwaitThePauseFailsAtOnce() {
		reject(this.time.call(SEND), Unit.CALLS, Duration.ofSeconds(31));
		assertThat(this.time.call(SEND).error()).isInstanceOfSatisfying(ImQuotaExceededException.class, (ex) -> {
			assertThat(ex).hasMessageContaining("the service has throttled the quota 'send-message-calls'")
				.hasMessageNotContaining("Send less");
			assertThat(ex.retryAfter()).isEqualTo(Duration.ofSeconds(31));
		});
		this.time.advance(1000);
		assertThat(this.time.call(SEND).error()).isNull();
	}

	@Test
	void callThatWaitsWhenThePauseGetsTooLongFailsAtOnce() {
		this.time.calls(99, SEND).forEach(Call::answered);
		Call last = this.time.call(SEND).sent();
		Call waiting = this.time.call(SEND);
		Call bulk = this.time.bulk(SEND, 1);
		this.time.advance(500);
		last.grant().throttled(Unit.CALLS, Duration.ofSeconds(3600));
		assertThat(waiting.error())
			.isInstanceOfSatisfying(ImQuotaExceededException.class,
					(ex) -> assertThat(ex.retryAfter()).isEqualTo(Duration.ofHours(1)))
			.hasMessageContaining("throttled");
		assertThat(bulk.error()).isNull();
	}

	@Test
	void waitThatIsOverDuringAPauseEndsForThePause() {
		VirtualTime time = new VirtualTime(QuotaSettings.defaults().withMaxWait(Duration.ofSeconds(5)));
		Call first = time.call(SEND).sent();
		time.calls(99, SEND).forEach(Call::sent);
		Call waiting = time.call(SEND);
		time.advance(3000);
		first.grant().throttled(Unit.CALLS, Duration.ofSeconds(4));
		time.advance(1999);
		assertThat(waiting.error()).isNull();
		time.advance(1);
		assertThat(waiting.error())
			.isInstanceOfSatisfying(ImQuotaExceededException.class,
					(ex) -> assertThat(ex.retryAfter()).isEqualTo(Duration.ofSeconds(2)))
			.hasMessageContaining("throttled");
	}

	@Test
	void whatHoldsCallsBackIsKnown() {
		assertThat(this.time.limiter.heldBack(SEND)).isNull();
		this.time.calls(100, SEND).forEach(Call::sent);
		this.time.call(SEND);
		assertThat(this.time.limiter.heldBack(SEND)).isNull();
		reject(this.time.call(Operations.UPDATE_CHATROOM), Unit.CALLS, Duration.ofSeconds(7));
		this.time.advance(2000);
		ImQuotaExceededException reason = this.time.limiter.heldBack(Operations.TRANSFER_CHATROOM);
		assertThat(reason).hasMessageContaining("the service has throttled the quota 'update-chatroom-calls'");
		assertThat(reason.retryAfter()).isEqualTo(Duration.ofSeconds(5));
		assertThat(reason.operation()).isEqualTo("transfer-chatroom");
		this.time.advance(5000);
		assertThat(this.time.limiter.heldBack(Operations.TRANSFER_CHATROOM)).isNull();
		assertThat(this.time.limiter.heldBack(Operation.of("free", true))).isNull();
		assertThat(QuotaLimiter.unlimited().heldBack(SEND)).isNull();
	}

	@Test
	void refusalForAUnitThatNoQuotaCountsHoldsBackWhatTheOperationHas() {
		reject(this.time.call(Operations.UPLOAD_FILE), Unit.MESSAGES, null);
		assertThat(this.time.quota("upload-file-calls").heldBackFor()).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void restartInsideAMinuteOfEvenUseCostsAPause() {
		Service service = new Service();
		for (int i = 0; i < 6000; i++) {
			service.used(-60_000 + 10L * i, 1);
		}
		Client client = new Client(service, 0);
		client.run(9000, 180_000);
		assertThat(client.accepted).isEqualTo(9000);
		assertThat(client.refused).isLessThan(150);
		assertThat(client.lastRefusal).isLessThan(15_000);
		assertThat(client.mostAttempts).isLessThanOrEqualTo(3);
	}

	@Test
	void restartAfterABurstCostsAMinuteAndAFewProbes() {
		Service service = new Service();
		service.used(-1000, 6000);
		Client client = new Client(service, 0);
		client.run(3000, 180_000);
		assertThat(client.accepted).isEqualTo(3000);
		assertThat(client.refused).isLessThan(110);
		assertThat(client.mostAttempts).isLessThanOrEqualTo(3);
	}

	@Test
	void otherProgramOnTheSameAppKeyCostsPausesButNoCalls() {
		Service service = new Service();
		Client client = new Client(service, 50);
		client.run(4000, 180_000);
		assertThat(client.accepted).isEqualTo(4000);
		assertThat((double) client.refused / client.accepted).isLessThan(0.05);
	}

	/**
	 * A service that counts sends in sliding windows and was in use before.
	 */
	private static final class Service {

		private final Deque<Long> calls = new ArrayDeque<>();

		private final Deque<long[]> messages = new ArrayDeque<>();

		private long held;

		private void used(long time, int messages) {
			this.messages.add(new long[] { time, messages });
			this.held += messages;
		}

		private Unit take(long now) {
			while (!this.calls.isEmpty() && this.calls.element() <= now - 1000) {
				this.calls.remove();
			}
			while (!this.messages.isEmpty() && this.messages.element()[0] <= now - 60_000) {
				this.held -= this.messages.remove()[1];
			}
			if (this.calls.size() >= 100) {
				return Unit.CALLS;
			}
			if (this.held >= 6000) {
				return Unit.MESSAGES;
			}
			this.calls.add(now);
			used(now, 1);
			return null;
		}

	}

	/**
	 * Sends singles as fast as they go and repeats what was refused, beside others.
	 */
	private static final class Client {

		private final VirtualTime time = new VirtualTime(QuotaSettings.defaults().withMaxWait(Duration.ofHours(1)));

		private final Service service;

		private final int othersPerSecond;

		private int accepted;

		private int refused;

		private long lastRefusal;

		private int mostAttempts;

		private int left;

		private Client(Service service, int othersPerSecond) {
			this.service = service;
			this.othersPerSecond = othersPerSecond;
		}

		private void run(int calls, long millis) {
			this.left = calls;
			for (int i = 0; i < 200; i++) {
				next();
			}
			if (this.othersPerSecond > 0) {
				this.time.scheduler.schedulePeriodically(() -> this.service.take(this.time.now()), 0,
						1000 / this.othersPerSecond, TimeUnit.MILLISECONDS);
			}
			this.time.advance(millis);
		}

		private void next() {
			if (this.left-- > 0) {
				send(1);
			}
		}

		private void send(int attempt) {
			this.mostAttempts = Math.max(this.mostAttempts, attempt);
			this.time.limiter.acquire(QuotaRequest.of(SEND)).subscribe((grant) -> {
				grant.sent();
				this.time.scheduler.schedule(() -> arrive(grant, attempt), 10, TimeUnit.MILLISECONDS);
			});
		}

		private void arrive(Grant grant, int attempt) {
			Unit over = this.service.take(this.time.now());
			this.time.scheduler.schedule(() -> {
				if (over == null) {
					this.accepted++;
					grant.answered();
					next();
				}
				else {
					this.refused++;
					this.lastRefusal = this.time.now();
					grant.throttled(over, null);
					send(attempt + 1);
				}
			}, 10, TimeUnit.MILLISECONDS);
		}

	}

}
