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

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.github.imspring.ImClient;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.token.ManagedTokenProvider;
import io.github.imspring.token.TokenProvider;
import io.github.imspring.token.TokenSource;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;

/**
 * Registers the beans of one account. Each backs off for a bean of the application's own
 * that is meant for the same account, and those that build on it take that one instead.
 * What a context above this one has is there already, and is left to it.
 */
final class ImAccountBeans {

	private final BeanDefinitionRegistry registry;

	private final ImBeanCandidates candidates;

	private final @Nullable String account;

	/**
	 * Prepares for an account.
	 * @param registry where the beans are registered
	 * @param candidates the beans that there are
	 * @param account the name under {@code im.accounts}, or {@code null} for the account
	 * directly under {@code im}
	 */
	ImAccountBeans(BeanDefinitionRegistry registry, ImBeanCandidates candidates, @Nullable String account) {
		this.registry = registry;
		this.candidates = candidates;
		this.account = account;
	}

	/**
	 * The name of a bean.
	 * @param type the type of the bean
	 * @param account the name under {@code im.accounts}, or {@code null} for the account
	 * directly under {@code im}
	 */
	static String nameOf(Class<?> type, @Nullable String account) {
		String simple = type.getSimpleName();
		String ours = simple.startsWith("Im") ? simple : "Im" + simple;
		return (account != null) ? account + ours : "im" + ours.substring(2);
	}

	/**
	 * Registers an account that is configured.
	 * @param details the name of the bean that says where the service is and who is
	 * calling, or {@code null} for what the properties of a named account say
	 */
	void registerConfigured(@Nullable String details) {
		registerSubjects(findOr(ImClient.class, () -> registerClient((details != null) ? reference(details) : null)));
	}

	/**
	 * Registers what goes with a client of the application's own, if there is one.
	 */
	void registerUnconfigured() {
		String client = this.candidates.find(ImClient.class, this.account);
		if (client != null) {
			registerSubjects(client);
		}
	}

	/**
	 * A bean of the application's own that has the name of ours is for the same account,
	 * also where a qualifier is asked for.
	 * @param registry where the beans are registered
	 * @param account the name under {@code im.accounts}
	 */
	static void qualifyNamesakes(BeanDefinitionRegistry registry, String account) {
		for (Class<?> type : types()) {
			String name = nameOf(type, account);
			if (registry.containsBeanDefinition(name)
					&& registry.getBeanDefinition(name) instanceof AbstractBeanDefinition definition) {
				definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, account));
			}
		}
	}

	/**
	 * The types of the beans that an account has for the application.
	 */
	static List<Class<?>> types() {
		List<Class<?>> types = new ArrayList<>(List.of(ImClient.class, TokenProvider.class, QuotaLimiter.class));
		for (ImSubject<?> subject : ImSubject.ALL) {
			types.add(subject.type());
		}
		return types;
	}

	private void registerSubjects(String client) {
		if (this.registry.containsBeanDefinition(client)) {
			register(ImClientLifecycle.class, made(ImClientLifecycle.class, "clientLifecycle"), client,
					reference(client));
		}
		for (ImSubject<?> subject : ImSubject.ALL) {
			if (!this.candidates.has(subject.type(), this.account)) {
				// An application injects few of them.
				RootBeanDefinition operations = made(subject.type(), "operations");
				operations.setLazyInit(true);
				register(subject.type(), operations, subject.type(), reference(client));
			}
		}
	}

	private String registerClient(@Nullable RuntimeBeanReference details) {
		RuntimeBeanReference settings = reference((this.account != null)
				? register(ImAccount.class, made(ImAccount.class, "namedAccount"), this.account, details)
				: register(ImAccount.class, made(ImAccount.class, "primaryAccount"), details));
		RuntimeBeanReference transport = reference(
				register(ImTransport.class, made(ImTransport.class, "transport"), settings));
		RuntimeBeanReference quotas = reference(findOr(QuotaLimiter.class,
				() -> register(QuotaLimiter.class, made(QuotaLimiter.class, "quotaLimiter"), settings)));
		RuntimeBeanReference tokens = reference(findOr(TokenProvider.class, () -> register(TokenProvider.class,
				made(ManagedTokenProvider.class, "tokenProvider"), settings, transport, quotas, tokenSource())));
		register(ImFirstToken.class, new RootBeanDefinition(ImFirstToken.class), settings, tokens);
		return register(ImClient.class, made(ImClient.class, "client"), settings, transport, tokens, quotas);
	}

	private @Nullable RuntimeBeanReference tokenSource() {
		String source = this.candidates.find(TokenSource.class, this.account);
		return (source != null) ? reference(source) : null;
	}

	private String findOr(Class<?> type, Supplier<String> registration) {
		String found = this.candidates.find(type, this.account);
		return (found != null) ? found : registration.get();
	}

	private String register(Class<?> type, RootBeanDefinition definition, @Nullable Object... arguments) {
		for (int index = 0; index < arguments.length; index++) {
			definition.getConstructorArgumentValues().addIndexedArgumentValue(index, arguments[index]);
		}
		if (this.account != null) {
			definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, this.account));
			definition.setDefaultCandidate(type == ImAccount.class);
		}
		else {
			definition.setPrimary(true);
		}
		String name = nameOf(type, this.account);
		this.registry.registerBeanDefinition(name, definition);
		return name;
	}

	private static RootBeanDefinition made(Class<?> type, String method) {
		RootBeanDefinition definition = new RootBeanDefinition();
		definition.setTargetType(type);
		definition.setFactoryBeanName(ImAutoConfiguration.CLIENT_FACTORY);
		definition.setFactoryMethodName(method);
		return definition;
	}

	private static RuntimeBeanReference reference(String name) {
		return new RuntimeBeanReference(name);
	}

}
