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
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;

/**
 * The beans that there are already, in this context and in those above it, by the account
 * that they are meant for: the one that a qualifier or the bean's name names, or else the
 * account directly under {@code im}.
 */
final class ImBeanCandidates {

	private final ConfigurableListableBeanFactory beans;

	private final List<String> accounts;

	ImBeanCandidates(ConfigurableListableBeanFactory beans, List<String> accounts) {
		this.beans = beans;
		this.accounts = accounts;
	}

	/**
	 * The bean of a type that is meant for an account.
	 * @param type the type
	 * @param account the name under {@code im.accounts}, or {@code null} for the account
	 * directly under {@code im}
	 * @return the name of the bean, or {@code null} if there is none
	 * @throws ImConfigurationException if there are several and none is primary
	 */
	@Nullable String find(Class<?> type, @Nullable String account) {
		List<String> names = names(type, account);
		if (names.size() < 2) {
			return names.isEmpty() ? null : names.get(0);
		}
		List<String> primary = names.stream().filter(this::isPrimary).toList();
		if (primary.size() != 1) {
			throw new ImConfigurationException(
					"there are %d beans of type %s for the account %s: %s.".formatted(names.size(),
							type.getSimpleName(),
							(account != null) ? "'im.accounts." + account + "'" : "directly under 'im'",
							String.join(", ", names)),
					"Mark one of them @Primary, or say with @Qualifier which account under 'im.accounts' one is for.");
		}
		return primary.get(0);
	}

	/**
	 * Whether there is any bean of a type that is meant for an account.
	 */
	boolean has(Class<?> type, @Nullable String account) {
		return !names(type, account).isEmpty();
	}

	private List<String> names(Class<?> type, @Nullable String account) {
		return Stream.of(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beans, type, true, false))
			.filter((name) -> (account != null) ? isFor(account, name) : isForPrimary(name))
			.toList();
	}

	private boolean isFor(String account, String name) {
		return BeanFactoryAnnotationUtils.isQualifierMatch(account::equals, name, owner(name));
	}

	private boolean isForPrimary(String name) {
		return this.accounts.stream().noneMatch((account) -> isFor(account, name)) && isCandidate(name);
	}

	private boolean isCandidate(String name) {
		AbstractBeanDefinition definition = definition(name);
		return definition == null || (definition.isAutowireCandidate() && definition.isDefaultCandidate());
	}

	private boolean isPrimary(String name) {
		AbstractBeanDefinition definition = definition(name);
		return definition != null && definition.isPrimary();
	}

	private @Nullable AbstractBeanDefinition definition(String name) {
		return (owner(name) instanceof ConfigurableListableBeanFactory owner && owner.containsBeanDefinition(name)
				&& owner.getBeanDefinition(name) instanceof AbstractBeanDefinition definition) ? definition : null;
	}

	private BeanFactory owner(String name) {
		BeanFactory owner = this.beans;
		while (owner instanceof ConfigurableListableBeanFactory factory && !factory.containsLocalBean(name)
				&& factory.getParentBeanFactory() != null) {
			owner = factory.getParentBeanFactory();
		}
		return owner;
	}

}
