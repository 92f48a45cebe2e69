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

import io.github.imspring.quota.store.QuotaClaim;
import io.github.imspring.quota.store.QuotaShare;
import io.github.imspring.quota.store.QuotaStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Quota;
import io.github.imspring.operation.Quota.Unit;
import io.github.imspring.quota.Refusal.Blocker;
import io.github.imspring.quota.Ticket.Claim;
import io.github.imspring.quota.Ticket.State;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * The limiter: one dispatcher for all quotas. The waiting calls stand in the lanes of
 * their {@link QuotaGroup}; whenever slots may have come free, the heads of the lanes are
 * granted as long as they fit. The one that does not fit stops those behind it.
 * <p>
 * One monitor guards all state. It is held for microseconds, and no code but this
 * package's runs inside: subscribers, listeners, registries and the scheduler are called
 * after it is left. A call that waited is told in a task of its own, so that neither the
 * thread whose answer freed the slots nor another waiting call depends on what it does
 * then, and no stack grows.
 */
class QuotaDispatcher implements QuotaLimiter {

	private static final Logger logger = Loggers.getLogger(QuotaDispatcher.class);

	private static final long NEVER = SlotLog.UNKNOWN;

	private static final long LEASE = QuotaStore.LEASE.multipliedBy(2).toNanos();

	/**
	 * How long after it has left a call that has no answer may arrive.
	 */
	private static final long SLACK = Duration.ofMillis(100).toNanos();

	private static final Duration LONGEST_WAIT = Duration.ofDays(1);

	private final QuotaSettings settings;

	private final long maxWait;

	private final Scheduler scheduler;

	private final LongSupplier nanoTime;

	private final long origin;

	private final QuotaListener listener;

	private final QuotaTable table;

	/**
	 * Shares the quotas with other instances, if there are any.
	 */
	private final @Nullable SharedQuotas shared;

	private final Sinks.Empty<Void> closed = Sinks.empty();

	private final Object monitor = new Object();

	// Guarded by the monitor.

	/**
	 * The waiting calls to which the longest wait applies: the first that joined is the
	 * first whose time is over.
	 */
	private final Set<Ticket> impatient = new LinkedHashSet<>();

	private long now;

	private long timerAt = NEVER;

	private int timerId;

	private Disposable timer = Disposables.disposed();

	private long sequence;

	private int pass;

	private int waiting;

	private int unfinished;

	private boolean closing;

	/**
	 * When the store last said what this instance may hold.
	 */
	private long leasedAt = NEVER;

	private long degradedAt = NEVER;

	QuotaDispatcher(QuotaSettings settings, Scheduler scheduler, LongSupplier nanoTime, QuotaListener listener,
			RateLimiterRegistry registry, String prefix, @Nullable QuotaStore store, int instances) {
		this.settings = settings;
		this.maxWait = nanos(settings.maxWait());
		this.scheduler = scheduler;
		this.nanoTime = nanoTime;
		this.origin = nanoTime.getAsLong();
		this.listener = listener;
		this.table = new QuotaTable(this, settings, registry, prefix, instances);
		this.shared = (store != null) ? new SharedQuotas(store, instances, this, scheduler, listener) : null;
	}

	void start() {
		if (this.shared != null) {
			this.shared.start();
		}
	}

	@Override
	public QuotaStoreState storeState() {
		return (this.shared != null) ? this.shared.state() : QuotaStoreState.LOCAL;
	}

	@Override
	public Mono<Grant> acquire(QuotaRequest request) {
		Operation operation = request.operation();
		QuotaGroup group = this.table.groupOf(operation);
		if (group == null) {
			return Mono.just(FreeGrant.INSTANCE);
		}
		return acquire(group,
				new Claim(operation.name(), 1, request.messages(), request.lane(), request.lane() == Lane.SINGLE));
	}

	/**
	 * Waits for a grant of one quota alone, as long as the subscriber does.
	 */
	Mono<Grant> acquire(QuotaState quota, int slots) {
		return acquire(this.table.groupOf(List.of(quota)),
				new Claim(quota.quota().operation(), slots, slots, Lane.SINGLE, false));
	}

