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

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import io.github.imspring.ImClient;
import io.github.imspring.ImClientBuilder;
import io.github.imspring.autoconfigure.ImAccountProperties.Store;
import io.github.imspring.observation.HttpRequestConvention;
import io.github.imspring.observation.ImClientObservationConvention;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.quota.QuotaLimiterBuilder;
import io.github.imspring.quota.store.QuotaStoreFactory;
import io.github.imspring.token.ManagedTokenProvider;
import io.github.imspring.token.TokenProvider;
import io.github.imspring.token.TokenSource;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.http.client.autoconfigure.reactive.ClientHttpConnectorBuilderCustomizer;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpMethod;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientRequestObservationContext;

/**
 * Makes the parts of the client of an account from what is configured for it and from the
 * beans that all accounts share.
 */
final class ImClientFactory {

	private static final Duration SHORT_TIMEOUT = Duration.ofMillis(500);

	private static final Log logger = LogFactory.getLog(ImClientFactory.class);

	private static final String REDIS_CONNECTION = "org.springframework.data.redis.connection.ReactiveRedisConnectionFactory";

	private final ConfigurableListableBeanFactory beans;

	private final ImProperties properties;

	private final ObjectProvider<ClientHttpConnectorBuilder<?>> connectorBuilder;

	private final ObjectProvider<SslBundles> sslBundles;

	private final ObjectProvider<ImWebClientCustomizer> webClientCustomizers;

	private final ObjectProvider<ImClientBuilderCustomizer> clientCustomizers;

	private final ObjectProvider<ObservationRegistry> observationRegistry;

	private final ObjectProvider<ImClientObservationConvention> observationConvention;

	private final ObjectProvider<RateLimiterRegistry> rateLimiterRegistry;

	private final ObjectProvider<QuotaStoreFactory> quotaStores;

	private final ImClientInstrumentation instrumentation;

	ImClientFactory(ConfigurableListableBeanFactory beans, ImProperties properties,
			ObjectProvider<ClientHttpConnectorBuilder<?>> connectorBuilder, ObjectProvider<SslBundles> sslBundles,
			ObjectProvider<ImWebClientCustomizer> webClientCustomizers,
			ObjectProvider<ImClientBuilderCustomizer> clientCustomizers,
			ObjectProvider<ObservationRegistry> observationRegistry,
			ObjectProvider<ImClientObservationConvention> observationConvention,
			ObjectProvider<RateLimiterRegistry> rateLimiterRegistry, ObjectProvider<QuotaStoreFactory> quotaStores,
			ImClientInstrumentation instrumentation) {
		this.beans = beans;
		this.properties = properties;
		this.connectorBuilder = connectorBuilder;
		this.sslBundles = sslBundles;
		this.webClientCustomizers = webClientCustomizers;
		this.clientCustomizers = clientCustomizers;
		this.observationRegistry = observationRegistry;
		this.observationConvention = observationConvention;
		this.rateLimiterRegistry = rateLimiterRegistry;
		this.quotaStores = quotaStores;
		this.instrumentation = instrumentation;
	}

	ImAccount primaryAccount(ImConnectionDetails details) {
		return ImAccount.primary(this.properties, details);
	}

	ImAccount namedAccount(String name, @Nullable ImConnectionDetails details) {
		ImAccountProperties account = this.properties.getAccounts().get(name);
		if (account == null) {
			throw new ImConfigurationException("'im.accounts.%s' is not set.".formatted(name),
					"Set 'im.accounts.%s' as you would 'im'.".formatted(name));
		}
		return ImAccount.named(name, account, (details != null) ? details : new PropertiesImConnectionDetails(account));
	}

	ImClientLifecycle clientLifecycle(String name, ImClient client) {
		return new ImClientLifecycle(name, client, this.beans);
	}

	Object operations(Class<?> type, ImClient client) {
		return ImSubject.operations(type, client);
	}

	/**
	 * The only bean of a type, or the primary one of several.
	 */
	private static <T> @Nullable T optional(ObjectProvider<T> beans, String withoutIt) {
		T bean = beans.getIfUnique();
		if (bean == null && beans.stream().findAny().isPresent()) {
			logger.warn("There are several beans for one purpose, and none is primary: " + withoutIt);
		}
		return bean;
	}

