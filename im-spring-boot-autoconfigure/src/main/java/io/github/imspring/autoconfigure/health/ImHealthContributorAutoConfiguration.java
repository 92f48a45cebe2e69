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

package io.github.imspring.autoconfigure.health;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.imspring.autoconfigure.ImAccounts;
import io.github.imspring.autoconfigure.ImAutoConfiguration;
import io.github.imspring.autoconfigure.callback.ImCallbackAutoConfiguration;
import io.github.imspring.autoconfigure.callback.ImCallbacks;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health of the IM client: {@code im}, with a component for
 * each account if there are several.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { ImAutoConfiguration.class, ImCallbackAutoConfiguration.class })
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(type = "io.github.imspring.autoconfigure.ImAccount")
@ConditionalOnEnabledHealthIndicator("im")
public final class ImHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "imHealthIndicator", "imHealthContributor" })
	HealthContributor imHealthContributor(ImAccounts accounts, ObjectProvider<ImCallbacks> callbacks) {
		Map<String, HealthIndicator> indicators = new LinkedHashMap<>();
		accounts.forEach((account) -> indicators.put(account.name(),
				new ImHealthIndicator(account, callbacks.getIfAvailable())));
		return (indicators.size() == 1) ? indicators.values().iterator().next()
				: CompositeHealthContributor.fromMap(indicators);
	}

}
