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

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import reactor.netty.http.client.HttpClient;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.UserConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.ReactorClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the starter changes of the application beside its own beans, as
 * {@code docs/customizing.md} says it.
 */
class ImSideEffectsTests {

	private static final String APACHE = "org.apache.hc";

	private static final String JETTY = "org.eclipse.jetty";

	@Test
	void clientsOfTheApplicationTakeReactorNettyOnceItIsThere() {
		assertThat(builder(new FilteredClassLoader(APACHE, JETTY)))
			.isInstanceOf(ReactorClientHttpRequestFactoryBuilder.class);
		assertThat(builder(new FilteredClassLoader(APACHE, JETTY, HttpClient.class.getPackageName())))
			.isInstanceOf(JdkClientHttpRequestFactoryBuilder.class);
	}

	@Test
	void clientsOfTheApplicationCanBePinned() {
		assertThat(builder(new FilteredClassLoader(APACHE, JETTY), "spring.http.clients.imperative.factory=jdk"))
			.isInstanceOf(JdkClientHttpRequestFactoryBuilder.class);
	}

	private static Object builder(ClassLoader loader, String... properties) {
		Object[] builder = new Object[1];
		new ApplicationContextRunner().withClassLoader(loader)
			.withConfiguration(AutoConfigurations.of(ImperativeHttpClientAutoConfiguration.class))
			.withPropertyValues(properties)
			.run((context) -> builder[0] = context.getBean(ClientHttpRequestFactoryBuilder.class));
		return builder[0];
	}

	/**
	 * Whatever the application asks for by a type that is not ours, it gets its own.
	 */
	@Test
	void everyBeanIsOfATypeOfOurs() {
		ApplicationContextRunner plain = new ApplicationContextRunner();
		ApplicationContextRunner ours = plain.withConfiguration(AutoConfigurations.of(ImAutoConfiguration.class))
			.withPropertyValues("im.base-url=http://localhost", "im.org-name=org", "im.app-name=app",
					"im.auth.token=token", "im.accounts.sales.base-url=http://localhost",
					"im.accounts.sales.org-name=org", "im.accounts.sales.app-name=other",
					"im.accounts.sales.auth.token=token");
		Set<String> foreign = new TreeSet<>();
		ours.run((context) -> {
			ConfigurableListableBeanFactory beans = context.getBeanFactory();
			Arrays.stream(beans.getBeanDefinitionNames())
				.map(beans::getType)
				.filter((type) -> !type.getName().startsWith("io.github.imspring."))
				.forEach((type) -> foreign.add(type.getName()));
		});
		plain.withConfiguration(UserConfigurations.of(Properties.class)).run((context) -> {
			ConfigurableListableBeanFactory beans = context.getBeanFactory();
			Arrays.stream(beans.getBeanDefinitionNames())
				.forEach((name) -> foreign.remove(beans.getType(name).getName()));
		});
		assertThat(foreign).isEmpty();
	}

	@EnableConfigurationProperties
	@Configuration(proxyBeanMethods = false)
	static class Properties {

	}

}
