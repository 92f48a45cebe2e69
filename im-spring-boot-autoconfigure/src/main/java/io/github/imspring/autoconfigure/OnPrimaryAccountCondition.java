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

import java.util.List;
import java.util.Map;

import io.github.imspring.ImClient;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Whether the application means an account directly under {@code im}: it says anything of
 * one, or has neither named accounts nor a client of its own, so that it is told what is
 * missing.
 */
final class OnPrimaryAccountCondition extends SpringBootCondition implements ConfigurationCondition {

	private static final List<String> KEYS = List.of("im.base-url", "im.org-name", "im.app-name", "im.app-id",
			"im.path-style", "im.auth.client-id", "im.auth.client-secret", "im.auth.app-certificate", "im.auth.token");

	@Override
	public ConfigurationPhase getConfigurationPhase() {
		return ConfigurationPhase.REGISTER_BEAN;
	}

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("Primary IM account");
		Binder binder = Binder.get(context.getEnvironment());
		for (String key : KEYS) {
			if (StringUtils.hasText(binder.bind(key, String.class).orElse(null))) {
				return ConditionOutcome.match(message.because("'" + key + "' is set"));
			}
		}
		if (binder.bind("im.accounts", Bindable.mapOf(String.class, Object.class)).orElse(Map.of()).size() > 0) {
			return ConditionOutcome.noMatch(message.because("accounts are set under 'im.accounts' alone"));
		}
		if (hasClient(context.getBeanFactory())) {
			return ConditionOutcome.noMatch(message.because("the application has an ImClient of its own"));
		}
		return ConditionOutcome.match(message.because("there is no other account"));
	}

	private static boolean hasClient(@Nullable ConfigurableListableBeanFactory beans) {
		return beans != null && beans.getBeanNamesForType(ImClient.class, true, false).length > 0;
	}

}
