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

package io.github.imspring;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import io.github.imspring.chatroom.ChatroomSettings;
import io.github.imspring.error.SettingNames;
import io.github.imspring.exchange.GracefulShutdown;
import io.github.imspring.exchange.ImEndpoint;
import io.github.imspring.exchange.ImRestOperationsBuilder;
import io.github.imspring.exchange.LimitedTokenSource;
import io.github.imspring.exchange.RetrySettings;
import io.github.imspring.exchange.StrictReactorNetty;
import io.github.imspring.exchange.UserAgent;
import io.github.imspring.message.BulkOptions;
import io.github.imspring.observation.CallListener;
import io.github.imspring.observation.CallObservations;
import io.github.imspring.observation.HttpRequestConvention;
import io.github.imspring.observation.ImClientObservationConvention;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.token.ClientCredentials;
import io.github.imspring.token.ManagedTokenProvider;
import io.github.imspring.token.TokenProvider;
import io.github.imspring.token.TokenSource;
import io.github.imspring.token.TokenSources;
import io.github.imspring.token.UserTokenBuilder;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Builds an {@link ImClient}.
 *
 * @since 0.1.0
 */
public final class ImClientBuilder {

	final ImEndpoint endpoint;

	private @Nullable BiFunction<Supplier<WebClient>, QuotaLimiter, TokenSource> tokenSource;

	private @Nullable TokenProvider tokenProvider;

	@Nullable UserTokenBuilder userTokens;

	@Nullable QuotaLimiter quotas;

	private Supplier<WebClient.Builder> webClient = ImClientBuilder::defaultWebClient;

	RetrySettings retry = RetrySettings.DEFAULTS;

	Duration timeout = ImRestOperationsBuilder.DEFAULT_TIMEOUT;

	Duration readTimeout = ImRestOperationsBuilder.DEFAULT_READ_TIMEOUT;

	int maxResponseSize = ImRestOperationsBuilder.DEFAULT_MAX_RESPONSE_SIZE;

	Duration shutdownTimeout = GracefulShutdown.DEFAULT_TIMEOUT;

	BulkOptions bulkOptions = BulkOptions.DEFAULTS;

	ChatroomSettings chatroomSettings = ChatroomSettings.DEFAULTS;

	ObservationRegistry observationRegistry = ObservationRegistry.NOOP;

	@Nullable ImClientObservationConvention observationConvention;

	String account = CallObservations.DEFAULT_ACCOUNT;

	CallListener callListener = CallListener.NONE;

	InstantSource clock = InstantSource.system();

	SettingNames settingNames = SettingNames.JAVA;

