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

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.github.imspring.ImClient;
import io.github.imspring.chatroom.ChatroomOperations;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.exchange.ImEndpoint;
import io.github.imspring.exchange.ImRestOperations;
import io.github.imspring.file.FileOperations;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import io.github.imspring.metadata.ChatroomMetadataOperations;
import io.github.imspring.observation.ImClientObservationConvention;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.token.TokenProvider;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.JdkClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.ApplicationContextAssertProvider;
import org.springframework.boot.test.context.runner.AbstractApplicationContextRunner;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of when the auto-configurations apply, of all of them together: in every kind of
 * application, with nothing but the starter, and with beans of the application's own.
 */
class ImConditionsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static ImEmulator emulator;

	@BeforeAll
	static void startEmulator() {
		emulator = ImEmulator.start();
	}

	@AfterAll
	static void stopEmulator() {
		emulator.close();
	}

	@BeforeEach
	void reset() {
		emulator.reset();
	}

	@Test
	void plainApplication() {
		assertThatItSends(new ApplicationContextRunner(), ReactorClientHttpConnectorBuilder.class);
	}

	@Test
	void servletApplication() {
		assertThatItSends(new WebApplicationContextRunner(), ReactorClientHttpConnectorBuilder.class);
	}

	@Test
	void webFluxApplication() {
		assertThatItSends(new ReactiveWebApplicationContextRunner(), ReactorClientHttpConnectorBuilder.class);
	}

	@Test
	void withoutReactorNettyTheClientOfTheJdkSends() {
		assertThatItSends(
				new ApplicationContextRunner()
					.withClassLoader(new FilteredClassLoader("reactor.netty", "org.apache.hc", "org.eclipse.jetty")),
				JdkClientHttpConnectorBuilder.class);
	}

	/**
	 * The secrets stay in the environment, so what hides them stays too.
	 */
	@Test
	void switchedOffNoneAppliesButWhatHidesSecrets() {
		configured(new ApplicationContextRunner()).withPropertyValues("im.enabled=false", "im.accounts.sales.app-id=x")
			.run((context) -> assertThat(context.getBeanDefinitionNames())
				.filteredOn((name) -> name.toLowerCase(Locale.ROOT).startsWith("im") || name.contains("sales"))
				.containsExactly("imSanitizingFunction"));
	}

	@Test
	void namedAccountsNeedNoPlainOne() {
		namedOnly().run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean("imClient").doesNotHaveBean("imMessageOperations");
			send(named(context, MessageOperations.class));
			assertThat(emulator.deliveriesTo("user2")).hasSize(1);
		});
	}

	@Test
	void blankPlaceholdersDoNotMakeAPlainAccount() {
		namedOnly().withPropertyValues("im.base-url=", "im.auth.client-secret= ")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("imClient"));
	}

	@Test
	void halfOfAPlainAccountStopsTheStartBesideNamedOnes() {
		namedOnly().withPropertyValues("im.org-name=o")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(ImConfigurationException.class)
				.hasMessageContaining("'im.base-url' is not set"));
	}

	@Test
	void eagerTokenOfANamedAccountIsFetchedAtTheStart() {
		named("im.accounts.sales.auth.eager=true", "im.accounts.sales.org-name=" + emulator.orgName(),
				"im.accounts.sales.app-name=" + emulator.appName(),
				"im.accounts.sales.auth.client-id=" + emulator.clientId(),
				"im.accounts.sales.auth.client-secret=" + emulator.clientSecret())
			.run((context) -> assertThat(emulator.requestCount("token")).isOne());
	}

	@Test
	void eagerTokenOfANamedAccountThatCannotBeHadStopsTheStart() {
		named("im.accounts.sales.auth.eager=true", "im.accounts.sales.org-name=" + emulator.orgName(),
				"im.accounts.sales.app-name=" + emulator.appName(),
				"im.accounts.sales.auth.client-id=" + emulator.clientId(),
				"im.accounts.sales.auth.client-secret=wrong-s3cret")
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(ImConfigurationException.class)
				.hasMessageContaining("'im.accounts.sales.auth.eager' is set")
				.hasMessageNotContaining("wrong-s3cret"));
	}

	@Test
	void clientOfTheApplicationNeedsNoProperties() {
		ImClient client = client();
		runner().withBean("mine", ImClient.class, () -> client).run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(ImClient.class).doesNotHaveBean(TokenProvider.class);
			assertThat(context.getBean(MessageOperations.class)).isSameAs(client.messages());
			assertThat(context.getBean(ChatroomOperations.class)).isSameAs(client.chatrooms());
			assertThat(context.getBean(ChatroomMetadataOperations.class)).isSameAs(client.chatroomMetadata());
			assertThat(context.getBean(FileOperations.class)).isSameAs(client.files());
			assertThat(context.getBean(ImRestOperations.class)).isSameAs(client.rest());
		});
	}

	@Test
	void eachBeanBacksOffForTheApplications() {
		ImClient client = client();
		assertThatItBacksOff(ImClient.class, client);
		assertThatItBacksOff(ChatroomOperations.class, client.chatrooms());
		assertThatItBacksOff(ChatroomMetadataOperations.class, client.chatroomMetadata());
		assertThatItBacksOff(FileOperations.class, client.files());
		assertThatItBacksOff(ImRestOperations.class, client.rest());
		assertThatItBacksOff(QuotaLimiter.class, QuotaLimiter.unlimited());
	}

	private static <T> void assertThatItBacksOff(Class<T> type, T bean) {
		configured(new ApplicationContextRunner()).withBean("mine", type, () -> bean)
			.run((context) -> assertThat(context).hasSingleBean(type).getBean(type).isSameAs(bean));
	}

	@Test
	void registryOfTheApplicationHoldsTheQuotas() {
		RateLimiterRegistry registry = RateLimiterRegistry.ofDefaults();
		configured(new ApplicationContextRunner()).withBean(RateLimiterRegistry.class, () -> registry)
			.run((context) -> assertThat(registry.find("im-send-message-calls")).isPresent());
	}

	@Test
	void conventionOfTheApplicationNamesTheObservations() {
		TestObservationRegistry registry = TestObservationRegistry.create();
		ImClientObservationConvention convention = new ImClientObservationConvention() {

			@Override
			public String getName() {
				return "mine";
			}

		};
		configured(new ApplicationContextRunner()).withBean(ObservationRegistry.class, () -> registry)
			.withBean(ImClientObservationConvention.class, () -> convention)
			.run((context) -> {
				send(context.getBean(MessageOperations.class));
				TestObservationRegistryAssert.assertThat(registry).hasObservationWithNameEqualTo("mine");
			});
	}

	private static <R extends AbstractApplicationContextRunner<R, C, A>, C extends ConfigurableApplicationContext, A extends ApplicationContextAssertProvider<C>> void assertThatItSends(
			R runner, Class<? extends ClientHttpConnectorBuilder<?>> over) {
		configured(runner).run((context) -> {
			assertThat(context.getStartupFailure()).isNull();
			assertThat(context.getBean(ClientHttpConnectorBuilder.class)).isInstanceOf(over);
			send(context.getBean(MessageOperations.class));
			assertThat(emulator.deliveriesTo("user2")).hasSize(1);
		});
	}

	private static <R extends AbstractApplicationContextRunner<R, C, A>, C extends ConfigurableApplicationContext, A extends ApplicationContextAssertProvider<C>> R configured(
			R runner) {
		return runner.withConfiguration(autoConfigurations())
			.withPropertyValues("im.base-url=" + emulator.baseUrl(), "im.org-name=" + emulator.orgName(),
					"im.app-name=" + emulator.appName(), "im.auth.client-id=" + emulator.clientId(),
					"im.auth.client-secret=" + emulator.clientSecret());
	}

	private static ApplicationContextRunner runner() {
		return new ApplicationContextRunner().withConfiguration(autoConfigurations());
	}

	private static ApplicationContextRunner named(String... properties) {
		return runner().withPropertyValues("im.accounts.sales.base-url=" + emulator.baseUrl())
			.withPropertyValues(properties);
	}

	private static ApplicationContextRunner namedOnly() {
		return named("im.accounts.sales.app-id=" + emulator.appId(),
				"im.accounts.sales.auth.app-certificate=" + emulator.appCertificate());
	}

	/**
	 * All that the starter registers, in any order.
	 */
	private static AutoConfigurations autoConfigurations() {
		List<String> names = ImportCandidates.load(AutoConfiguration.class, null)
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith("io.github.imspring."))
			.toList();
		assertThat(names).hasSizeGreaterThan(1);
		Class<?>[] classes = names.stream()
			.map((name) -> ClassUtils.resolveClassName(name, null))
			.toArray(Class<?>[]::new);
		return AutoConfigurations
			.of(Stream.concat(Stream.of(ReactiveHttpClientAutoConfiguration.class), Stream.of(classes))
				.toArray(Class<?>[]::new));
	}

	private static <T> T named(ApplicationContext context, Class<T> type) {
		return BeanFactoryAnnotationUtils.qualifiedBeanOfType(context.getAutowireCapableBeanFactory(), type, "sales");
	}

	private static ImClient client() {
		return ImClient
			.builder(ImEndpoint.ofOrgApp(URI.create(emulator.baseUrl()), emulator.orgName(), emulator.appName()))
			.token(emulator.tokens().issue())
			.build();
	}

	private static void send(MessageOperations messages) {
		messages.send(Message.text("hi").to("user2").build()).block(TIMEOUT);
	}

}
