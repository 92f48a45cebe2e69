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
import java.util.Set;

import io.github.imspring.ImClient;
import io.github.imspring.chatroom.ChatroomMemberOperations;
import io.github.imspring.chatroom.ChatroomOperations;
import io.github.imspring.group.GroupOperations;
import io.github.imspring.user.UserOperations;
import io.github.imspring.exchange.ImRestOperations;
import io.github.imspring.file.FileOperations;
import io.github.imspring.message.MessageOperations;
import io.github.imspring.metadata.ChatroomMetadataOperations;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.token.TokenProvider;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
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
	private static final List<Map.Entry<String, Class<?>>> BEANS = List.of(
			Map.entry("imTokenProvider", TokenProvider.class), Map.entry("imQuotaLimiter", QuotaLimiter.class),
			Map.entry("imClient", ImClient.class), Map.entry("imClientLifecycle", ImClientLifecycle.class),
			Map.entry("messageOperations", MessageOperations.class),
			Map.entry("chatroomOperations", ChatroomOperations.class),
			Map.entry("chatroomMetadataOperations", ChatroomMetadataOperations.class),
			Map.entry("imChatroomMemberOperations", ChatroomMemberOperations.class),
			Map.entry("imGroupOperations", GroupOperations.class), Map.entry("imUserOperations", UserOperations.class),
			Map.entry("fileOperations", FileOperations.class), Map.entry("imRestOperations", ImRestOperations.class));

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
			registry.registerBeanDefinition(account, account(name));
			BEANS.forEach((bean) -> registry.registerBeanDefinition(name + StringUtils.capitalize(bean.getKey()),
					bean(name, account, bean.getKey(), bean.getValue())));
		}
	}

	private static RootBeanDefinition account(String name) {
		RootBeanDefinition account = new RootBeanDefinition(ImNamedAccount.class);
		account.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR);
		account.getConstructorArgumentValues().addIndexedArgumentValue(0, name);
		return account;
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
