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

package io.github.imspring.sample.message;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.imspring.message.Delivery;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import io.github.imspring.sample.message.BulkProgress.State;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;

/**
 * One message on its way to many, with the outcome for each. It goes on whether anybody
 * watches it or not.
 */
final class BulkSend {

	private final String id;

	private final Set<String> undecided;

	private final int total;

	private final long begun = System.nanoTime();

	private final List<BulkOutcome> outcomes = new ArrayList<>();

	private final Map<Delivery.Status, Integer> counts = new EnumMap<>(Delivery.Status.class);

	private final Disposable.Swap sending = Disposables.swap();

	private State state = State.RUNNING;

	private @Nullable String problem;

	BulkSend(String id, Set<String> recipients) {
		this.id = id;
		this.undecided = new LinkedHashSet<>(recipients);
		this.total = recipients.size();
	}

	void start(MessageOperations messages, Message template) {
		List<String> recipients = List.copyOf(this.undecided);
		this.sending.update(messages.sendToAll(template, Flux.fromIterable(recipients))
			.doOnDiscard(Delivery.class, this::record)
			.subscribe(this::record, this::failed, () -> end(State.DONE)));
	}

	/**
	 * Stops: nothing more leaves. What is under way is reported as perhaps sent.
	 */
	void cancel() {
		this.sending.dispose();
		end(State.CANCELLED);
	}

	private synchronized void record(Delivery delivery) {
		if (this.undecided.remove(delivery.recipient())) {
			this.outcomes.add(BulkOutcome.of(delivery));
			this.counts.merge(delivery.status(), 1, Integer::sum);
		}
	}

	private synchronized void failed(Throwable failure) {
		this.problem = failure.getMessage();
		end(State.FAILED);
	}

	private synchronized void end(State end) {
		if (this.state == State.RUNNING) {
			this.state = end;
		}
	}

	synchronized BulkProgress progress() {
		int decided = this.outcomes.size();
		int waiting = this.total - decided;
		boolean ended = this.state != State.RUNNING;
		int notSent = count(Delivery.Status.NOT_SENT) + (ended ? waiting : 0);
		return new BulkProgress(this.id, this.state, this.total, count(Delivery.Status.SENT), notSent,
				count(Delivery.Status.UNKNOWN), ended ? 0 : waiting, remaining(decided, waiting), this.problem);
	}

	private int count(Delivery.Status status) {
		return this.counts.getOrDefault(status, 0);
	}

	private @Nullable Long remaining(int decided, int waiting) {
		if (decided == 0 || this.state != State.RUNNING) {
			return null;
		}
		double secondsEach = (System.nanoTime() - this.begun) / 1e9 / decided;
		return Math.round(secondsEach * waiting);
	}

	/**
	 * What is known of each recipient by now; of the others too, once it has ended.
	 * @return the outcomes, in the order in which they became known
	 */
	synchronized List<BulkOutcome> outcomes() {
		List<BulkOutcome> known = new ArrayList<>(this.outcomes);
		if (this.state != State.RUNNING) {
			this.undecided.forEach((recipient) -> known.add(BulkOutcome.cancelled(recipient)));
		}
		return known;
	}

}
