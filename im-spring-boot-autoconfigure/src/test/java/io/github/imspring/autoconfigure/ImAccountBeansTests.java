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

import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.github.imspring.ImClient;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.message.BulkOptions;
import io.github.imspring.message.Delivery;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import io.github.imspring.message.Recall;
import io.github.imspring.message.RecallResult;
import io.github.imspring.message.SendResult;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.token.AccessToken;
import io.github.imspring.token.TokenProvider;
import io.github.imspring.token.TokenSource;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.aop.ClassFilter;
import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of whose bean is injected where: ours, the application's own, of this context or
 * of the one above it.
 */
class ImAccountBeansTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

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
	void everySubjectOfTheClientHasABeanInEachAccount() {
		List<String> offered = Stream.of(ImClient.class.getMethods())
			.map((method) -> method.getReturnType().getName())
			.filter((type) -> type.endsWith("Operations"))
			.toList();
		assertThat(ImSubject.ALL).extracting((subject) -> subject.type().getName())
			.containsExactlyInAnyOrderElementsOf(offered);
		both().run((context) -> assertThat(ImAccountBeans.types()).allSatisfy((type) -> {
			assertThat(context.getBean(type)).isSameAs(context.getBean(ImAccountBeans.nameOf(type, null)));
			assertThat(context.getBean(ImAccountBeans.nameOf(type, "sales"))).isInstanceOf(type)
				.isNotSameAs(context.getBean(type));
		}));
	}

	@Test
	void namesAreThoseOfTheDocuments() {
		assertThat(ImAccountBeans.types()).extracting((type) -> ImAccountBeans.nameOf(type, null))
			.contains("imClient", "imTokenProvider", "imQuotaLimiter", "imMessageOperations", "imChatroomOperations",
					"imChatroomMetadataOperations", "imFileOperations", "imRestOperations");
		assertThat(ImAccountBeans.nameOf(MessageOperations.class, "sales")).isEqualTo("salesImMessageOperations");
		assertThat(ImAccountBeans.nameOf(ImClient.class, "sales")).isEqualTo("salesImClient");
	}

	@ParameterizedTest
	@ValueSource(classes = { Qualified.class, QualifiedNoDefaultCandidate.class, NamedLikeOurs.class })
	void beanOfTheApplicationReplacesOursOfItsAccountAndNoOther(Class<?> configuration) {
		both().withUserConfiguration(configuration, Injected.class).run((context) -> {
			assertThat(context).hasNotFailed();
			Injected injected = context.getBean(Injected.class);
			assertThat(injected.sales).isInstanceOf(Mine.class);
			assertThat(injected.plain).isNotInstanceOf(Mine.class);
			assertThat(context.getBean(ImAccounts.class).get("sales", MessageOperations.class))
				.isSameAs(injected.sales);
			assertThat(context.getBeansOfType(MessageOperations.class)).hasSize(2);
		});
	}

	@Test
	void sourcesAndLimitersOfTheApplicationServeTheAccountThatTheyAreFor() {
		both().withUserConfiguration(SalesParts.class).run((context) -> {
			ImAccounts accounts = context.getBean(ImAccounts.class);
			assertThat(accounts.get("sales", QuotaLimiter.class)).isSameAs(context.getBean("salesQuotas"));
			assertThat(accounts.get("default", QuotaLimiter.class)).isNotSameAs(context.getBean("salesQuotas"));
			accounts.get("sales", TokenProvider.class)
				.token()
				.as((token) -> assertThat(token.block(TIMEOUT).value()).isEqualTo("sales-token"));
			accounts.get("default", TokenProvider.class)
				.token()
				.as((token) -> assertThat(token.block(TIMEOUT).value()).isNotEqualTo("sales-token"));
		});
	}

	@Test
	void severalBeansForOnePlaceOfWhichNoneIsPrimaryAreNamed() {
		both().withBean("one", TokenSource.class, () -> () -> null)
			.withBean("two", TokenSource.class, () -> () -> null)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(ImConfigurationException.class)
				.hasMessage("there are 2 beans of type TokenSource for the account directly under 'im': one, two."));
	}

	@Test
	void namesOfTheApplicationsOwnBeansAreFree() {
		both().withBean("fileOperations", String.class, () -> "mine")
			.withBean("messageOperations", String.class, () -> "mine")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void spellingsOfOneAccountAreOneAccount() {
		accounts("my-sales")
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
						Map.of("IM_ACCOUNTS_MYSALES_TIMEOUT", "7s"))))
			.run((context) -> {
				ImAccounts accounts = context.getBean(ImAccounts.class);
				assertThat(accounts.names()).containsExactly("my-sales");
				assertThat(context.getBeansOfType(QuotaLimiter.class)).hasSize(1);
				assertThat(context.getBean("my-salesImAccount", ImAccount.class).properties().getTimeout())
					.isEqualTo(Duration.ofSeconds(7));
				assertThat(accounts.get("mySales", MessageOperations.class))
					.isSameAs(context.getBean("my-salesImMessageOperations"));
			});
	}

	@Test
	void accountIsChosenByItsName() {
		both().run((context) -> {
			ImAccounts accounts = context.getBean(ImAccounts.class);
			assertThat(accounts.names()).containsExactly("default", "sales");
			assertThat(accounts.get("sales", MessageOperations.class))
				.isSameAs(context.getBean("salesImMessageOperations"));
			assertThat(accounts.get("default", ImClient.class)).isSameAs(context.getBean("imClient"));
			assertThatIllegalArgumentException().isThrownBy(() -> accounts.get("support", MessageOperations.class))
				.withMessage("There is no IM account 'support'. Those of this application are: default, sales");
		});
	}

	@Test
	void injectionWithoutAnAccountIsExplained() {
		accounts("sales").withBean(NeedsMessages.class).run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = analyze(context.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertThat(analysis.getDescription()).contains(MessageOperations.class.getName(),
					"The accounts are: sales.");
			assertThat(analysis.getAction()).contains("@Qualifier(\"sales\")", "ImAccounts");
		});
	}

	@Test
	void otherMissingBeansAreNotOurs() {
		accounts("sales").withBean(NeedsNumber.class)
			.run((context) -> assertThat(analyze(context.getStartupFailure())).isNull());
	}

	@Test
	void childContextUsesTheClientOfItsParentAndLeavesItOpen() {
		both().run((parent) -> {
			both().withParent(parent).run((child) -> {
				assertThat(child).hasNotFailed();
				assertThat(child.getBean(MessageOperations.class)).isSameAs(parent.getBean(MessageOperations.class));
				assertThat(child.getBeanNamesForType(ImClientLifecycle.class)).isEmpty();
				assertThat(child.getBean(ImAccounts.class).names()).containsExactly("default", "sales");
				child.getSourceApplicationContext(ConfigurableApplicationContext.class).close();
			});
			send(parent.getBean(MessageOperations.class));
			send(parent.getBean("salesImMessageOperations", MessageOperations.class));
			assertThat(emulator.deliveredMessages()).isEqualTo(2);
		});
	}

	@Test
	void aspectsCanStandBeforeEveryBean() {
		both().withUserConfiguration(Aspects.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(ImAccountBeans.types()).allSatisfy(
					(type) -> assertThat(AopUtils.isCglibProxy(context.getBean(ImAccountBeans.nameOf(type, null))))
						.describedAs(type.getName())
						.isTrue());
			send(context.getBean(MessageOperations.class));
			assertThat(emulator.deliveriesTo("user2")).hasSize(1);
		});
	}

	@ParameterizedTest
	@MethodSource("optionalCollaborators")
	<T> void severalOfACollaboratorThatIsOptionalAreNone(Class<T> type, T one, T other) {
		both().withBean("one", type, () -> one).withBean("other", type, () -> other).run((context) -> {
			assertThat(context).hasNotFailed();
			send(context.getBean(MessageOperations.class));
		});
	}

	static Stream<Object[]> optionalCollaborators() {
		return Stream.of(
				new Object[] { RateLimiterRegistry.class, RateLimiterRegistry.ofDefaults(),
						RateLimiterRegistry.ofDefaults() },
				new Object[] { ObservationRegistry.class, ObservationRegistry.create(), ObservationRegistry.create() });
	}

	private static @Nullable FailureAnalysis analyze(Throwable failure) {
		return new ImAccountFailureAnalyzer(new MockEnvironment().withProperty("im.accounts.sales.app-id", "x"))
			.analyze(failure);
	}

	private static void send(MessageOperations messages) {
		messages.send(Message.text("hi").to("user2").build()).block(TIMEOUT);
	}

	private static ApplicationContextRunner accounts(String... names) {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ImAutoConfiguration.class));
		for (String name : names) {
			runner = runner.withPropertyValues("im.accounts." + name + ".base-url=" + emulator.baseUrl(),
					"im.accounts." + name + ".app-id=" + emulator.appId(),
					"im.accounts." + name + ".auth.app-certificate=" + emulator.appCertificate());
		}
		return runner;
	}

	private static ApplicationContextRunner both() {
		return accounts("sales").withPropertyValues("im.base-url=" + emulator.baseUrl(),
				"im.org-name=" + emulator.orgName(), "im.app-name=" + emulator.appName(),
				"im.auth.client-id=" + emulator.clientId(), "im.auth.client-secret=" + emulator.clientSecret());
	}

	static class Mine implements MessageOperations {

		private final MessageOperations messages;

		Mine(ImClient client) {
			this.messages = client.messages();
		}

		@Override
		public Mono<SendResult> send(Message message) {
			return this.messages.send(message);
		}

		@Override
		public Flux<Delivery> sendToAll(Message template, Publisher<String> recipients,
				UnaryOperator<BulkOptions> options) {
			return this.messages.sendToAll(template, recipients, options);
		}

		@Override
		public Mono<Void> recall(Recall recall) {
			return this.messages.recall(recall);
		}

		@Override
		public Flux<RecallResult> recallAll(Publisher<Recall> recalls) {
			return this.messages.recallAll(recalls);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Qualified {

		@Bean
		@Qualifier("sales")
		MessageOperations mine(@Qualifier("sales") ImClient client) {
			return new Mine(client);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class QualifiedNoDefaultCandidate {

		@Bean(defaultCandidate = false)
		@Qualifier("sales")
		MessageOperations mine(@Qualifier("sales") ImClient client) {
			return new Mine(client);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NamedLikeOurs {

		@Bean
		MessageOperations salesImMessageOperations(@Qualifier("sales") ImClient client) {
			return new Mine(client);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SalesParts {

		@Bean
		@Qualifier("sales")
		TokenSource salesTokens() {
			return () -> Mono.just(new AccessToken("sales-token", Instant.now(), null));
		}

		@Bean
		@Qualifier("sales")
		QuotaLimiter salesQuotas() {
			return QuotaLimiter.unlimited();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Aspects {

		@Bean
		static DefaultAdvisorAutoProxyCreator proxies() {
			DefaultAdvisorAutoProxyCreator creator = new DefaultAdvisorAutoProxyCreator();
			creator.setProxyTargetClass(true);
			return creator;
		}

		@Bean
		static DefaultPointcutAdvisor advisor() {
			StaticMethodMatcherPointcut pointcut = new StaticMethodMatcherPointcut() {

				@Override
				public boolean matches(Method method, Class<?> target) {
					return true;
				}

			};
			pointcut.setClassFilter(ofOurTypes());
			return new DefaultPointcutAdvisor(pointcut, (MethodInterceptor) (call) -> call.proceed());
		}

		private static ClassFilter ofOurTypes() {
			return (type) -> ImAccountBeans.types().stream().anyMatch((ours) -> ours.isAssignableFrom(type));
		}

	}

	static class Injected {

		private final MessageOperations plain;

		private final MessageOperations sales;

		Injected(MessageOperations plain, @Qualifier("sales") MessageOperations sales) {
			this.plain = plain;
			this.sales = sales;
		}

	}

	static class NeedsMessages {

		NeedsMessages(MessageOperations messages) {
		}

	}

	static class NeedsNumber {

		NeedsNumber(Number number) {
		}

	}

}
