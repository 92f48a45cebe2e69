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

import java.util.stream.Stream;

import io.github.imspring.ImClient;
import io.github.imspring.chatroom.ChatroomMemberOperations;
import io.github.imspring.chatroom.ChatroomOperations;
import io.github.imspring.group.GroupOperations;
import io.github.imspring.user.UserOperations;
import io.github.imspring.exchange.ImRestOperations;
import io.github.imspring.file.FileOperations;
import io.github.imspring.message.MessageOperations;
import io.github.imspring.metadata.ChatroomMetadataOperations;
import io.github.imspring.observation.ImClientObservationConvention;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.quota.store.QuotaStoreFactory;
import io.github.imspring.token.ManagedTokenProvider;
import io.github.imspring.token.TokenProvider;
import io.github.imspring.token.TokenSource;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
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
@Import(ImAccountsRegistrar.class)
public final class ImAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(ImConnectionDetails.class)
	@Conditional(OnPrimaryAccountCondition.class)
	PropertiesImConnectionDetails imConnectionDetails(ImProperties properties) {
		return new PropertiesImConnectionDetails(properties);
	}

	@Bean
	ImClientFactory imClientFactory(ConfigurableListableBeanFactory beans,
			ObjectProvider<ClientHttpConnectorBuilder<?>> connectorBuilder, ObjectProvider<SslBundles> sslBundles,
			ObjectProvider<ImWebClientCustomizer> webClientCustomizers,
			ObjectProvider<ImClientBuilderCustomizer> clientCustomizers,
			ObjectProvider<ObservationRegistry> observationRegistry,
			ObjectProvider<ImClientObservationConvention> observationConvention,
			ObjectProvider<RateLimiterRegistry> rateLimiterRegistry, ObjectProvider<QuotaStoreFactory> quotaStores,
			ObjectProvider<ImClientInstrumentation> instrumentations) {
		return new ImClientFactory(beans, connectorBuilder, sslBundles, webClientCustomizers, clientCustomizers,
				observationRegistry, observationConvention, rateLimiterRegistry, quotaStores,
				new ImInstrumentations(instrumentations));
	}

	@Bean
	@ConditionalOnBean(ImConnectionDetails.class)
	ImAccount imAccount(ImProperties properties, ImConnectionDetails details) {
		return ImAccount.primary(properties, details);
	}

	@Bean
	@ConditionalOnBean(ImAccount.class)
	ImTransport imTransport(ImClientFactory factory, ImAccount account) {
		return factory.transport(account);
	}

	@Bean
	@ConditionalOnBean(ImAccount.class)
	@ConditionalOnMissingBean(TokenProvider.class)
	ManagedTokenProvider imTokenProvider(ImClientFactory factory, ImAccount account, ImTransport transport,
			QuotaLimiter quotas, ObjectProvider<TokenSource> tokenSource) {
		return factory.tokenProvider(account, transport, quotas, tokenSource.getIfAvailable());
	}

	@Bean
	@ConditionalOnBean(ImAccount.class)
	@ConditionalOnMissingBean
	QuotaLimiter imQuotaLimiter(ImClientFactory factory, ImAccount account) {
		return factory.quotaLimiter(account);
	}

	@Bean
	ImAccounts imAccounts(ObjectProvider<ImAccount> primary, ObjectProvider<TokenProvider> tokenProvider,
			ObjectProvider<QuotaLimiter> quotas, ObjectProvider<ImNamedAccount> named) {
		return new ImAccounts(Stream
			.concat(primary.stream()
				.map((account) -> new ImAccounts.Account(account.name(), tokenProvider.getObject(),
						quotas.getObject())),
					named.orderedStream().map(ImNamedAccount::account))
			.toList());
	}

	@Bean
	@ConditionalOnBean(ImAccount.class)
	@ConditionalOnMissingBean
	ImClient imClient(ImClientFactory factory, ImAccount account, ImTransport transport, TokenProvider tokenProvider,
			QuotaLimiter quotas) {
		return factory.client(account, transport, tokenProvider, quotas);
	}

	@Bean
	@ConditionalOnBean(ImClient.class)
	ImClientLifecycle imClientLifecycle(ImClient client) {
		return new ImClientLifecycle(client);
	}

	@Bean
	@ConditionalOnBean(ImClient.class)
	@ConditionalOnMissingBean
	MessageOperations messageOperations(ImClient client) {
		return client.messages();
	}

	@Bean
	@ConditionalOnBean(ImClient.class)
	@ConditionalOnMissingBean
	ChatroomOperations chatroomOperations(ImClient client) {
		return client.chatrooms();
	}

	@Bean
	@ConditionalOnBean(ImClient.class)
	@ConditionalOnMissingBean
	ChatroomMetadataOperations chatroomMetadataOperations(ImClient client) {
		return client.chatroomMetadata();
	}

	@Bean
	@ConditionalOnBean(ImClient.class)
	@ConditionalOnMissingBean
	ChatroomMemberOperations imChatroomMemberOperations(ImClient client) {
		return client.chatroomMembers();
	}

	@Bean
	@ConditionalOnBean(ImClient.class)
	@ConditionalOnMissingBean
	GroupOperations imGroupOperations(ImClient client) {
		return client.groups();
	}

	@Bean
	@ConditionalOnBean(ImClient.class)
	@ConditionalOnMissingBean
	UserOperations imUserOperations(ImClient client) {
		return client.users();
	}

	@Bean
	@ConditionalOnBean(ImClient.class)
	@ConditionalOnMissingBean
	FileOperations fileOperations(ImClient client) {
		return client.files();
	}

	@Bean
	@ConditionalOnBean(ImClient.class)
	@ConditionalOnMissingBean
	ImRestOperations imRestOperations(ImClient client) {
		return client.rest();
	}

	@Bean
	@ConditionalOnBooleanProperty("im.auth.eager")
	@ConditionalOnBean(TokenProvider.class)
	ImFirstToken imFirstToken(TokenProvider tokenProvider, ImProperties properties) {
		return new ImFirstToken(ImAccount.PRIMARY_PREFIX, tokenProvider, properties.getTimeout());
	}

}
