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

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.imspring.ImClient;
import io.github.imspring.chatroom.ChatroomOperations;
import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.error.ImAuthenticationException;
import io.github.imspring.error.ImNotFoundException;
import io.github.imspring.error.ImServerException;
import io.github.imspring.exchange.ImEndpoint;
import io.github.imspring.exchange.ImRequest;
import io.github.imspring.exchange.ImRestOperations;
import io.github.imspring.file.FileOperations;
import io.github.imspring.message.Delivery;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import io.github.imspring.message.SendResult;
import io.github.imspring.metadata.ChatroomMetadataOperations;
import io.github.imspring.operation.Operation;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.token.AccessToken;
import io.github.imspring.token.ManagedTokenProvider;
import io.github.imspring.token.TokenProvider;
import io.github.imspring.token.TokenSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ImAutoConfiguration}.
 */
class ImAutoConfigurationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static ImEmulator emulator;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HttpClientAutoConfiguration.class,
				ReactiveHttpClientAutoConfiguration.class, WebClientAutoConfiguration.class, ImAutoConfiguration.class))
		.withPropertyValues("im.base-url=" + emulator.baseUrl(), "im.org-name=" + emulator.orgName(),
				"im.app-name=" + emulator.appName(), "im.auth.client-id=" + emulator.clientId(),
				"im.auth.client-secret=" + emulator.clientSecret());

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
	void definesTheBeansByTheirNamesAndSendsNothing() {
		this.contextRunner.run((context) -> {
			assertThat(context).getBean("imMessageOperations").isInstanceOf(MessageOperations.class);
			assertThat(context).getBean("imChatroomOperations").isInstanceOf(ChatroomOperations.class);
			assertThat(context).getBean("imChatroomMetadataOperations").isInstanceOf(ChatroomMetadataOperations.class);
			assertThat(context).getBean("imFileOperations").isInstanceOf(FileOperations.class);
			assertThat(context).getBean("imRestOperations").isInstanceOf(ImRestOperations.class);
			assertThat(context).getBean("imClient").isInstanceOf(ImClient.class);
			assertThat(context).getBean("imTokenProvider").isInstanceOf(ManagedTokenProvider.class);
			assertThat(context).doesNotHaveBean(WebClient.class);
			assertThat(emulator.requestCount("token")).isZero();
		});
	}

	@Test
	void sendsWithOrganizationAndAppName() {
		this.contextRunner.run((context) -> {
			assertThat(send(context, "user2").messageIds()).containsOnlyKeys("user2");
			assertThat(emulator.requests("send-message").get(0).rawPath())
				.isEqualTo("/emulator-org/emulator-app/messages/users");
		});
	}

	@Test
	void sendsWithAppIdAndCertificate() {
		withAppId().run((context) -> {
			assertThat(send(context, "user2").messageIds()).containsOnlyKeys("user2");
			assertThat(emulator.requestCount("token")).isZero();
			assertThat(emulator.requests("send-message").get(0).rawPath())
				.isEqualTo("/app-id/" + emulator.appId() + "/messages/users");
		});
	}

	@Test
	void pathStyleAndKindOfTokenAreIndependent() {
		this.contextRunner
			.withPropertyValues("im.app-id=" + emulator.appId(), "im.auth.app-certificate=" + emulator.appCertificate(),
					"im.auth.client-id=", "im.auth.client-secret=")
			.run((context) -> {
				send(context, "user2");
				assertThat(emulator.requests("send-message").get(0).rawPath())
					.startsWith("/emulator-org/emulator-app/");
			});
		this.contextRunner.withPropertyValues("im.app-id=" + emulator.appId(), "im.path-style=app-id")
			.run((context) -> {
				send(context, "user2");
				assertThat(emulator.requests("send-message").get(1).rawPath()).startsWith("/app-id/");
			});
	}

	@Test
	void sendsWithAGivenToken() {
		withAppId().withPropertyValues("im.auth.app-certificate=", "im.auth.token=" + emulator.tokens().issue())
			.run((context) -> {
				assertThat(send(context, "user2").messageIds()).containsOnlyKeys("user2");
				assertThat(emulator.requestCount("token")).isZero();
			});
	}

	@Test
	void runsInAWebApplication() {
		new ReactiveWebApplicationContextRunner().withConfiguration(AutoConfigurations.of(ImAutoConfiguration.class))
			.withPropertyValues("im.base-url=http://localhost", "im.org-name=o", "im.app-name=a", "im.auth.token=t")
			.run((context) -> assertThat(context).hasSingleBean(ImClient.class));
	}

	@Test
	void threeHundredConcurrentSendsAllArriveOnTheDefaultSettings() {
		this.contextRunner.run((context) -> {
			MessageOperations messages = context.getBean(MessageOperations.class);
			List<SendResult> results = Flux.range(0, 300)
				.flatMap((number) -> messages.send(Message.text("hi").to("user" + number).build()), 300)
				.collectList()
				.block(TIMEOUT);
			assertThat(results).hasSize(300);
			assertThat(emulator.deliveredMessages()).isEqualTo(300);
		});
	}

	@Test
	void switchedOffDefinesNothing() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ImAutoConfiguration.class))
			.withPropertyValues("im.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(ImClient.class)
				.doesNotHaveBean(ImProperties.class));
	}

	@Test
	void withoutWebClientDefinesNothing() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(WebClient.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("imClient"));
	}

	@Test
	void applicationsJacksonSettingsDoNotChangeTheWireFormat() {
		this.contextRunner.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
			.withPropertyValues("spring.jackson.property-naming-strategy=UPPER_CAMEL_CASE",
					"spring.jackson.default-property-inclusion=ALWAYS")
			.run((context) -> {
				send(context, "user2");
				assertThat(emulator.requests("send-message").get(0).json().propertyNames())
					.containsExactlyInAnyOrder("to", "type", "body");
			});
	}

	@Test
	void redirectsAreNotFollowed() {
		this.contextRunner.run((context) -> {
			emulator.faults()
				.fail("get-user", Fault.status(302).header("Location", emulator.baseUrl() + "/elsewhere"), 1);
			ImRestOperations rest = context.getBean(ImRestOperations.class);
			assertThatExceptionOfType(io.github.imspring.error.ImApiException.class)
				.isThrownBy(
						() -> rest.exchange(ImRequest.get(Operation.of("get-user", true)).path("users", "u").build())
							.block(TIMEOUT))
				.satisfies((ex) -> assertThat(ex.status()).isEqualTo(302))
				.satisfies((ex) -> assertThat(ex.hint()).contains("Redirects are not followed"));
			assertThat(emulator.requests()).noneMatch((request) -> request.rawPath().contains("elsewhere"));
		});
	}

	@Test
	void userOperationsWin() {
		ImEndpoint endpoint = ImEndpoint.ofAppId(URI.create(emulator.baseUrl()), emulator.appId());
		this.contextRunner
			.withBean("mine", MessageOperations.class,
					() -> ImClient.builder(endpoint).token(emulator.tokens().issue()).build().messages())
			.run((context) -> assertThat(context).hasSingleBean(MessageOperations.class).hasBean("mine"));
	}

	@Test
	void userTokenProviderWinsAndNeedsNoCredentials() {
		String token = emulator.tokens().issue();
		this.contextRunner.withPropertyValues("im.auth.client-id=", "im.auth.client-secret=")
			.withBean(TokenProvider.class,
					() -> new GivenTokenProvider(Mono.just(new AccessToken(token, java.time.Instant.now(), null))))
			.run((context) -> {
				assertThat(context).hasSingleBean(TokenProvider.class).doesNotHaveBean("imTokenProvider");
				send(context, "user2");
			});
	}

	@Test
	void userTokenSourceIsManaged() {
		AccessToken token = new AccessToken(emulator.tokens().issue(), java.time.Instant.now(), null);
		this.contextRunner.withPropertyValues("im.auth.client-id=", "im.auth.client-secret=")
			.withBean(TokenSource.class, () -> () -> Mono.just(token))
			.run((context) -> {
				assertThat(context).hasBean("imTokenProvider");
				send(context, "user2");
				assertThat(emulator.requestCount("token")).isZero();
			});
	}

	@Test
	void userConnectionDetailsWinOverTheProperties() {
		this.contextRunner.withPropertyValues("im.base-url=http://wrong.invalid")
			.withUserConfiguration(EmulatorConnection.class)
			.run((context) -> {
				assertThat(context).hasSingleBean(ImConnectionDetails.class);
				send(context, "user2");
			});
	}

	@Test
	void customizersChangeTheHttpClientAndTheClient() {
		this.contextRunner
			.withBean(ImWebClientCustomizer.class, () -> (builder) -> builder.defaultHeader("X-Test", "yes"))
			.withBean(ImClientBuilderCustomizer.class,
					() -> (builder) -> builder.quotas(QuotaLimiter.unlimited()).timeout(Duration.ofSeconds(3)))
			.run((context) -> {
				send(context, "user2");
				assertThat(emulator.requests("send-message").get(0).headers())
					.anySatisfy((name, value) -> assertThat(name + "=" + value).isEqualToIgnoringCase("x-test=[yes]"));
			});
	}

	@Test
	void customizerOfTheHttpClientThatFailsStopsTheStart() {
		this.contextRunner.withBean(ImWebClientCustomizer.class, () -> (builder) -> {
			throw new IllegalStateException("mine");
		})
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(IllegalStateException.class)
				.hasMessage("mine"));
	}

	@ParameterizedTest
	@MethodSource("connectors")
	void runsOnTheApplicationsHttpClient(ClientHttpConnectorBuilder<?> builder) {
		this.contextRunner.withBean("mine", ClientHttpConnectorBuilder.class, () -> builder)
			.run((context) -> assertThat(send(context, "user2").messageIds()).containsOnlyKeys("user2"));
	}

	static List<ClientHttpConnectorBuilder<?>> connectors() {
		return List.of(ClientHttpConnectorBuilder.reactor(), ClientHttpConnectorBuilder.jdk());
	}

	@Test
	void eagerTokenIsFetchedAtTheStart() {
		this.contextRunner.withPropertyValues("im.auth.eager=true")
			.run((context) -> assertThat(emulator.requestCount("token")).isOne());
	}

	@Test
	void eagerTokenThatCannotBeHadStopsTheStart() {
		this.contextRunner.withPropertyValues("im.auth.eager=true", "im.auth.client-secret=wrong-s3cret")
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(ImConfigurationException.class)
				.hasMessageContaining("client_secret does not match")
				.hasMessageNotContaining("wrong-s3cret"));
	}

	@Test
	void eagerTokenThatIsMissingIsReportedOnceAndTheHintOnce() {
		this.contextRunner.withPropertyValues("im.auth.eager=true", "im.auth.client-secret=wrong-s3cret")
			.run((context) -> {
				FailureAnalysis analysis = analysisOf(context);
				assertThat(analysis.getDescription()).endsWith("client_secret does not match.")
					.doesNotContain("Check im.auth.client-secret", "failed:");
				assertThat(analysis.getAction()).contains("Check im.auth.client-secret")
					.endsWith("Or unset 'im.auth.eager' to start without a token.");
			});
	}

	@Test
	void eagerTokenOfAProviderThatGivesNoneStopsTheStart() {
		withEagerTokens(Mono.empty()).run((context) -> {
			FailureAnalysis analysis = analysisOf(context);
			assertThat(analysis.getDescription())
				.endsWith("'im.auth.eager' is set, and no token could be had: the TokenProvider gave none.");
			assertThat(analysis.getAction()).contains("Have the TokenProvider give a token", "unset 'im.auth.eager'");
		});
	}

	@Test
	void eagerTokenOfAProviderThatNeverEndsStopsTheStart() {
		withEagerTokens(Mono.never()).withPropertyValues("im.timeout=50ms").run((context) -> {
			FailureAnalysis analysis = analysisOf(context);
			assertThat(analysis.getDescription()).endsWith("no token could be had: none came within 50 ms.");
			assertThat(analysis.getAction()).contains("raise 'im.timeout'");
		});
	}

	@Test
	void eagerTokenOfAProviderThatFailsStopsTheStartAndShowsNoMore() {
		for (Exception failure : List.of(new IllegalStateException("s3cret"), new IOException("s3cret"))) {
			withEagerTokens(Mono.error(failure)).run((context) -> {
				FailureAnalysis analysis = analysisOf(context);
				assertThat(analysis.getDescription())
					.endsWith("the TokenProvider failed with " + failure.getClass().getName() + ".");
				assertThat(analysis.getDescription() + analysis.getAction()).doesNotContain("s3cret");
			});
		}
	}

	private ApplicationContextRunner withEagerTokens(Mono<AccessToken> tokens) {
		return this.contextRunner.withPropertyValues("im.auth.eager=true")
			.withBean(TokenProvider.class, () -> new GivenTokenProvider(tokens));
	}

	private static FailureAnalysis analysisOf(AssertableApplicationContext context) {
		FailureAnalysis analysis = new ImConfigurationFailureAnalyzer().analyze(context.getStartupFailure());
		assertThat(analysis).isNotNull();
		return analysis;
	}

	@Test
	void fetchingATokenAsksForTheQuotaOfTokens() {
		List<String> asked = new CopyOnWriteArrayList<>();
		this.contextRunner.withBean(QuotaLimiter.class, () -> (request) -> {
			asked.add(request.operation().name());
			return QuotaLimiter.unlimited().acquire(request);
		}).run((context) -> {
			send(context, "user2");
			assertThat(asked).containsExactly("send-message", "token");
		});
	}

	@Test
	void wrongSecretSaysWhatToDo() {
		this.contextRunner.withPropertyValues("im.auth.client-secret=wrong-s3cret")
			.run((context) -> assertThatExceptionOfType(ImAuthenticationException.class)
				.isThrownBy(() -> send(context, "user2"))
				.withMessageContaining("Check im.auth.client-secret")
				.withMessageNotContaining("wrong-s3cret"));
	}

	@Test
	void wrongAppSaysWhatToDo() {
		this.contextRunner.withPropertyValues("im.app-name=other")
			.run((context) -> assertThatExceptionOfType(ImNotFoundException.class)
				.isThrownBy(() -> send(context, "user2"))
				.withMessageContaining("Check im.org-name, im.app-name"));
	}

	@Test
	void retriesAsConfigured() {
		this.contextRunner.withPropertyValues("im.retry.max-attempts=2", "im.retry.backoff=1ms", "im.retry.unsafe=true")
			.run((context) -> {
				emulator.faults().fail("send-message", Fault.status(503).html("<html/>"), 5);
				assertThatExceptionOfType(ImServerException.class).isThrownBy(() -> send(context, "user2"));
				assertThat(emulator.requestCount("send-message")).isEqualTo(2);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "im.retry.max-attempts=0", "im.retry.backoff=-1ms", "im.timeout=0s",
			"im.http.connect-timeout=0s", "im.http.read-timeout=-1s", "im.http.max-connections=0",
			"im.http.event-loops=0", "im.http.event-loops=257", "im.http.max-response-size=0",
			"im.http.max-response-size=3GB", "im.http.proxy.port=0", "im.http.proxy.port=65536",
			"im.quota.max-wait=-1s", "im.quota.max-waiting=-1", "im.quota.limits.send-message.calls-per-second=0",
			"im.chatroom.page-size=1001", "im.auth.ttl=-1s", "im.shutdown-timeout=-1s", "im.bulk.chunk-size=0",
			"im.bulk.chunk-size=601", "im.bulk.share=0", "im.bulk.share=1.01", "im.bulk.share=NaN" })
	void settingsOutOfRangeStopTheStart(String property) {
		String key = property.substring(0, property.indexOf('='));
		this.contextRunner.withPropertyValues(property)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(ImConfigurationException.class)
				.hasMessageContaining(key));
	}

	@ParameterizedTest
	@CsvSource({ "600, 601, 600", "1, 3, 1", "100, 150, 100" })
	void messagesToManyAreCutAsThePropertySays(int chunkSize, int recipients, int largest) {
		this.contextRunner.withPropertyValues("im.bulk.chunk-size=" + chunkSize, "im.bulk.share=1").run((context) -> {
			sendToAll(context, recipients);
			assertThat(emulator.requests("send-message")).hasSize((recipients + chunkSize - 1) / chunkSize)
				.anyMatch((request) -> request.json().path("to").size() == largest);
		});
	}

	@Test
	void noCallHasMoreRecipientsThanTheWholeQuota() {
		this.contextRunner.withPropertyValues("im.quota.limits.send-message.messages-per-minute=50").run((context) -> {
			sendToAll(context, 50);
			assertThat(emulator.requestCount("send-message")).isOne();
		});
	}

	private static void sendToAll(AssertableApplicationContext context, int recipients) {
		List<Delivery> deliveries = context.getBean(MessageOperations.class)
			.sendToAll(Message.text("hi").build(), Flux.range(0, recipients).map((number) -> "user" + number))
			.collectList()
			.block(TIMEOUT);
		assertThat(deliveries).hasSize(recipients).allMatch(Delivery::isSent);
	}

	private ApplicationContextRunner withAppId() {
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ImAutoConfiguration.class))
			.withPropertyValues("im.base-url=" + emulator.baseUrl(), "im.app-id=" + emulator.appId(),
					"im.auth.app-certificate=" + emulator.appCertificate());
	}

	private static SendResult send(AssertableApplicationContext context, String user) {
		SendResult result = context.getBean(MessageOperations.class)
			.send(Message.text("hi").to(user).build())
			.block(TIMEOUT);
		assertThat(result).isNotNull();
		return result;
	}

	@Configuration(proxyBeanMethods = false)
	static class EmulatorConnection {

		@Bean
		ImConnectionDetails emulatorDetails() {
			return new ImConnectionDetails() {

				@Override
				public String getBaseUrl() {
					return emulator.baseUrl();
				}

				@Override
				public String getAppId() {
					return emulator.appId();
				}

				@Override
				public String getAppCertificate() {
					return emulator.appCertificate();
				}

			};
		}

	}

	private record GivenTokenProvider(Mono<AccessToken> token) implements TokenProvider {

		@Override
		public void invalidate(AccessToken rejected) {
		}

	}

}
