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

package io.github.imspring.autoconfigure.endpoint;

import java.time.InstantSource;

import io.github.imspring.autoconfigure.ImAccounts;
import io.github.imspring.autoconfigure.ImAutoConfiguration;
import io.github.imspring.autoconfigure.callback.ImCallbackAutoConfiguration;
import io.github.imspring.autoconfigure.callback.ImCallbacks;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the actuator endpoint {@code im}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { ImAutoConfiguration.class, ImCallbackAutoConfiguration.class })
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnAvailableEndpoint(ImAccountsEndpoint.class)
@ConditionalOnBean(ImAccounts.class)
public final class ImEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RecentErrors imRecentErrors() {
		return new RecentErrors(InstantSource.system());
	}

	@Bean
	@ConditionalOnMissingBean
	ImAccountsEndpoint imAccountsEndpoint(ImAccounts accounts, RecentErrors errors,
			ObjectProvider<ImCallbacks> callbacks) {
		return new ImAccountsEndpoint(accounts, errors, callbacks.getIfAvailable());
	}

}