	private Mono<Grant> acquire(QuotaGroup group, Claim claim) {
		return new Mono<>() {

			@Override
			public void subscribe(CoreSubscriber<? super Grant> subscriber) {
				subscriber.onSubscribe(new Ticket(QuotaDispatcher.this, group, claim, subscriber));
			}

		};
	}

	/**
	 * Makes the quotas of the operation known before its first call.
	 */
	void register(Operation operation) {
		this.table.groupOf(operation);
	}

	@Override
	public List<QuotaSnapshot> snapshots() {
		synchronized (this.monitor) {
			long now = tick();
			return this.table.quotas().stream().map((quota) -> quota.snapshot(now)).toList();
		}
	}

	@Override
	public Mono<Void> close(Duration grace) {
		return Mono.defer(() -> {
			startClosing(grace);
			return this.closed.asMono();
		});
	}

	// The life of a ticket

	void enter(Ticket ticket) {
		Outcome outcome = new Outcome();
		synchronized (this.monitor) {
			if (ticket.is(State.NEW)) {
				enter(ticket, tick(), outcome);
			}
		}
		outcome.tell(ticket);
	}

	private void enter(Ticket ticket, long now, Outcome outcome) {
		QuotaGroup group = ticket.group();
		ticket.join(++this.sequence, now);
		Refusal refusal = refusal(ticket);
		if (refusal != null) {
			refuse(ticket, refusal, outcome);
		}
		else if (group.idle() && group.earliest(ticket, now) <= now) {
			grant(ticket, now);
			outcome.settled(ticket);
		}
		else {
			refusal = refusalToWait(ticket, now);
			if (refusal != null) {
				refuse(ticket, refusal, outcome);
			}
			else {
				join(ticket, now, outcome);
			}
		}
	}

	private void join(Ticket ticket, long now, Outcome outcome) {
		ticket.become(State.WAITING);
		this.waiting++;
		ticket.group().join(ticket);
		if (ticket.impatient()) {
			this.impatient.add(ticket);
		}
		if (ticket.group().heads(ticket) || this.impatient.size() == 1) {
			dispatch(now, outcome);
		}
	}

	private void refuse(Ticket ticket, Refusal refusal, Outcome outcome) {
		ticket.refuse(refusal);
		outcome.settled(ticket);
	}

	void cancel(Ticket ticket) {
		Outcome outcome = new Outcome();
		synchronized (this.monitor) {
			long now = tick();
			if (ticket.is(State.WAITING)) {
				leave(ticket);
				ticket.become(State.ENDED);
			}
			else if (ticket.is(State.GRANTED)) {
				giveBack(ticket);
			}
			else if (ticket.is(State.NEW)) {
				ticket.become(State.ENDED);
			}
			else {
				return;
			}
			dispatch(now, outcome);
		}
		outcome.tell(null);
	}

	void sent(Ticket ticket) {
		synchronized (this.monitor) {
			long now = tick();
			if (ticket.is(State.GRANTED)) {
				ticket.sent(now);
			}
			else if (ticket.is(State.RELEASED)) {
				// The cancellation crossed the sending. Whether there are slots or not,
				// the service will count the call.
				ticket.become(State.ENDED);
				for (QuotaState quota : ticket.group().quotas()) {
					quota.log().hold(quota.slots(ticket), now + SLACK, now);
				}
			}
		}
	}

	void release(Ticket ticket) {
		end(ticket, (now) -> {
			if (ticket.is(State.GRANTED)) {
				giveBack(ticket);
			}
			else {
				unanswered(ticket, now);
			}
		});
	}

	void answered(Ticket ticket) {
		end(ticket, (now) -> {
			answered(ticket, now);
			for (QuotaState quota : ticket.group().quotas()) {
				quota.accepted(ticket.grantedAt());
			}
		});
	}

	void unanswered(Ticket ticket) {
		end(ticket, (now) -> unanswered(ticket, now));
	}

