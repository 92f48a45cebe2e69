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

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import io.github.imspring.error.SettingNames;
import io.github.imspring.observation.CallObservations;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.token.TokenProvider;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.util.Assert;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Assembles the pipeline of every call.
 *
 * @since 0.1.0
 */
public final class ImRestOperationsBuilder {

	/**
	 * The time that a whole call may take unless set: 30 s.
	 */
	public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

	/**
	 * The time that making a connection may take, and a TLS handshake, unless set: 2 s.
	 */
	public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(2);

	/**
	 * The longest silence of the service unless set: 10 s.
	 */
	public static final Duration DEFAULT_READ_TIMEOUT = Duration.ofSeconds(10);

	/**
	 * The largest answer that is read unless set: 8 MB.
	 */
	public static final int DEFAULT_MAX_RESPONSE_SIZE = 8 * 1024 * 1024;

	private final ImEndpoint endpoint;

	private final Supplier<WebClient> webClient;

	private final TokenProvider tokens;

	private final QuotaLimiter quotas;

	private CallObservations observations = CallObservations.NOOP;

	private RetrySettings retry = RetrySettings.DEFAULTS;

	private Duration timeout = DEFAULT_TIMEOUT;

	private Duration readTimeout = DEFAULT_READ_TIMEOUT;

	private int maxResponseSize = DEFAULT_MAX_RESPONSE_SIZE;

	private InstantSource clock = InstantSource.system();

	private SettingNames settingNames = SettingNames.JAVA;

	private @Nullable Scheduler scheduler;

	private @Nullable GracefulShutdown shutdown;

	/**
	 * Starts with what every call needs.
	 * @param endpoint where the app's resources are
	 * @param webClient makes what sends the requests, which follows no redirects; asked
	 * when the pipeline is built
	 * @param tokens hands out the token
	 * @param quotas keeps the quotas
	 */
	public ImRestOperationsBuilder(ImEndpoint endpoint, Supplier<WebClient> webClient, TokenProvider tokens,
			QuotaLimiter quotas) {
		Assert.notNull(endpoint, "'endpoint' must not be null");
		Assert.notNull(webClient, "'webClient' must not be null");
		Assert.notNull(tokens, "'tokens' must not be null");
		Assert.notNull(quotas, "'quotas' must not be null");
		this.endpoint = endpoint;
		this.webClient = webClient;
		this.tokens = tokens;
		this.quotas = quotas;
	}

	/**
	 * Sets what observes the calls; nothing does unless set.
	 * @param observations observes the calls
	 * @return this builder
	 */
	public ImRestOperationsBuilder observations(CallObservations observations) {
		Assert.notNull(observations, "'observations' must not be null");
		this.observations = observations;
		return this;
	}

	/**
	 * Sets how failed calls are repeated; {@link RetrySettings#DEFAULTS} unless set.
	 * @param retry the settings
	 * @return this builder
	 */
	public ImRestOperationsBuilder retry(RetrySettings retry) {
		Assert.notNull(retry, "'retry' must not be null");
		this.retry = retry;
		return this;
	}

	/**
	 * Sets the time that a whole call may take, waiting and retries included; 30 s unless
	 * set. Of a call of the bulk lane, waiting for its quota does not count.
	 * @param timeout the time
	 * @return this builder
	 */
	public ImRestOperationsBuilder timeout(Duration timeout) {
		Assert.notNull(timeout, "'timeout' must not be null");
		this.timeout = timeout;
		return this;
	}

	/**
	 * Sets how long the service may be silent while a request is sent or its answer is
	 * awaited and read; 10 s unless set. The time stands still while it is not the
	 * service that is waited for: the subscriber of a download, or the source of an
	 * upload.
	 * @param readTimeout the time
	 * @return this builder
	 */
	public ImRestOperationsBuilder readTimeout(Duration readTimeout) {
		Assert.notNull(readTimeout, "'readTimeout' must not be null");
		this.readTimeout = readTimeout;
		return this;
	}

	/**
	 * Sets the largest answer that is read; 8 MB unless set. Downloads are not bounded by
	 * it.
	 * @param maxResponseSize the size in bytes
	 * @return this builder
	 */
	public ImRestOperationsBuilder maxResponseSize(int maxResponseSize) {
		this.maxResponseSize = maxResponseSize;
		return this;
	}

	/**
	 * Sets the clock that dates are read by; the system's unless set.
	 * @param clock the clock
	 * @return this builder
	 */
	public ImRestOperationsBuilder clock(InstantSource clock) {
		Assert.notNull(clock, "'clock' must not be null");
		this.clock = clock;
		return this;
	}

	/**
	 * Sets what hints call the settings; {@link SettingNames#JAVA} unless set.
	 * @param settingNames the names
	 * @return this builder
	 */
	public ImRestOperationsBuilder settingNames(SettingNames settingNames) {
		Assert.notNull(settingNames, "'settingNames' must not be null");
		this.settingNames = settingNames;
		return this;
	}

	/**
	 * Sets the scheduler that times pauses and deadlines; Reactor's parallel one unless
	 * set.
	 * @param scheduler the scheduler
	 * @return this builder
	 */
	public ImRestOperationsBuilder scheduler(Scheduler scheduler) {
		Assert.notNull(scheduler, "'scheduler' must not be null");
		this.scheduler = scheduler;
		return this;
	}

	/**
	 * Sets what ends the calls when the client is closed; nothing does unless set.
	 * @param shutdown ends the calls
	 * @return this builder
	 */
	public ImRestOperationsBuilder shutdown(GracefulShutdown shutdown) {
		Assert.notNull(shutdown, "'shutdown' must not be null");
		this.shutdown = shutdown;
		return this;
	}

	/**
	 * Assembles the pipeline.
	 * @return the operations
	 */
	public ImRestOperations build() {
		Scheduler timer = Objects.requireNonNullElseGet(this.scheduler, Schedulers::parallel);
		GracefulShutdown end = Objects.requireNonNullElseGet(this.shutdown, () -> new GracefulShutdown(this.quotas));
		return new Pipeline(this.observations, end, this.timeout, timer,
				new RetryPolicy(this.retry, end.graceOver(), timer, () -> ThreadLocalRandom.current().nextLong()),
				this.quotas, this.tokens, new HttpExchange(this.webClient.get(), this.endpoint, this.maxResponseSize,
						this.readTimeout, timer, this.clock, this.observations, this.tokens),
				this.settingNames);
	}

}
