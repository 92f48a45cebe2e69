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

import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;

import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ClientHttpConnectorBuilderCustomizer;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.AnnotationConfigUtils;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of a context that is processed ahead of time, compiled, and run from what was
 * generated.
 */
@CompileWithForkedClassLoader
class ImAheadOfTimeTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	@Test
	void sendsMessagesOverThePlainAccountAndANamedOne() {
		try (ImEmulator emulator = ImEmulator.start()) {
			Map<String, Object> properties = Map.of("im.base-url", emulator.baseUrl(), "im.org-name",
					emulator.orgName(), "im.app-name", emulator.appName(), "im.auth.client-id", emulator.clientId(),
					"im.auth.client-secret", emulator.clientSecret(), "im.accounts.sales.base-url", emulator.baseUrl(),
					"im.accounts.sales.app-id", emulator.appId(), "im.accounts.sales.auth.app-certificate",
					emulator.appCertificate());
			runAheadOfTime(properties, (generation, context) -> {
				Shop shop = context.getBean(Shop.class);
				shop.plain.send(Message.text("a").to("user1").build()).block(TIMEOUT);
				shop.sales.send(Message.text("b").to("user2").build()).block(TIMEOUT);
				assertThat(emulator.deliveriesTo("user1")).hasSize(1);
				assertThat(emulator.deliveriesTo("user2")).hasSize(1);
				assertThat(emulator.requests("send-message")).extracting((request) -> request.rawPath())
					.containsExactly("/emulator-org/emulator-app/messages/users",
							"/app-id/" + emulator.appId() + "/messages/users");
			});
		}
	}

	@Test
	void namedAccountsNeedNoPlainOne() {
		try (ImEmulator emulator = ImEmulator.start()) {
			Map<String, Object> properties = Map.of("im.accounts.sales.base-url", emulator.baseUrl(),
					"im.accounts.sales.app-id", emulator.appId(), "im.accounts.sales.auth.app-certificate",
					emulator.appCertificate());
			runAheadOfTime(properties, (generation, context) -> {
				MessageOperations sales = BeanFactoryAnnotationUtils.qualifiedBeanOfType(context.getBeanFactory(),
						MessageOperations.class, "sales");
				sales.send(Message.text("b").to("user2").build()).block(TIMEOUT);
				assertThat(emulator.deliveriesTo("user2")).hasSize(1);
				assertThatExceptionOfType(NoSuchBeanDefinitionException.class)
					.isThrownBy(() -> context.getBean("imMessageOperations"));
			}, WithoutShop.class);
		}
	}

	@Test
	void propertiesOfNamedAccountsCanBeBoundInANativeImage() {
		Map<String, Object> properties = Map.of("im.base-url", "http://localhost", "im.org-name", "o", "im.app-name",
				"a", "im.auth.token", "t");
		runAheadOfTime(properties,
				(generation,
						context) -> assertThat(RuntimeHintsPredicates.reflection()
							.onMethodInvocation(ImAccountProperties.Limits.class, "setCallsPerSecond")
							.and(RuntimeHintsPredicates.reflection()
								.onMethodInvocation(ImAccountProperties.Auth.class, "setToken")))
							.accepts(generation.getRuntimeHints()),
				WithoutShop.class);
	}

	@Test
	void clientOfSpringBootsChoiceHasThePoolThatIsConfigured() {
		Map<String, Object> properties = Map.of("im.base-url", "http://localhost", "im.org-name", "o", "im.app-name",
				"a", "im.auth.token", "t", "im.http.max-connections", "7");
		runAheadOfTime(properties,
				(generation, context) -> assertThat(context.getBean(PoolSize.class).maxConnections).isEqualTo(7),
				WithPoolSize.class);
	}

	private static void runAheadOfTime(Map<String, Object> properties,
			BiConsumer<TestGenerationContext, GenericApplicationContext> test) {
		runAheadOfTime(properties, test, WithShop.class);
	}

	@SuppressWarnings("unchecked")
	private static void runAheadOfTime(Map<String, Object> properties,
			BiConsumer<TestGenerationContext, GenericApplicationContext> test, Class<?> configuration) {
		TestGenerationContext generation = new TestGenerationContext();
		AnnotationConfigApplicationContext source = new AnnotationConfigApplicationContext();
		configure(source.getEnvironment(), properties);
		source.register(configuration);
		var initializer = new ApplicationContextAotGenerator().processAheadOfTime(source, generation);
		generation.writeGeneratedContent();
		TestCompiler.forSystem().with(generation).compile((compiled) -> {
			try (GenericApplicationContext context = new GenericApplicationContext()) {
				configure(context.getEnvironment(), properties);
				compiled.getInstance(
						(Class<ApplicationContextInitializer<GenericApplicationContext>>) (Class<?>) ApplicationContextInitializer.class,
						initializer.canonicalName())
					.initialize(context);
				context.refresh();
				assertThat(context.containsBean(AnnotationConfigUtils.CONFIGURATION_ANNOTATION_PROCESSOR_BEAN_NAME))
					.isFalse();
				test.accept(generation, context);
			}
		});
	}

	private static void configure(ConfigurableEnvironment environment, Map<String, Object> properties) {
		environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ReactiveHttpClientAutoConfiguration.class, ImAutoConfiguration.class })
	static class WithoutShop {

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ WithoutShop.class, Shop.class })
	static class WithShop {

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ WithoutShop.class, PoolSize.class })
	static class WithPoolSize {

	}

	static class PoolSize implements ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder> {

		private int maxConnections;

		@Override
		public ReactorClientHttpConnectorBuilder customize(ReactorClientHttpConnectorBuilder builder) {
			return builder.withHttpClientCustomizer((client) -> {
				this.maxConnections = client.configuration().connectionProvider().maxConnections();
				return client;
			});
		}

	}

	static class Shop {

		private final MessageOperations plain;

		private final MessageOperations sales;

		Shop(MessageOperations plain, @Qualifier("sales") MessageOperations sales) {
			this.plain = plain;
			this.sales = sales;
		}

	}

}