	void throttled(Ticket ticket, Unit unit, @Nullable Duration retryAfter) {
		List<QuotaState> all = ticket.group().quotas();
		List<QuotaState> named = all.stream().filter((quota) -> quota.quota().unit() == unit).toList();
		List<QuotaState> refused = named.isEmpty() ? all : named;
		long[] heldBack = new long[refused.size()];
		boolean ended = end(ticket, (now) -> {
			answered(ticket, now);
			for (int i = 0; i < heldBack.length; i++) {
				heldBack[i] = refused.get(i).throttled(ticket.grantedAt(), retryAfter, now);
			}
		});
		for (int i = 0; ended && i < heldBack.length; i++) {
			Quota quota = refused.get(i).quota();
			Duration pause = Duration.ofNanos(heldBack[i]);
			safely(() -> this.listener.throttled(quota, pause));
		}
	}

	private boolean end(Ticket ticket, TimedAction action) {
		Outcome outcome = new Outcome();
		synchronized (this.monitor) {
			if (!ticket.is(State.GRANTED) && !ticket.is(State.SENT)) {
				return false;
			}
			long now = tick();
			action.run(now);
			dispatch(now, outcome);
		}
		outcome.tell(null);
		return true;
	}

	private void grant(Ticket ticket, long now) {
		ticket.grant(now);
		ticket.group().grant(ticket, now);
		this.unfinished++;
	}

	private void giveBack(Ticket ticket) {
		ticket.become(State.RELEASED);
		this.unfinished--;
		for (QuotaState quota : ticket.group().quotas()) {
			quota.giveBack(ticket);
		}
	}

	private void answered(Ticket ticket, long now) {
		if (!ticket.is(State.SENT)) {
			unanswered(ticket, now);
			return;
		}
		ticket.become(State.ENDED);
		this.unfinished--;
		for (QuotaState quota : ticket.group().quotas()) {
			quota.answered(ticket, ticket.sentAt(), now);
		}
	}

	/**
	 * A call that ends without an answer just after it has left is still on its way.
	 */
	private void unanswered(Ticket ticket, long now) {
		long until = ticket.is(State.SENT) ? Math.max(now, ticket.sentAt() + SLACK) : now;
		ticket.become(State.ENDED);
		this.unfinished--;
		for (QuotaState quota : ticket.group().quotas()) {
			quota.unanswered(ticket, until, now);
		}
	}

	private void leave(Ticket ticket) {
		this.waiting--;
		ticket.group().leave(ticket);
		this.impatient.remove(ticket);
	}

	// Dispatching

	/**
	 * Grants what can go, in the order in which the calls joined, those of the bulk lane
	 * last.
	 */
	private void dispatch(long now, Outcome outcome) {
		if (this.waiting > 0) {
			expire(now, outcome);
			this.pass++;
			long wakeAt = this.impatient.isEmpty() ? NEVER : deadline(this.impatient.iterator().next());
			Ticket head = next();
			while (head != null) {
				QuotaGroup group = head.group();
				long earliest = group.barred(this.pass) ? NEVER : group.earliest(head, now);
				if (earliest <= now) {
					leave(head);
					grant(head, now);
					outcome.settled(head);
				}
				else {
					wakeAt = Math.min(wakeAt, earliest);
					outcome.lacks(group.lacks(head, now));
					group.stop(this.pass);
				}
				head = next();
			}
			if (wakeAt < this.timerAt) {
				this.timerAt = wakeAt;
				outcome.wake(++this.timerId, wakeAt - now);
			}
		}
		outcome.idle(this.closing && this.waiting == 0 && this.unfinished == 0);
	}

	private @Nullable Ticket next() {
		Ticket next = null;
		boolean nextPaced = false;
		for (QuotaGroup group : this.table.groups()) {
			Ticket head = group.stopped(this.pass) ? null : group.head();
			if (head != null) {
				boolean paced = group.paced(head);
				boolean first = next == null || ((paced == nextPaced) ? head.sequence() < next.sequence() : nextPaced);
				if (first) {
					next = head;
					nextPaced = paced;
				}
			}
		}
		return next;
	}

