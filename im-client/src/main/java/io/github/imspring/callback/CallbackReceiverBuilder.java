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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.github.imspring.error.SettingNames;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Builds a {@link CallbackReceiver}.
 *
 * @since 0.1.0
 */
public final class CallbackReceiverBuilder {

	/**
	 * How far the timestamp of a callback may be from now unless set: 5 minutes.
	 */
	public static final Duration DEFAULT_MAX_AGE = Duration.ofMinutes(5);

	/**
	 * The most bytes of a callback unless set: 256 KB.
	 */
	public static final int DEFAULT_MAX_BODY_SIZE = 256 * 1024;

	/**
	 * How many callbacks are remembered in memory unless set: 100,000.
	 */
	public static final int DEFAULT_MAX_REMEMBERED = 100_000;

	/**
	 * How many events wait for the listeners at most unless set: 10,000.
	 */
	public static final int DEFAULT_QUEUE_CAPACITY = 10_000;

	/**
	 * The most bytes of the callbacks that wait, together, unless set: 32 MB.
	 */
	public static final long DEFAULT_QUEUE_BYTES = 32 * 1024 * 1024;

	/**
	 * The most threads of the listeners, and of the filters, unless set: 64.
	 */
	public static final int DEFAULT_THREADS = 64;

	/**
	 * The deadline of the filters unless set: 150 ms.
	 */
	public static final Duration DEFAULT_PRE_DELIVERY_TIMEOUT = Duration.ofMillis(150);

	final List<String> secrets;

	final List<PostDeliveryListener> listeners = new ArrayList<>();

	final List<PreDeliveryFilter> filters = new ArrayList<>();

	String account = "default";

	SettingNames settingNames = SettingNames.JAVA;

	Duration maxAge = DEFAULT_MAX_AGE;

	boolean acceptUnsigned;

	int maxBodySize = DEFAULT_MAX_BODY_SIZE;

	int maxRemembered = DEFAULT_MAX_REMEMBERED;

	@Nullable ReplayStore replayStore;

	int queueCapacity = DEFAULT_QUEUE_CAPACITY;

	long queueBytes = DEFAULT_QUEUE_BYTES;

	int threads = DEFAULT_THREADS;

	Duration timeout = DEFAULT_PRE_DELIVERY_TIMEOUT;

	Verdict defaultVerdict = Verdict.deliver();

	Duration shutdownTimeout = Duration.ofSeconds(10);

	ObservationRegistry observationRegistry = ObservationRegistry.NOOP;

	CallbackObserver observer = CallbackObserver.NONE;

	InstantSource clock = InstantSource.system();

	CallbackReceiverBuilder(Collection<String> secrets) {
		this.secrets = List.copyOf(secrets);
	}

	/**
	 * Sets the name of the account in events, metrics and logs.
	 * @param account the name, {@code default} unless set
	 * @return this builder
	 */
	public CallbackReceiverBuilder account(String account) {
		Assert.notNull(account, "'account' must not be null");
		this.account = account;
		return this;
	}

	/**
	 * Sets what logs call the settings.
	 * @param settingNames the names, those of this builder unless set
	 * @return this builder
	 */
	public CallbackReceiverBuilder settingNames(SettingNames settingNames) {
		Assert.notNull(settingNames, "'settingNames' must not be null");
		this.settingNames = settingNames;
		return this;
	}

	/**
	 * Adds one that hears what happened.
	 * @param listener the listener
	 * @return this builder
	 */
	public CallbackReceiverBuilder listener(PostDeliveryListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		this.listeners.add(listener);
		return this;
	}

	/**
	 * Adds one that decides about messages, behind those that were added before.
	 * @param filter the filter
	 * @return this builder
	 */
	public CallbackReceiverBuilder filter(PreDeliveryFilter filter) {
		Assert.notNull(filter, "'filter' must not be null");
		this.filters.add(filter);
		return this;
	}

	/**
	 * Sets how far the timestamp of a callback may be from now.
	 * @param maxAge a time above 0, 5 minutes unless set
	 * @return this builder
	 */
	public CallbackReceiverBuilder maxAge(Duration maxAge) {
		Assert.notNull(maxAge, "'maxAge' must not be null");
		this.maxAge = maxAge;
		return this;
	}

