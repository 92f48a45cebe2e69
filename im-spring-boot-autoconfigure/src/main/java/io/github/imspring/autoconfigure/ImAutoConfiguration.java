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

package io.github.imspring.autoconfigure;

import io.github.imspring.ImClient;
import io.github.imspring.autoconfigure.ImProperties.Store;
import io.github.imspring.chatroom.ChatroomOperations;
import io.github.imspring.exchange.ImRestOperations;
import io.github.imspring.file.FileOperations;
import io.github.imspring.message.MessageOperations;
import io.github.imspring.metadata.ChatroomMetadataOperations;
import io.github.imspring.observation.ImClientObservationConvention;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.quota.QuotaLimiterBuilder;
import io.github.imspring.quota.QuotaStoreFactory;
import io.github.imspring.token.ManagedTokenProvider;
import io.github.imspring.token.TokenProvider;
import io.github.imspring.token.TokenSource;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.util.StringUtils;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Auto-configuration of the IM client.
 */
@AutoConfiguration(
		afterName = { "org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration",
				"org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
				"io.github.resilience4j.springboot.ratelimiter.autoconfigure.RateLimiterAutoConfiguration" })
@ConditionalOnClass(WebClient.class)
@ConditionalOnBooleanProperty(name = "im.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ImProperties.class)
public final class ImAutoConfiguration {

	private static final String PREFIX = "im.";

	@Bean
	@ConditionalOnMissingBean(ImConnectionDetails.class)
	PropertiesImConnectionDetails imConnectionDetails(ImProperties properties) {
		return new PropertiesImConnectionDetails(properties);
	}

	@Bean
	ImTransport imTransport(ImProperties properties, ImConnectionDetails details,
			ObjectProvider<ClientHttpConnectorBuilder<?>> connectorBuilder, ObjectProvider<SslBundles> sslBundles,
			ObjectProvider<ImWebClientCustomizer> customizers, ObjectProvider<ObservationRegistry> observations) {
		String bundle = properties.getHttp().getSsl().getBundle();
		ImHttpConnector connector = new ImHttpConnector(
				connectorBuilder.getIfAvailable(ClientHttpConnectorBuilder::detect), properties.getHttp(),
				properties.getQuota().getMaxWaiting(),
				StringUtils.hasText(bundle) ? sslBundles.getObject().getBundle(bundle) : null);
		return new ImTransport(new ImConnectionSettings(details, PREFIX).endpoint(), connector, (webClient) -> {
			observations.ifAvailable(webClient::observationRegistry);
			customizers.orderedStream().forEach((customizer) -> customizer.customize(webClient));
		});
	}

	@Bean
	@ConditionalOnMissingBean(TokenProvider.class)
	ManagedTokenProvider imTokenProvider(ImProperties properties, ImConnectionDetails details, ImTransport transport,
			ObjectProvider<TokenSource> tokenSource) {
		return ManagedTokenProvider.builder(tokenSource.getIfAvailable(
				() -> new ImConnectionSettings(details, PREFIX).tokenSource(properties.getAuth().getTtl(), transport)))
			.build();
	}

	@Bean
	@ConditionalOnMissingBean
	QuotaLimiter imQuotaLimiter(ImProperties properties, ImConnectionDetails details,
			ObjectProvider<QuotaStoreFactory> stores) {
		if (!properties.getQuota().isEnabled()) {
			return QuotaLimiter.unlimited();
		}
		QuotaLimiterBuilder builder = QuotaLimiter.builder().settings(properties.getQuota().settings());
		if (properties.getQuota().getStore() == Store.REDIS) {
			builder.store(storeFactory(stores).create(new ImConnectionSettings(details, PREFIX).appKey()),
					properties.getQuota().getInstances());
		}
		return builder.build();
	}

	private static QuotaStoreFactory storeFactory(ObjectProvider<QuotaStoreFactory> stores) {
		QuotaStoreFactory factory = stores.getIfAvailable();
		if (factory == null) {
			throw new ImConfigurationException(
					"'im.quota.store' is 'redis' but there is no reactive connection to Redis.",
					"Add 'org.springframework.boot:spring-boot-starter-data-redis' and set 'spring.data.redis.*', or declare "
							+ "a bean of type ReactiveRedisConnectionFactory; or set 'im.quota.store' to 'local'.");
		}
		return factory;
	}

	@Bean
	@ConditionalOnMissingBean
	ImClient imClient(ImProperties properties, ImTransport transport, TokenProvider tokenProvider, QuotaLimiter quotas,
			ObjectProvider<ObservationRegistry> observations, ObjectProvider<ImClientObservationConvention> convention,
			ObjectProvider<ImClientBuilderCustomizer> customizers) {
		ImClient.Builder builder = ImClient.builder(transport.endpoint())
			.webClient(transport.webClient().mutate())
			.tokenProvider(tokenProvider)
			.quotas(quotas)
			.retry(properties.getRetry().settings())
			.timeout(properties.getTimeout())
			.chatroomSettings(properties.getChatroom().settings())
			.maxResponseSize(Math.toIntExact(properties.getHttp().getMaxResponseSize().toBytes()));
		observations.ifAvailable(builder::observationRegistry);
		convention.ifAvailable(builder::observationConvention);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return builder.build();
	}

	@Bean
	@ConditionalOnMissingBean
	MessageOperations messageOperations(ImClient client) {
		return client.messages();
	}

	@Bean
	@ConditionalOnMissingBean
	ChatroomOperations chatroomOperations(ImClient client) {
		return client.chatrooms();
	}

	@Bean
	@ConditionalOnMissingBean
	ChatroomMetadataOperations chatroomMetadataOperations(ImClient client) {
		return client.chatroomMetadata();
	}

	@Bean
	@ConditionalOnMissingBean
	FileOperations fileOperations(ImClient client) {
		return client.files();
	}

	@Bean
	@ConditionalOnMissingBean
	ImRestOperations imRestOperations(ImClient client) {
		return client.rest();
	}

	@Bean
	@ConditionalOnBooleanProperty("im.auth.eager")
	ImFirstToken imFirstToken(TokenProvider tokenProvider, ImProperties properties) {
		return new ImFirstToken(tokenProvider, properties.getTimeout());
	}

}