	private void expire(long now, Outcome outcome) {
		while (!this.impatient.isEmpty()) {
			Ticket oldest = this.impatient.iterator().next();
			if (deadline(oldest) > now) {
				return;
			}
			leave(oldest);
			refuse(oldest, Refusal.tooLate(oldest, this.settings.maxWait(), Blocker.of(oldest, true, now)), outcome);
		}
	}

	private long deadline(Ticket ticket) {
		return ticket.joinedAt() + this.maxWait;
	}

	private void wakeUp(int id) {
		Outcome outcome = new Outcome();
		synchronized (this.monitor) {
			if (this.timerId == id) {
				this.timerAt = NEVER;
			}
			dispatch(tick(), outcome);
		}
		outcome.tell(null);
	}

	/**
	 * The newest timer takes the place of the one before, whichever was scheduled first.
	 */
	private void armed(int id, Disposable timer) {
		Disposable useless;
		synchronized (this.monitor) {
			useless = (this.timerId == id) ? this.timer : timer;
			this.timer = (this.timerId == id) ? timer : this.timer;
		}
		useless.dispose();
	}

	/**
	 * Time as this dispatcher knows it: it never runs backward, whatever the clock does.
	 */
	private long tick() {
		this.now = Math.max(this.now, this.nanoTime.getAsLong() - this.origin);
		if (this.now - this.leasedAt > LEASE) {
			// This process stood still. The others may have been given all but its part.
			this.leasedAt = NEVER;
			forEachLease(QuotaLease::lapse);
		}
		return this.now;
	}

	private static long nanos(Duration wait) {
		return (wait.compareTo(LONGEST_WAIT) < 0) ? wait.toNanos() : LONGEST_WAIT.toNanos();
	}

	// Refusing

	/**
	 * Why the call cannot be granted now or ever, if so.
	 */
	private @Nullable Refusal refusal(Ticket ticket) {
		if (this.closing) {
			return Refusal.closed(ticket);
		}
		for (QuotaState state : ticket.group().quotas()) {
			Quota quota = state.quota();
			int slots = state.slots(ticket);
			if (slots > quota.limit()) {
				return Refusal.tooHeavy(ticket, quota, slots);
			}
			// Calls of the bulk lane wait as long as it takes, also for the store.
			if (slots > state.reach() && ticket.lane() == Lane.SINGLE) {
				return Refusal.tooHeavyForPart(ticket, quota, slots, state.reach());
			}
		}
		return null;
	}

	/**
	 * Why the call cannot wait, if so.
	 */
	private @Nullable Refusal refusalToWait(Ticket ticket, long now) {
		Blocker blocker = Blocker.of(ticket, false, now);
		for (QuotaState quota : ticket.group().quotas()) {
			if (quota.waiting(ticket.lane()) >= this.settings.maxWaiting()) {
				return Refusal.tooMany(ticket, this.settings.maxWaiting(), blocker);
			}
		}
		if (ticket.impatient() && blocker.nanos() > this.maxWait) {
			return Refusal.tooLate(ticket, this.settings.maxWait(), blocker);
		}
		return null;
	}

	// Closing

	private void startClosing(Duration grace) {
		Outcome outcome = new Outcome();
		synchronized (this.monitor) {
			if (this.closing) {
				return;
			}
			this.closing = true;
			outcome.idle(this.waiting == 0 && this.unfinished == 0);
		}
		outcome.tell(null);
		schedule(this::finishClosing, nanos(grace), this::finishClosing);
	}

	private void finishClosing() {
		Outcome outcome = new Outcome();
		synchronized (this.monitor) {
			this.closing = true;
			refuseWaiting(outcome);
		}
		outcome.idle(true);
		outcome.tell(null);
	}

	private void endClosing() {
		if (this.shared != null) {
			this.shared.leave(this.closed::tryEmitEmpty);
		}
		else {
			this.closed.tryEmitEmpty();
		}
	}

	private void refuseWaiting(Outcome outcome) {
		for (QuotaGroup group : this.table.groups()) {
			for (Ticket ticket : group.waiting()) {
				leave(ticket);
				refuse(ticket, Refusal.closed(ticket), outcome);
			}
		}
	}