	/**
	 * Sets whether callbacks without a signature are accepted.
	 * @param acceptUnsigned whether they are, {@code false} unless set
	 * @return this builder
	 */
	public CallbackReceiverBuilder acceptUnsigned(boolean acceptUnsigned) {
		this.acceptUnsigned = acceptUnsigned;
		return this;
	}

	/**
	 * Sets the most bytes of a callback.
	 * @param maxBodySize a number above 0, 256 KB unless set
	 * @return this builder
	 */
	public CallbackReceiverBuilder maxBodySize(int maxBodySize) {
		this.maxBodySize = maxBodySize;
		return this;
	}

	/**
	 * Sets how many callbacks are remembered in memory, if there is no other store.
	 * @param maxRemembered a number above 0, 100,000 unless set
	 * @return this builder
	 */
	public CallbackReceiverBuilder maxRemembered(int maxRemembered) {
		this.maxRemembered = maxRemembered;
		return this;
	}

	/**
	 * Sets where callbacks are remembered, if not in memory.
	 * @param replayStore the store
	 * @return this builder
	 */
	public CallbackReceiverBuilder replayStore(ReplayStore replayStore) {
		Assert.notNull(replayStore, "'replayStore' must not be null");
		this.replayStore = replayStore;
		return this;
	}

	/**
	 * Sets how many events wait for the listeners at most.
	 * @param events a number above 0, 10,000 unless set
	 * @param bytes the most bytes of their callbacks together, 32 MB unless set
	 * @return this builder
	 */
	public CallbackReceiverBuilder queue(int events, long bytes) {
		this.queueCapacity = events;
		this.queueBytes = bytes;
		return this;
	}

	/**
	 * Sets on how many threads the listeners are called at most, and on how many the
	 * filters.
	 * @param threads a number above 0, 64 unless set
	 * @return this builder
	 */
	public CallbackReceiverBuilder threads(int threads) {
		this.threads = threads;
		return this;
	}

	/**
	 * Sets the deadline of the filters, and the verdict for what they do not decide.
	 * @param timeout a time above 0, 150 ms unless set: below what the service waits
	 * @param defaultVerdict {@link Verdict#deliver()} unless set
	 * @return this builder
	 */
	public CallbackReceiverBuilder preDelivery(Duration timeout, Verdict defaultVerdict) {
		Assert.notNull(timeout, "'timeout' must not be null");
		Assert.notNull(defaultVerdict, "'defaultVerdict' must not be null");
		this.timeout = timeout;
		this.defaultVerdict = defaultVerdict;
		return this;
	}

	/**
	 * Sets the time that the listeners are given when the receiver is closed.
	 * @param shutdownTimeout a time of 0 or more, 10 seconds unless set
	 * @return this builder
	 */
	public CallbackReceiverBuilder shutdownTimeout(Duration shutdownTimeout) {
		Assert.notNull(shutdownTimeout, "'shutdownTimeout' must not be null");
		this.shutdownTimeout = shutdownTimeout;
		return this;
	}

	/**
	 * Sets where the handling of callbacks is observed.
	 * @param observationRegistry the registry, none unless set
	 * @return this builder
	 */
	public CallbackReceiverBuilder observationRegistry(ObservationRegistry observationRegistry) {
		Assert.notNull(observationRegistry, "'observationRegistry' must not be null");
		this.observationRegistry = observationRegistry;
		return this;
	}

	/**
	 * Sets who hears what becomes of callbacks.
	 * @param observer the observer, none unless set
	 * @return this builder
	 */
	public CallbackReceiverBuilder observer(CallbackObserver observer) {
		Assert.notNull(observer, "'observer' must not be null");
		this.observer = observer;
		return this;
	}

	/**
	 * Sets what tells the time.
	 * @param clock the clock, that of the system unless set
	 * @return this builder
	 */
	public CallbackReceiverBuilder clock(InstantSource clock) {
		Assert.notNull(clock, "'clock' must not be null");
		this.clock = clock;
		return this;
	}

	/**
	 * Builds the receiver.
	 * @return the receiver
	 * @throws IllegalArgumentException if a setting is out of its bounds
	 */
	public CallbackReceiver build() {
		if (this.maxBodySize < 1 || this.queueCapacity < 1 || this.queueBytes < 1 || this.threads < 1
				|| this.timeout.isZero() || this.timeout.isNegative()) {
			throw new IllegalArgumentException("Sizes, numbers and times must be above 0");
		}
		return new CallbackReceiver(this);
	}

}
