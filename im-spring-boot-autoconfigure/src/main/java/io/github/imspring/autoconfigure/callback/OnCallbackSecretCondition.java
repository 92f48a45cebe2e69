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

package io.github.imspring.autoconfigure.callback;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Whether an account has a secret to verify callbacks with. A variable that is missing
 * counts as none.
 */
final class OnCallbackSecretCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("IM callback secrets");
		Binder binder = Binder.get(context.getEnvironment());
		List<String> keys = new ArrayList<>(List.of("im.callback.secrets"));
		for (String name : binder.bind("im.accounts", Bindable.mapOf(String.class, Object.class))
			.orElse(Map.of())
			.keySet()) {
			keys.add("im.accounts." + (name.matches("[a-z0-9-]+") ? name : "[" + name + "]") + ".callback.secrets");
		}
		for (String key : keys) {
			for (String secret : binder.bind(key, Bindable.listOf(String.class)).orElse(List.of())) {
				if (StringUtils.hasText(secret)) {
					return ConditionOutcome.match(message.because("'" + key + "' is set"));
				}
			}
		}
		return ConditionOutcome.noMatch(message.because("no account has 'callback.secrets'"));
	}

}