	private Disposable schedule(Runnable task, long delay, Runnable otherwise) {
		try {
			return (delay > 0) ? this.scheduler.schedule(task, delay, TimeUnit.NANOSECONDS)
					: this.scheduler.schedule(task);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("The scheduler of the quotas was disposed of before they were closed");
			otherwise.run();
			return Disposables.disposed();
		}
	}

	// For the store

	/**
	 * What this instance has and needs of the quotas that it has used so far.
	 */
	Claims claims() {
		synchronized (this.monitor) {
			long now = tick();
			List<QuotaState> quotas = new ArrayList<>();
			List<QuotaClaim> claims = new ArrayList<>();
			for (QuotaState quota : this.table.quotas()) {
				QuotaLease lease = quota.lease();
				if (lease != null && lease.used()) {
					quotas.add(quota);
					claims.add(quota.claim(lease, heaviest(quota), now));
				}
			}
			return new Claims(now, quotas, claims);
		}
	}

	/**
	 * What calls still hold of the quotas that this instance has used. It takes no more.
	 */
	Claims lastClaims() {
		synchronized (this.monitor) {
			forEachLease((lease, quota) -> lease.giveUp());
			return claims();
		}
	}

	private int heaviest(QuotaState quota) {
		int slots = 1;
		for (QuotaGroup group : this.table.groups()) {
			slots = Math.max(slots, group.heaviest(quota));
		}
		return slots;
	}

	void accept(Claims claims, List<QuotaShare> shares) {
		change((now) -> {
			boolean found = this.degradedAt != NEVER;
			this.leasedAt = claims.at();
			this.degradedAt = NEVER;
			for (int i = 0; i < shares.size(); i++) {
				claims.quotas().get(i).accept(shares.get(i), now);
			}
			if (found) {
				arrange();
			}
		});
	}

	/**
	 * From now on this instance keeps to its part of the quotas, and first of all to what
	 * it has.
	 * @param silence for how long the others have had no store either
	 */
	void degrade(Duration silence) {
		change((now) -> {
			this.leasedAt = NEVER;
			this.degradedAt = now - silence.toNanos();
			forEachLease(QuotaLease::degrade);
			arrange();
		});
	}

	/**
	 * Takes the part of this instance at once: there is no other.
	 */
	void takeParts() {
		change((now) -> forEachLease(QuotaLease::takePart));
	}

	/**
	 * Takes the part of this instance of those quotas of which no other instance can hold
	 * it any more.
	 * @param settling the time after which the others give it up
	 */
	void takeParts(Duration settling) {
		change((now) -> forEachLease((lease, quota) -> {
			if (!lease.degraded()) {
				// It became known after the store was lost.
				lease.degrade(quota);
				arrange();
			}
			if (now - this.degradedAt >= settling.plus(quota.window()).toNanos()) {
				lease.takePart(quota);
			}
		}));
	}

	private void arrange() {
		this.table.groups().forEach(QuotaGroup::arrange);
	}

	private void forEachLease(BiConsumer<QuotaLease, Quota> action) {
		for (QuotaState quota : this.table.quotas()) {
			QuotaLease lease = quota.lease();
			if (lease != null) {
				action.accept(lease, quota.quota());
			}
		}
	}

	private void change(TimedAction action) {
		Outcome outcome = new Outcome();
		synchronized (this.monitor) {
			long now = tick();
			action.run(now);
			dispatch(now, outcome);
		}
		outcome.tell(null);
	}

	// For the rate limiters of Resilience4j

	long reserve(QuotaState quota, int slots, Duration timeout) {
		long wait;
		boolean lacks;
		synchronized (this.monitor) {
			long now = tick();
			quota.use();
			long earliest = Math.max(now, quota.heldUntil());
			long time = quota.log().reserve(slots, quota.waitingSlots(), earliest, now + nanos(timeout), SLACK, now);
			wait = (time != SlotLog.UNKNOWN) ? time - now : -1;
			lacks = time == SlotLog.UNKNOWN && quota.worthAsking();
		}
		if (lacks) {
			exchange();
		}
		return wait;
	}