	ImClientBuilder(ImEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * Makes the HTTP client once, with the first call.
	 */
	Supplier<WebClient> webClient() {
		Supplier<WebClient.Builder> webClient = this.webClient;
		ObservationRegistry registry = this.observationRegistry;
		return SingletonSupplier
			.of(() -> webClient.get().defaultHeaders(UserAgent::setIfAbsent).observationRegistry(registry).build());
	}

	private static WebClient.Builder defaultWebClient() {
		WebClient.Builder builder = ClassUtils.isPresent("reactor.netty.http.client.HttpClient",
				ImClient.class.getClassLoader()) ? StrictReactorNetty.webClient() : WebClient.builder();
		return builder.observationConvention(new HttpRequestConvention());
	}

	/**
	 * Sets the credentials that buy tokens from the service, as with Easemob.
	 * @param credentials client ID and client secret
	 * @return this builder
	 */
	public ImClientBuilder clientCredentials(ClientCredentials credentials) {
		Assert.notNull(credentials, "'credentials' must not be null");
		return tokenSource((webClient, quotas) -> LimitedTokenSource.clientCredentials(this.endpoint, credentials,
				webClient, quotas, this.clock));
	}

	/**
	 * Sets the certificate that tokens are built from, as with Shengwang and Agora, those
	 * of users included.
	 * @param appId the App ID, 32 hexadecimal digits
	 * @param appCertificate the App certificate, 32 hexadecimal digits
	 * @param life how long a token lives, from a second to {@link TokenSources#MAX_LIFE}
	 * @return this builder
	 */
	public ImClientBuilder appCertificate(String appId, String appCertificate, Duration life) {
		Assert.notNull(appId, "'appId' must not be null");
		Assert.notNull(appCertificate, "'appCertificate' must not be null");
		Assert.notNull(life, "'life' must not be null");
		return tokenSource((webClient, quotas) -> TokenSources.accessToken2(appId, appCertificate, life, this.clock))
			.userTokens(TokenSources.userTokens(appId, appCertificate, () -> this.clock.instant()));
	}

	/**
	 * Sets a token that was obtained elsewhere.
	 * @param token the token
	 * @return this builder
	 */
	public ImClientBuilder token(String token) {
		Assert.notNull(token, "'token' must not be null");
		return tokenSource((webClient, quotas) -> TokenSources.fixed(token, this.clock));
	}

	/**
	 * Sets where tokens come from; the client keeps and renews them.
	 * @param tokenSource the source
	 * @return this builder
	 */
	public ImClientBuilder tokenSource(TokenSource tokenSource) {
		Assert.notNull(tokenSource, "'tokenSource' must not be null");
		return tokenSource((webClient, quotas) -> tokenSource);
	}

	private ImClientBuilder tokenSource(BiFunction<Supplier<WebClient>, QuotaLimiter, TokenSource> tokenSource) {
		this.tokenSource = tokenSource;
		this.tokenProvider = null;
		this.userTokens = null;
		return this;
	}

	/**
	 * Sets what hands out the token. Of all that says where tokens come from, what was
	 * set last counts.
	 * @param tokenProvider the provider
	 * @return this builder
	 */
	public ImClientBuilder tokenProvider(TokenProvider tokenProvider) {
		Assert.notNull(tokenProvider, "'tokenProvider' must not be null");
		this.tokenProvider = tokenProvider;
		return this;
	}

	/**
	 * Sets what builds the tokens that users log in with; the service issues them unless
	 * this or {@link #appCertificate} is set behind what else says where tokens come
	 * from.
	 * @param userTokens builds a token for a user, or {@code null} to have the service
	 * issue it
	 * @return this builder
	 * @since 0.1.0
	 */
	public ImClientBuilder userTokens(@Nullable UserTokenBuilder userTokens) {
		this.userTokens = userTokens;
		return this;
	}

	/**
	 * Sets what keeps the quotas; a limiter of each client's own, at the service's
	 * default limits, unless set. It is closed with the client.
	 * @param quotas the limiter
	 * @return this builder
	 */
	public ImClientBuilder quotas(QuotaLimiter quotas) {
		Assert.notNull(quotas, "'quotas' must not be null");
		this.quotas = quotas;
		return this;
	}

	/**
	 * Sets what the HTTP client is built from: connector, timeouts, filters. Its
	 * connector must follow no redirects and repeat nothing on its own. With Reactor
	 * Netty, have {@link StrictReactorNetty} prepare the client of the connector; that is
	 * what is done unless this is set. A default header {@code User-Agent} takes the
	 * place of the one that names this client and its version.
	 * @param webClient a builder, which is not changed
	 * @return this builder
	 */
	public ImClientBuilder webClient(WebClient.Builder webClient) {
		Assert.notNull(webClient, "'webClient' must not be null");
		return webClient(webClient.clone()::clone);
	}

	/**
	 * Sets what the HTTP client is built from, as {@link #webClient(WebClient.Builder)}
	 * does, and makes it only with the first call.
	 * @param webClient makes a builder, which may be changed
	 * @return this builder
	 * @since 0.1.0
	 */
	public ImClientBuilder webClient(Supplier<WebClient.Builder> webClient) {
		Assert.notNull(webClient, "'webClient' must not be null");
		this.webClient = webClient;
		return this;
	}

	/**
	 * Sets how failed calls are repeated; {@link RetrySettings#DEFAULTS} unless set.
	 * @param retry the settings
	 * @return this builder
	 */
	public ImClientBuilder retry(RetrySettings retry) {
		Assert.notNull(retry, "'retry' must not be null");
		this.retry = retry;
		return this;
	}

	/**
	 * Sets the time that a whole call may take, waiting and retries included; 30 s unless
	 * set.
	 * @param timeout the time
	 * @return this builder
	 */
	public ImClientBuilder timeout(Duration timeout) {
		Assert.notNull(timeout, "'timeout' must not be null");
		this.timeout = timeout;
		return this;
	}

	/**
	 * Sets the time that calls are given which wait for their quota when the client is
	 * closed; 10 s unless set.
	 * @param shutdownTimeout the time, not negative
	 * @return this builder
	 */
	public ImClientBuilder shutdownTimeout(Duration shutdownTimeout) {
		Assert.notNull(shutdownTimeout, "'shutdownTimeout' must not be null");
		this.shutdownTimeout = shutdownTimeout;
		return this;
	}

	/**
	 * Sets how messages to many recipients are sent; {@link BulkOptions#DEFAULTS} unless
	 * set.
	 * @param bulkOptions the options
	 * @return this builder
	 */
	public ImClientBuilder bulkOptions(BulkOptions bulkOptions) {
		Assert.notNull(bulkOptions, "'bulkOptions' must not be null");
		this.bulkOptions = bulkOptions;
		return this;
	}

	/**
	 * Sets how long the service may be silent while a request is sent or its answer is
	 * awaited and read; 10 s unless set. Replaces the HTTP client's own timeouts of that
	 * kind, which are best left unset.
	 * @param readTimeout the time
	 * @return this builder
	 */
	public ImClientBuilder readTimeout(Duration readTimeout) {
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
	public ImClientBuilder maxResponseSize(int maxResponseSize) {
		this.maxResponseSize = maxResponseSize;
		return this;
	}

	/**
	 * Sets the bounds of chatrooms that the service may have raised;
	 * {@link ChatroomSettings#DEFAULTS} unless set.
	 * @param chatroomSettings the bounds
	 * @return this builder
	 */
	public ImClientBuilder chatroomSettings(ChatroomSettings chatroomSettings) {
		Assert.notNull(chatroomSettings, "'chatroomSettings' must not be null");
		this.chatroomSettings = chatroomSettings;
		return this;
	}

	/**
	 * Sets where calls are observed; nowhere unless set. HTTP requests are named as
	 * Spring names them; for other names set a WebClient with a convention of its own.
	 * @param observationRegistry the registry
	 * @return this builder
	 */
	public ImClientBuilder observationRegistry(ObservationRegistry observationRegistry) {
		Assert.notNull(observationRegistry, "'observationRegistry' must not be null");
		this.observationRegistry = observationRegistry;
		return this;
	}

	/**
	 * Sets how calls are named and tagged;
	 * {@link io.github.imspring.observation.DefaultImClientObservationConvention} unless
	 * set.
	 * @param observationConvention the convention
	 * @return this builder
	 */
	public ImClientBuilder observationConvention(ImClientObservationConvention observationConvention) {
		Assert.notNull(observationConvention, "'observationConvention' must not be null");
		this.observationConvention = observationConvention;
		return this;
	}

	/**
	 * Sets the name that observations and metrics know the client by;
	 * {@value CallObservations#DEFAULT_ACCOUNT} unless set.
	 * @param account the name, one of few, because it becomes a tag
	 * @return this builder
	 */
	public ImClientBuilder account(String account) {
		Assert.notNull(account, "'account' must not be null");
		this.account = account;
		return this;
	}

	/**
	 * Sets who hears what becomes of the calls; nobody unless set.
	 * @param callListener the listener
	 * @return this builder
	 */
	public ImClientBuilder callListener(CallListener callListener) {
		Assert.notNull(callListener, "'callListener' must not be null");
		this.callListener = callListener;
		return this;
	}

	/**
	 * Sets the clock that tokens are kept by; the system's unless set.
	 * @param clock the clock
	 * @return this builder
	 */
	public ImClientBuilder clock(InstantSource clock) {
		Assert.notNull(clock, "'clock' must not be null");
		this.clock = clock;
		return this;
	}

	/**
	 * Sets what hints call the settings; {@link SettingNames#JAVA} unless set.
	 * @param settingNames the names
	 * @return this builder
	 */
	public ImClientBuilder settingNames(SettingNames settingNames) {
		Assert.notNull(settingNames, "'settingNames' must not be null");
		this.settingNames = settingNames;
		return this;
	}

	/**
	 * Builds the client. Nothing is sent before the first call.
	 * @return a new client
	 * @throws IllegalStateException if nothing says where tokens come from
	 */
	public ImClient build() {
		return new ImClient(this);
	}

	TokenProvider tokenProvider(Supplier<WebClient> webClient, QuotaLimiter quotas) {
		if (this.tokenProvider != null) {
			return this.tokenProvider;
		}
		if (this.tokenSource == null) {
			throw new IllegalStateException("Set credentials, a token, a TokenSource or a TokenProvider");
		}
		TokenSource source = this.tokenSource.apply(webClient, quotas);
		return ManagedTokenProvider.builder(source).clock(this.clock).settingNames(this.settingNames).build();
	}

}
