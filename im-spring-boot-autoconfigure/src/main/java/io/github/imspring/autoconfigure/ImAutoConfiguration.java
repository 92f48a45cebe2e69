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

import io.github.imspring.observation.ImClientObservationConvention;
import io.github.imspring.quota.store.QuotaStoreFactory;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Auto-configuration of the IM client. {@link ImAccountsRegistrar} registers the beans of
 * the accounts.
 *
 * @since 0.1.0
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

	/**
	 * The bean that makes the beans of all accounts.
	 */
	static final String CLIENT_FACTORY = "imClientFactory";

	@Bean(CLIENT_FACTORY)
	ImClientFactory imClientFactory(ConfigurableListableBeanFactory beans, ImProperties properties,
			ObjectProvider<ClientHttpConnectorBuilder<?>> connectorBuilder, ObjectProvider<SslBundles> sslBundles,
			ObjectProvider<ImWebClientCustomizer> webClientCustomizers,
			ObjectProvider<ImClientBuilderCustomizer> clientCustomizers,
			ObjectProvider<ObservationRegistry> observationRegistry,
			ObjectProvider<ImClientObservationConvention> observationConvention,
			ObjectProvider<RateLimiterRegistry> rateLimiterRegistry, ObjectProvider<QuotaStoreFactory> quotaStores,
			ObjectProvider<ImClientInstrumentation> instrumentations, Environment environment) {
		UnquotedTexts.check(environment);
		return new ImClientFactory(beans, properties, connectorBuilder, sslBundles, webClientCustomizers,
				clientCustomizers, observationRegistry, observationConvention, rateLimiterRegistry, quotaStores,
				new ImInstrumentations(instrumentations));
	}

	@Bean
	ImAccounts imAccounts(ListableBeanFactory beans) {
		return ImAccounts.of(beans);
	}

}
