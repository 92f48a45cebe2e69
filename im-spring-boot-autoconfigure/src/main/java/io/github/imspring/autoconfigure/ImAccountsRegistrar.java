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

import io.github.imspring.ImClient;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Registers the beans of all accounts: of the one directly under {@code im}, which are
 * injected wherever nothing else is asked for, and of those under {@code im.accounts},
 * which are injected where a qualifier names the account.
 */
final class ImAccountsRegistrar implements ImportBeanDefinitionRegistrar, EnvironmentAware, BeanFactoryAware {

	private static final List<String> KEYS = List.of("im.base-url", "im.org-name", "im.app-name", "im.app-id",
			"im.path-style", "im.auth.client-id", "im.auth.client-secret", "im.auth.app-certificate", "im.auth.token");

	private @Nullable Environment environment;

	private @Nullable ConfigurableListableBeanFactory beans;

	@Override
	public void setEnvironment(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		this.beans = (ConfigurableListableBeanFactory) beanFactory;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		Assert.state(this.environment != null && this.beans != null, "The container sets both before");
		List<String> names = ImAccountNames.in(this.environment);
		names.forEach((name) -> ImAccountBeans.qualifyNamesakes(registry, name));
		this.beans.clearMetadataCache();
		ImBeanCandidates candidates = new ImBeanCandidates(this.beans, names);
		registerPrimary(registry, candidates, names, this.environment);
		for (String name : names) {
			new ImAccountBeans(registry, candidates, name)
				.registerConfigured(candidates.find(ImConnectionDetails.class, name));
		}
	}

	private static void registerPrimary(BeanDefinitionRegistry registry, ImBeanCandidates candidates,
			List<String> names, Environment environment) {
		ImAccountBeans primary = new ImAccountBeans(registry, candidates, null);
		String details = candidates.find(ImConnectionDetails.class, null);
		if (details == null && isMeant(candidates, names, environment)) {
			details = ImAccountBeans.nameOf(ImConnectionDetails.class, null);
			registry.registerBeanDefinition(details, new RootBeanDefinition(PropertiesImConnectionDetails.class));
		}
		if (details != null) {
			primary.registerConfigured(details);
		}
		else {
			primary.registerUnconfigured();
		}
	}

	/**
	 * Whether the application means an account directly under {@code im}: it says
	 * anything of one, or has neither named accounts nor a client of its own, so that it
	 * hears what is missing.
	 */
	private static boolean isMeant(ImBeanCandidates candidates, List<String> names, Environment environment) {
		Binder binder = Binder.get(environment);
		return KEYS.stream().anyMatch((key) -> StringUtils.hasText(binder.bind(key, String.class).orElse(null)))
				|| (names.isEmpty() && !candidates.has(ImClient.class, null));
	}

}
