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

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Explains an injection that names no account where there are only named ones.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 100)
final class ImAccountFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {

	private final Environment environment;

	ImAccountFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
		Class<?> type = (cause.getResolvableType() != null) ? cause.getResolvableType().resolve() : null;
		List<String> names = ImAccountNames.in(this.environment);
		if (names.isEmpty() || type == null || !ImAccountBeans.types().contains(type)) {
			return null;
		}
		String example = names.get(0);
		return new FailureAnalysis(
				"A bean of type %s was asked for, and no account that there is was named. The accounts are: %s."
					.formatted(type.getName(), String.join(", ", names)),
				("Name the account with @Qualifier(\"%s\"), inject ImAccounts for an account whose name is known at run "
						+ "time only, or configure an account directly under 'im'.")
					.formatted(example),
				cause);
	}

}