	ImTransport transport(ImAccount account) {
		ImAccountProperties properties = account.properties();
		boolean declared = isDeclared(ClientHttpConnectorBuilder.class);
		ImHttpConnector connector = new ImHttpConnector(
				this.connectorBuilder.getIfAvailable(ClientHttpConnectorBuilder::detect), !declared,
				properties.getHttp(), properties.getQuota().getMaxWaiting(), sslBundle(account));
		if (declared || isDeclared(ClientHttpConnectorBuilderCustomizer.class)) {
			connector.prepare();
		}
		// What asks for beans does so now: the first call may come on any thread.
		List<ImWebClientCustomizer> customizers = this.webClientCustomizers.orderedStream().toList();
		ObjectProvider<GlobalObservationConvention<?>> conventionBeans = this.beans
			.getBeanProvider(ResolvableType.forRawClass(GlobalObservationConvention.class));
		List<GlobalObservationConvention<?>> conventions = conventionBeans.stream().toList();
		ObservationRegistry registry = observationRegistry();
		ImTransport transport = new ImTransport(account.connection().endpoint(), connector, (webClient) -> {
			if (!nameHttpRequests(conventions)) {
				webClient.observationConvention(new HttpRequestConvention());
			}
			if (registry != null) {
				webClient.observationRegistry(registry);
			}
			customizers.forEach((customizer) -> customizer.customize(webClient));
		});
		if (!customizers.isEmpty()) {
			transport.prepare();
		}
		return transport;
	}

	/**
	 * Whether the application names all HTTP requests, which a convention of our own
	 * would take precedence over.
	 */
	private static boolean nameHttpRequests(List<GlobalObservationConvention<?>> conventions) {
		ClientRequestObservationContext context = new ClientRequestObservationContext(
				ClientRequest.create(HttpMethod.GET, URI.create("/")));
		return conventions.stream().anyMatch((convention) -> convention.supportsContext(context));
	}

