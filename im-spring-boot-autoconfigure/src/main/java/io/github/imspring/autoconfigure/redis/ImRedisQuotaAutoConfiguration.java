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

import io.github.imspring.autoconfigure.ImAutoConfiguration;
import io.github.imspring.quota.redis.RedisQuotaStoreFactory;
import io.github.imspring.quota.store.QuotaStoreFactory;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

/**
 * Auto-configuration of quotas that several instances of the application share in Redis,
 * over the application's own connection.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = ImAutoConfiguration.class,
		afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@ConditionalOnClass({ ReactiveStringRedisTemplate.class, ReactiveRedisConnectionFactory.class })
@ConditionalOnBooleanProperty(name = "im.enabled", matchIfMissing = true)
public final class ImRedisQuotaAutoConfiguration {

	@Bean
	@ConditionalOnSingleCandidate(ReactiveRedisConnectionFactory.class)
	@ConditionalOnMissingBean(QuotaStoreFactory.class)
	RedisQuotaStoreFactory imQuotaStoreFactory(ReactiveRedisConnectionFactory connectionFactory) {
		return new RedisQuotaStoreFactory(connectionFactory);
	}

}
