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

package io.github.imspring.autoconfigure.metrics;

import io.github.imspring.autoconfigure.ImAccounts;
import io.github.imspring.autoconfigure.ImAutoConfiguration;
import io.github.imspring.autoconfigure.callback.ImCallbackAutoConfiguration;
import io.github.imspring.autoconfigure.callback.ImCallbacks;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the meters of the IM client.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { ImAutoConfiguration.class, ImCallbackAutoConfiguration.class },
		afterName = { "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration" })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ MeterRegistry.class, ImAccounts.class })
public final class ImMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ImClientMetrics imClientMetrics(MeterRegistry registry, ObjectProvider<ImAccounts> accounts) {
		return new ImClientMetrics(registry, accounts);
	}

	@Bean
	@ConditionalOnMissingBean
	ImCallbackMetrics imCallbackMetrics(MeterRegistry registry, ObjectProvider<ImCallbacks> callbacks) {
		return new ImCallbackMetrics(registry, callbacks);
	}

}