	/**
	 * Whether the application declares such a bean, rather than leaving it to Spring
	 * Boot.
	 */
	private boolean isDeclared(Class<?> type) {
		return Arrays.stream(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beans, type))
			.anyMatch((name) -> !isOfSpringBoot(name));
	}

	private boolean isOfSpringBoot(String name) {
		try {
			String factory = this.beans.getMergedBeanDefinition(name).getFactoryBeanName();
			Class<?> type = (factory != null) ? this.beans.getType(factory) : null;
			return type != null && type.getPackage() == ReactiveHttpClientAutoConfiguration.class.getPackage();
		}
		catch (NoSuchBeanDefinitionException ex) {
			return false;
		}
	}

	private @Nullable SslBundle sslBundle(ImAccount account) {
		String name = account.properties().getHttp().getSsl().getBundle();
		if (!StringUtils.hasText(name)) {
			return null;
		}
		SslBundles bundles = this.sslBundles.getObject();
		try {
			return bundles.getBundle(name);
		}
		catch (NoSuchSslBundleException ex) {
			throw account.misconfigured("http.ssl.bundle",
					"is '%s', but there is no such SSL bundle; there are %s.".formatted(name, bundles.getBundleNames()),
					"Define it under 'spring.ssl.bundle', or set '%s' to one that is there.");
		}
	}

	ManagedTokenProvider tokenProvider(ImAccount account, ImTransport transport, QuotaLimiter quotas,
			@Nullable TokenSource source) {
		TokenSource fromCredentials = (source != null) ? source
				: account.connection().tokenSource(account.properties().getAuth().getTtl(), transport, quotas);
		return ManagedTokenProvider.builder(fromCredentials)
			.fetchTimeout(fetchTimeout(account.properties().getHttp()))
			.listener(this.instrumentation.tokenRefreshListener(account.name()))
			.settingNames(account.settingNames())
			.build();
	}

	/**
	 * Who lets the service be silent for long lets it be so for a token.
	 */
	private static Duration fetchTimeout(ImAccountProperties.Http http) {
		Duration longest = http.getConnectTimeout().plus(http.getReadTimeout());
		return (longest.compareTo(ManagedTokenProvider.DEFAULT_FETCH_TIMEOUT) > 0) ? longest
				: ManagedTokenProvider.DEFAULT_FETCH_TIMEOUT;
	}

	QuotaLimiter quotaLimiter(ImAccount account) {
		ImAccountProperties.Quota quota = account.properties().getQuota();
		if (!quota.isEnabled()) {
			return QuotaLimiter.unlimited();
		}
		QuotaLimiterBuilder builder = new QuotaLimiterBuilder().settings(account.quotaSettings())
			.namePrefix(account.rateLimiterPrefix())
			.listener(this.instrumentation.quotaListener(account.name()));
		RateLimiterRegistry registry = optional(this.rateLimiterRegistry,
				"the quotas are kept in a RateLimiterRegistry of their own");
		if (registry != null) {
			builder.registry(registry);
		}
		if (quota.getStore() == Store.REDIS) {
			builder.store(quotaStoreFactory(account).create(account.connection().appKey(), quota.getInstances()),
					quota.getInstances());
		}
		else if (quota.getInstances() > 1) {
			logger.warn(("'%1$squota.instances' is %2$d but '%1$squota.store' is 'local': each instance takes all of "
					+ "every quota. Set the store to 'redis', or give each its share with '%1$squota.limits'")
				.formatted(account.prefix(), quota.getInstances()));
		}
		return builder.build();
	}

	private @Nullable ObservationRegistry observationRegistry() {
		return optional(this.observationRegistry, "calls are not observed, for want of one ObservationRegistry");
	}

	private QuotaStoreFactory quotaStoreFactory(ImAccount account) {
		QuotaStoreFactory factory = this.quotaStores.getIfAvailable();
		if (factory == null) {
			String[] connections = redisConnections();
			if (connections.length > 1) {
				throw account.misconfigured("quota.store",
						"is 'redis', but there are %d reactive connections to Redis, and none is primary: %s."
							.formatted(connections.length, String.join(", ", connections)),
						"Mark one of them @Primary, or declare a bean of type QuotaStoreFactory; or set '%s' to 'local'.");
			}
			throw account.misconfigured("quota.store", "is 'redis', but there is no reactive connection to Redis.",
					"Add 'org.springframework.boot:spring-boot-starter-data-redis' and set 'spring.data.redis.*', or "
							+ "declare a bean of type ReactiveRedisConnectionFactory; or set '%s' to 'local'.");
		}
		return factory;
	}

	/**
	 * Redis need not be there: its type is known by name.
	 */
	private String[] redisConnections() {
		ClassLoader loader = this.beans.getBeanClassLoader();
		return ClassUtils.isPresent(REDIS_CONNECTION, loader) ? BeanFactoryUtils.beanNamesForTypeIncludingAncestors(
				this.beans, ClassUtils.resolveClassName(REDIS_CONNECTION, loader)) : new String[0];
	}

	private static void describe(ImAccount account, ImTransport transport) {
		ImAccountProperties properties = account.properties();
		ImAccountProperties.Quota quota = properties.getQuota();
		logger.info("IM account '%s' calls %s; its quotas are %s".formatted(account.name(), transport.endpoint(),
				!quota.isEnabled() ? "off"
						: (quota.getStore() == Store.REDIS) ? "shared in Redis" : "this instance's alone"));
		if (properties.getTimeout().compareTo(SHORT_TIMEOUT) < 0) {
			logger.warn("'%stimeout' is only %d ms: a number without a unit is milliseconds, 30s is 30 seconds"
				.formatted(account.prefix(), properties.getTimeout().toMillis()));
		}
	}

	ImClient client(ImAccount account, ImTransport transport, TokenProvider tokenProvider, QuotaLimiter quotas) {
		ImAccountProperties properties = account.properties();
		ImClientBuilder builder = ImClient.builder(transport.endpoint())
			.webClient(() -> transport.webClient().mutate())
			.tokenProvider(tokenProvider)
			.userTokens(account.connection().userTokens())
			.quotas(quotas)
			.account(account.name())
			.settingNames(account.settingNames())
			.callListener(this.instrumentation.callListener(account.name()))
			.retry(properties.getRetry().settings())
			.timeout(properties.getTimeout())
			.shutdownTimeout(properties.getShutdownTimeout())
			.bulkOptions(account.bulkOptions())
			.readTimeout(properties.getHttp().getReadTimeout())
			.chatroomSettings(properties.getChatroom().settings())
			.maxResponseSize(Math.toIntExact(properties.getHttp().getMaxResponseSize().toBytes()));
		ObservationRegistry registry = observationRegistry();
		if (registry != null) {
			builder.observationRegistry(registry);
		}
		ImClientObservationConvention convention = optional(this.observationConvention,
				"calls are observed with the default ImClientObservationConvention");
		if (convention != null) {
			builder.observationConvention(convention);
		}
		this.clientCustomizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		describe(account, transport);
		return builder.build();
	}

}