	/**
	 * Tells the store without delay what was taken, and asks it for what was lacking.
	 */
	private void exchange() {
		if (this.shared != null) {
			this.shared.exchange();
		}
	}

	/**
	 * Takes every free slot.
	 * @return how many there were
	 */
	int drain(QuotaState quota) {
		int available;
		synchronized (this.monitor) {
			long now = tick();
			available = quota.available(now);
			quota.use();
			quota.log().hold(available, now, now);
		}
		exchange();
		return available;
	}

	void limit(QuotaState quota, int limit) {
		Outcome outcome = new Outcome();
		synchronized (this.monitor) {
			long now = tick();
			quota.limit(limit);
			arrange();
			refuseTooHeavy(outcome);
			dispatch(now, outcome);
		}
		outcome.tell(null);
	}

	/**
	 * Refuses those that wait and could never go any more.
	 */
	private void refuseTooHeavy(Outcome outcome) {
		for (QuotaGroup group : this.table.groups()) {
			for (Ticket ticket : group.tooHeavy()) {
				Refusal refusal = refusal(ticket);
				if (refusal != null) {
					leave(ticket);
					refuse(ticket, refusal, outcome);
				}
			}
		}
	}

	int available(QuotaState quota) {
		synchronized (this.monitor) {
			return quota.available(tick());
		}
	}

	int waiting(QuotaState quota) {
		synchronized (this.monitor) {
			return quota.waiting();
		}
	}

	// What is told, outside the monitor

	void reportGranted(Ticket ticket, Duration waited) {
		for (QuotaState state : ticket.group().quotas()) {
			safely(() -> state.events().granted(state.slots(ticket)));
			safely(() -> this.listener.granted(state.quota(), waited));
		}
	}

	void reportRefused(Ticket ticket) {
		for (QuotaState state : ticket.group().quotas()) {
			safely(() -> state.events().refused(state.slots(ticket)));
			safely(() -> this.listener.notPermitted(state.quota()));
		}
	}

	static void safely(Runnable report) {
		try {
			report.run();
		}
		catch (RuntimeException ex) {
			logger.warn("A listener to the quotas failed", ex);
		}
	}

	/**
	 * What is left to do once the monitor is left.
	 */
	private final class Outcome {

		private @Nullable List<Ticket> settled;

		private int timerId;

		private long wakeIn;

		private boolean idle;

		private boolean lacks;

		void settled(Ticket ticket) {
			if (this.settled == null) {
				this.settled = new ArrayList<>(1);
			}
			this.settled.add(ticket);
		}

		void wake(int timerId, long in) {
			this.timerId = timerId;
			this.wakeIn = in;
		}

		void idle(boolean idle) {
			this.idle = idle;
		}

		void lacks(boolean lacks) {
			this.lacks |= lacks;
		}

		/**
		 * Tells whoever is concerned.
		 * @param own the call that the calling thread has just brought, if any: it is
		 * told on that thread
		 */
		void tell(@Nullable Ticket own) {
			if (this.wakeIn > 0) {
				int id = this.timerId;
				armed(id, schedule(() -> wakeUp(id), this.wakeIn, QuotaDispatcher.this::finishClosing));
			}
			boolean tellOwn = false;
			if (this.settled != null) {
				for (Ticket ticket : this.settled) {
					if (ticket == own) {
						tellOwn = true;
					}
					else {
						schedule(ticket::settle, 0, ticket::settle);
					}
				}
			}
			SharedQuotas shared = QuotaDispatcher.this.shared;
			if (this.idle) {
				endClosing();
			}
			else if (shared != null && this.lacks) {
				shared.exchange();
			}
			if (own != null && tellOwn) {
				own.settle();
			}
		}

	}

	/**
	 * What was claimed, and of which quotas.
	 *
	 * @param at when, on the dispatcher's clock
	 * @param quotas the quotas
	 * @param claims the claims, one for each of them
	 */
	record Claims(long at, List<QuotaState> quotas, List<QuotaClaim> claims) {
	}

	/**
	 * Something to do at a time.
	 */
	private interface TimedAction {

		void run(long now);

	}

}
