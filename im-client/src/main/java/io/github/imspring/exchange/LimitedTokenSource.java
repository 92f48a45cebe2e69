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

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.github.imspring.error.ImApiException;
import io.github.imspring.error.ImQuotaExceededException;
import io.github.imspring.operation.Operations;
import io.github.imspring.operation.Quota.Unit;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.quota.QuotaRequest;
import io.github.imspring.token.AccessToken;
import io.github.imspring.token.ClientCredentials;
import io.github.imspring.token.TokenSource;
import io.github.imspring.token.TokenSources;
import reactor.core.publisher.Mono;

import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * A source that asks the service for its tokens and keeps the quota of 300 such calls a
 * second ("Limits on the calling frequency of the server-side APIs").
 *
 * @since 0.1.0
 */
public final class LimitedTokenSource implements TokenSource {

	private final Supplier<TokenSource> source;

	private final QuotaLimiter quotas;

	LimitedTokenSource(Supplier<TokenSource> source, QuotaLimiter quotas) {
		this.source = SingletonSupplier.of(source);
		this.quotas = quotas;
	}

	/**
	 * A source that buys tokens with client credentials, as with Easemob.
	 * @param endpoint where the app's resources are
	 * @param credentials client ID and client secret
	 * @param webClient makes what sends the requests, which follows no redirects; asked
	 * when the first token is fetched
	 * @param quotas keeps the quota
	 * @param clock the time at which a token is issued
	 * @return the source
	 */
	public static TokenSource clientCredentials(ImEndpoint endpoint, ClientCredentials credentials,
			Supplier<WebClient> webClient, QuotaLimiter quotas, InstantSource clock) {
		return new LimitedTokenSource(() -> TokenSources.clientCredentials(endpoint.resolve(List.of("token"), Map.of()),
				credentials, webClient.get(), WireFormat.jsonMapper(), clock), quotas);
	}

	@Override
	public Mono<AccessToken> fetch() {
		return this.quotas.acquire(QuotaRequest.of(Operations.TOKEN)).flatMap((grant) -> Mono.defer(() -> {
			grant.sent();
			return this.source.get().fetch();
		}).doOnNext((token) -> grant.answered()).doOnError(ImQuotaExceededException.class, (ex) -> {
			if (ex.retryable()) {
				grant.throttled(Unit.CALLS, ex.retryAfter());
			}
		})
			.doOnError(ImApiException.class, (ex) -> grant.answered())
			.doOnTerminate(grant::release)
			.doOnCancel(grant::release));
	}

}
