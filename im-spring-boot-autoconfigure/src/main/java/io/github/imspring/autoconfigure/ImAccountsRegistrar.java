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

import java.util.Map;
import java.util.Set;

import io.github.imspring.ImClient;
import io.github.imspring.chatroom.ChatroomOperations;
import io.github.imspring.exchange.ImRestOperations;
import io.github.imspring.file.FileOperations;
import io.github.imspring.message.MessageOperations;
import io.github.imspring.metadata.ChatroomMetadataOperations;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.token.TokenProvider;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.StringUtils;

/**
 * Registers the beans of each account under {@code im.accounts}. They are injected where
 * a {@link Qualifier} names the account, and nowhere else.
 */
final class ImAccountsRegistrar implements ImportBeanDefinitionRegistrar, EnvironmentAware {

	/**
	 * The beans of an account, by the method of {@link ImNamedAccount} that gives them.
	 */
	private static final Map<String, Class<?>> BEANS = Map.of("imClient", ImClient.class, "imClientLifecycle",
			ImClientLifecycle.class, "messageOperations", MessageOperations.class, "chatroomOperations",
			ChatroomOperations.class, "chatroomMetadataOperations", ChatroomMetadataOperations.class, "fileOperations",
			FileOperations.class, "imRestOperations", ImRestOperations.class, "imTokenProvider", TokenProvider.class,
			"imQuotaLimiter", QuotaLimiter.class);

	private Set<String> names = Set.of();

	@Override
	public void setEnvironment(Environment environment) {
		this.names = Binder.get(environment)
			.bind("im.accounts", Bindable.mapOf(String.class, Object.class))
			.map(Map::keySet)
			.orElse(Set.of());
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		for (String name : this.names) {
			String account = name + "ImAccount";
			registry.registerBeanDefinition(account,
					BeanDefinitionBuilder.rootBeanDefinition(ImNamedAccount.class)
						.addConstructorArgValue(name)
						.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR)
						.getBeanDefinition());
			BEANS.forEach((method, type) -> registry.registerBeanDefinition(name + StringUtils.capitalize(method),
					bean(name, account, method, type)));
		}
	}

	private static RootBeanDefinition bean(String name, String account, String method, Class<?> type) {
		RootBeanDefinition bean = new RootBeanDefinition(type);
		bean.setFactoryBeanName(account);
		bean.setFactoryMethodName(method);
		bean.setDefaultCandidate(false);
		bean.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
		return bean;
	}

}
