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

package io.github.imspring.autoconfigure.redis;

import java.util.List;

import io.github.imspring.autoconfigure.ImAutoConfiguration;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.quota.QuotaStoreState;
import io.github.imspring.quota.redis.RedisQuotaStoreFactory;
import io.github.imspring.quota.store.QuotaStore;
import io.github.imspring.quota.store.QuotaStoreFactory;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ImRedisQuotaAutoConfiguration}.
 */
class ImRedisQuotaAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, ImAutoConfiguration.class,
				ImRedisQuotaAutoConfiguration.class))
		.withPropertyValues("im.base-url=http://localhost:1", "im.org-name=org", "im.app-name=app",
				"im.auth.token=token", "spring.data.redis.port=1");

	@Test
	void quotasAreLocalUnlessTheStoreIsRedis() {
		this.contextRunner.run((context) -> assertThat(context.getBean(QuotaLimiter.class).storeState())
			.isEqualTo(QuotaStoreState.LOCAL));
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void instancesWithoutAStoreAreWarnedOf(CapturedOutput output) {
		this.contextRunner.run((context) -> assertThat(output).doesNotContain("im.quota.instances"));
		this.contextRunner.withPropertyValues("im.quota.instances=3")
			.run((context) -> assertThat(output)
				.contains("'im.quota.instances' is 3 but 'im.quota.store' is 'local': each instance takes all"));
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void limiterThatTheApplicationConfiguresForAQuotaIsReplacedAloud(CapturedOutput output) {
		RateLimiterRegistry registry = RateLimiterRegistry.ofDefaults();
		registry.rateLimiter("im-send-message-calls", RateLimiterConfig.custom().limitForPeriod(7).build());
		this.contextRunner.withBean(RateLimiterRegistry.class, () -> registry).run((context) -> {
			assertThat(registry.rateLimiter("im-send-message-calls").getRateLimiterConfig().getLimitForPeriod())
				.isEqualTo(100);
			assertThat(output).contains("'im-send-message-calls' of the application is replaced");
		});
	}

	@Test
	void quotasAreSharedOverTheConnectionOfTheApplication() {
		this.contextRunner.withPropertyValues("im.quota.store=redis", "im.quota.instances=3").run((context) -> {
			assertThat(context).hasSingleBean(RedisQuotaStoreFactory.class);
			assertThat(context.getBean(QuotaLimiter.class).storeState()).isNotEqualTo(QuotaStoreState.LOCAL);
		});
	}

	@Test
	void storeOfTheApplicationIsUsedForTheAppKeyAndTheInstances() {
		this.contextRunner.withPropertyValues("im.quota.store=redis", "im.quota.instances=3")
			.withUserConfiguration(OwnStore.class)
			.run((context) -> {
				assertThat(context).doesNotHaveBean(RedisQuotaStoreFactory.class);
				assertThat(context.getBean(OwnStore.class).appKey).isEqualTo("org#app");
				assertThat(context.getBean(OwnStore.class).instances).isEqualTo(3);
			});
	}

	@Test
	void appIdIsTheAppKeyWhereThereIsNoOrganization() {
		this.contextRunner
			.withPropertyValues("im.quota.store=redis", "im.org-name=", "im.app-name=", "im.path-style=app-id",
					"im.app-id=970CA35de60c44645bbae8a215061b33")
			.withUserConfiguration(OwnStore.class)
			.run((context) -> assertThat(context.getBean(OwnStore.class).appKey)
				.isEqualTo("970CA35de60c44645bbae8a215061b33"));
	}

	@Test
	void startStopsIfThereIsNoClientOfRedis() {
		this.contextRunner.withPropertyValues("im.quota.store=redis")
			.withClassLoader(new FilteredClassLoader("org.springframework.data.redis"))
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("im.quota.store")
				.hasMessageContaining("no reactive connection to Redis"));
	}

	@Test
	void startStopsIfThereIsNoConnectionToRedis() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ImAutoConfiguration.class, ImRedisQuotaAutoConfiguration.class))
			.withPropertyValues("im.base-url=http://localhost:1", "im.org-name=org", "im.app-name=app",
					"im.auth.token=token", "im.quota.store=redis")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("no reactive connection to Redis"));
	}

	@Test
	void severalConnectionsDoNotStopAnApplicationThatKeepsItsQuotasLocally() {
		this.contextRunner.withUserConfiguration(TwoConnections.class)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(QuotaStoreFactory.class));
	}

	@Test
	void severalConnectionsAreNamedIfTheStoreIsRedis() {
		this.contextRunner.withUserConfiguration(TwoConnections.class)
			.withPropertyValues("im.quota.store=redis")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("'im.quota.store' is 'redis', but there are")
				.hasMessageContaining("reactive connections to Redis, and none is primary: one, other"));
	}

	@Test
	void quotasThatAreOffNeedNoStore() {
		this.contextRunner.withPropertyValues("im.quota.store=redis", "im.quota.enabled=false")
			.withClassLoader(new FilteredClassLoader("org.springframework.data.redis"))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnStore implements QuotaStoreFactory {

		private String appKey;

		private int instances;

		@Override
		public QuotaStore create(String appKey, int instances) {
			this.appKey = appKey;
			this.instances = instances;
			return (claims, lease, validFor) -> Mono.just(List.of());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoConnections {

		@Bean
		ReactiveRedisConnectionFactory one() {
			return new LettuceConnectionFactory("localhost", 1);
		}

		@Bean
		ReactiveRedisConnectionFactory other() {
			return new LettuceConnectionFactory("localhost", 1);
		}

	}

}
