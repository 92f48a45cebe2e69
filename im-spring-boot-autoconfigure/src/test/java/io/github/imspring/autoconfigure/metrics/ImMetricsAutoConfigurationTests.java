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

package io.github.imspring.autoconfigure.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.imspring.autoconfigure.ImAccounts;
import io.github.imspring.autoconfigure.ImAutoConfiguration;
import io.github.imspring.chatroom.ChatroomOperations;
import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.error.ImApiException;
import io.github.imspring.error.ImException;
import io.github.imspring.exchange.ImRequest;
import io.github.imspring.exchange.ImRestOperations;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import io.github.imspring.observation.ImClientObservationConvention;
import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Quota;
import io.github.imspring.quota.Grant;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.quota.QuotaRequest;
import io.github.imspring.quota.QuotaStoreState;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ImMetricsAutoConfiguration} and {@link ImClientMetrics}.
 */
class ImMetricsAutoConfigurationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static ImEmulator emulator;

	private static ImEmulator sales;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ImAutoConfiguration.class, ImMetricsAutoConfiguration.class,
				MetricsAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, ObservationAutoConfiguration.class))
		.withPropertyValues("im.base-url=" + emulator.baseUrl(), "im.org-name=" + emulator.orgName(),
				"im.app-name=" + emulator.appName(), "im.auth.client-id=" + emulator.clientId(),
				"im.auth.client-secret=" + emulator.clientSecret(), "im.retry.backoff=1ms");

	@BeforeAll
	static void startEmulators() {
		emulator = ImEmulator.start();
		sales = ImEmulator.start();
	}

	@AfterAll
	static void stopEmulators() {
		emulator.close();
		sales.close();
	}

	@BeforeEach
	void reset() {
		emulator.reset();
		sales.reset();
	}

	@Test
	void messagesAreCountedByRecipients() {
		this.contextRunner.run((context) -> {
			send(context, "u1", "u2", "u3");
			MessageOperations messages = context.getBean(MessageOperations.class);
			messages.send(Message.command("wave").to("u1").build()).block(TIMEOUT);
			messages.send(Message.text("Goal!").toChatrooms("1", "2").build()).block(TIMEOUT);
			emulator.faults().fail("send-message", Fault.status(400));
			assertThatExceptionOfType(ImApiException.class).isThrownBy(() -> send(context, "u1", "u2"));
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(counter(meters, "im.client.messages", "operation", "send-message", "type", "txt", "outcome",
					"SUCCESS"))
				.isEqualTo(3);
			assertThat(counter(meters, "im.client.messages", "operation", "send-chatroom-message", "type", "txt",
					"outcome", "SUCCESS"))
				.isEqualTo(2);
			assertThat(counter(meters, "im.client.messages", "type", "cmd", "outcome", "SUCCESS")).isOne();
			assertThat(counter(meters, "im.client.messages", "type", "txt", "outcome", "CLIENT_ERROR")).isEqualTo(2);
		});
	}

	@Test
	void callsThatSendNoMessagesCountNone() {
		this.contextRunner.run((context) -> {
			listRooms(context);
			assertThat(context.getBean(MeterRegistry.class).find("im.client.messages").counters()).isEmpty();
		});
	}

	@Test
	void rejectionsAndRetriesAreCountedByTheirReason() {
		this.contextRunner.withPropertyValues("im.quota.enabled=false").run((context) -> {
			emulator.faults().fail("send-message", Fault.reachLimit());
			send(context, "u1");
			emulator.faults().fail("send-message", Fault.messageReachLimit());
			send(context, "u1");
			emulator.faults().fail("send-message", Fault.expiredToken());
			send(context, "u1");
			emulator.faults().fail("list-chatrooms", Fault.status(503));
			listRooms(context);
			emulator.faults().fail("list-chatrooms", Fault.resetBeforeProcessing());
			listRooms(context);
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(counter(meters, "im.client.quota.rejections", "quota", "send-message-calls", "status", "429"))
				.isOne();
			assertThat(counter(meters, "im.client.quota.rejections", "quota", "send-message-messages", "status", "403"))
				.isOne();
			assertThat(counter(meters, "im.client.retries", "operation", "send-message", "reason", "quota"))
				.isEqualTo(2);
			assertThat(counter(meters, "im.client.retries", "operation", "send-message", "reason", "token")).isOne();
			assertThat(counter(meters, "im.client.retries", "operation", "list-chatrooms", "reason", "server")).isOne();
			assertThat(counter(meters, "im.client.retries", "operation", "list-chatrooms", "reason", "transport"))
				.isOne();
		});
	}

	@Test
	void callThatIsNotRepeatedIsNoRetry() {
		this.contextRunner.run((context) -> {
			emulator.faults().fail("send-message", Fault.status(503));
			assertThatExceptionOfType(ImException.class).isThrownBy(() -> send(context, "u1"));
			assertThat(context.getBean(MeterRegistry.class).find("im.client.retries").counters()).isEmpty();
		});
	}

	@Test
	void tokenIsTimedAndGauged() {
		this.contextRunner.run((context) -> {
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(meters.get("im.client.token.remaining").tag("account", "default").timeGauge().value()).isNaN();
			emulator.faults().fail("token", Fault.status(503));
			send(context, "u1");
			assertThat(meters.get("im.client.token.refresh").tag("outcome", "SUCCESS").timer().count()).isOne();
			assertThat(meters.get("im.client.token.refresh").tag("outcome", "SERVER_ERROR").timer().count()).isOne();
			assertThat(meters.get("im.client.token.remaining").timeGauge().value()).isBetween(60.0, 86_400.0);
		});
	}

	@Test
	void quotasAreTimedAndGauged() {
		this.contextRunner.withPropertyValues("im.quota.limits.send-message.calls-per-second=1").run((context) -> {
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(gauge(meters, "im.client.quota.available", "send-message-messages")).isEqualTo(6000);
			assertThat(gauge(meters, "im.client.quota.available", "list-chatrooms-calls")).isEqualTo(50);
			assertThat(gauge(meters, "im.client.quota.waiting", "send-message-calls")).isZero();
			assertThat(counter(meters, "im.client.quota.rejections", "quota", "send-message-calls")).isZero();
			MessageOperations messages = context.getBean(MessageOperations.class);
			Message message = Message.text("hi").to("u1", "u2").build();
			messages.send(message).block(TIMEOUT);
			Mono<?> waiting = messages.send(message).cache();
			waiting.subscribe();
			assertThat(gauge(meters, "im.client.quota.waiting", "send-message-calls")).isOne();
			waiting.block(TIMEOUT);
			assertThat(gauge(meters, "im.client.quota.available", "send-message-messages")).isEqualTo(5996);
			assertThat(meters.get("im.client.quota.wait").tags("quota", "send-message-calls").timer().count())
				.isEqualTo(2);
			assertThat(meters.get("im.client.quota.wait")
				.tags("account", "default", "quota", "send-message-messages")
				.timer()
				.max(TimeUnit.MILLISECONDS)).isBetween(300.0, 20_000.0);
		});
	}

	@Test
	void quotaOfAnOperationThatNobodyModelledIsGaugedFromItsFirstCallOn() {
		this.contextRunner.run((context) -> {
			Operation listUsers = new Operation("list-users", true,
					List.of(new Quota("list-users", Quota.Unit.CALLS, 30)));
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(meters.find("im.client.quota.available").tag("quota", "list-users-calls").gauge()).isNull();
			context.getBean(ImRestOperations.class)
				.exchange(ImRequest.get(listUsers).path("users").build())
				.onErrorComplete()
				.block(TIMEOUT);
			assertThat(gauge(meters, "im.client.quota.available", "list-users-calls")).isBetween(28.0, 30.0);
		});
	}

	@Test
	void lostStoreOfTheQuotasIsGauged() {
		this.contextRunner.run((context) -> assertThat(degraded(context)).isZero());
		this.contextRunner.withBean(QuotaLimiter.class, LostStore::new)
			.run((context) -> assertThat(degraded(context)).isOne());
	}

	@Test
	void timersOfCallsHaveTheSameKeysHoweverTheyEnd() {
		this.contextRunner.run((context) -> {
			send(context, "u1");
			emulator.faults().fail("send-message", Fault.status(400));
			assertThatExceptionOfType(ImApiException.class).isThrownBy(() -> send(context, "u1"));
			emulator.faults().fail("send-message", Fault.hang());
			context.getBean(MessageOperations.class).send(Message.text("hi").to("u1").build()).subscribe().dispose();
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(meters.find("im.client.operations").timers()).hasSize(3)
				.extracting(ImMetricsAutoConfigurationTests::keys)
				.containsOnly(Set.of("account", "operation", "outcome", "status", "error"));
		});
	}

	@Test
	void conventionOfTheApplicationRenamesTheTimer() {
		this.contextRunner.withBean(ImClientObservationConvention.class, () -> new ImClientObservationConvention() {
			@Override
			public String getName() {
				return "chat.calls";
			}
		}).run((context) -> {
			send(context, "u1");
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(meters.get("chat.calls").timer().count()).isOne();
			assertThat(meters.find("im.client.operations").timer()).isNull();
		});
	}

	@Test
	void metricsOfAccountsNeverMix() {
		this.contextRunner
			.withPropertyValues("im.accounts.sales.base-url=" + sales.baseUrl(),
					"im.accounts.sales.app-id=" + sales.appId(),
					"im.accounts.sales.auth.app-certificate=" + sales.appCertificate(),
					"im.accounts.sales.quota.limits.send-message.calls-per-second=7")
			.run((context) -> {
				send(context, "u1");
				context.getBean("salesImMessageOperations", MessageOperations.class)
					.send(Message.text("hi").to("u1", "u2").build())
					.block(TIMEOUT);
				MeterRegistry meters = context.getBean(MeterRegistry.class);
				assertThat(counter(meters, "im.client.messages", "account", "default")).isOne();
				assertThat(counter(meters, "im.client.messages", "account", "sales")).isEqualTo(2);
				assertThat(meters.get("im.client.operations").tag("account", "sales").timer().count()).isOne();
				assertThat(meters.get("im.client.token.refresh")
					.tags("account", "sales", "outcome", "SUCCESS")
					.timer()
					.count()).isOne();
				assertThat(meters.get("im.client.quota.wait")
					.tags("account", "sales", "quota", "send-message-calls")
					.timer()
					.count()).isOne();
				assertThat(meters.get("im.client.quota.available")
					.tags("account", "sales", "quota", "send-message-messages")
					.gauge()
					.value()).isEqualTo(5998);
			});
	}

	@Test
	void everyMeterHasTheAccount() {
		this.contextRunner.run((context) -> {
			send(context, "u1");
			assertThat(context.getBean(MeterRegistry.class).getMeters())
				.filteredOn((meter) -> meter.getId().getName().startsWith("im.client"))
				.isNotEmpty()
				.allSatisfy((meter) -> assertThat(meter.getId().getTag("account")).isEqualTo("default"));
		});
	}

	@Test
	void withoutMicrometerCoreSendsAllTheSame() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("io.micrometer.core")).run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean("imClientMetrics");
			send(context, "u1");
		});
	}

	@Test
	void withoutAMeterRegistrySendsAllTheSame() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ImAutoConfiguration.class, ImMetricsAutoConfiguration.class))
			.withPropertyValues("im.base-url=" + emulator.baseUrl(), "im.org-name=" + emulator.orgName(),
					"im.app-name=" + emulator.appName(), "im.auth.token=" + emulator.tokens().issue())
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(ImClientMetrics.class);
				send(context, "u1");
			});
	}

	@Test
	void switchedOffWithTheClient() {
		this.contextRunner.withPropertyValues("im.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ImClientMetrics.class));
	}

	@Test
	void switchedOffByTheApplicationsMeterFilter() {
		this.contextRunner.withPropertyValues("management.metrics.enable.im.client=false").run((context) -> {
			send(context, "u1");
			assertThat(context.getBean(MeterRegistry.class).getMeters()).extracting(Meter::getId)
				.noneMatch((id) -> id.getName().startsWith("im.client"));
		});
	}

	@Test
	void usersOwnWins() {
		this.contextRunner
			.withBean("mine", ImClientMetrics.class,
					() -> new ImClientMetrics(new SimpleMeterRegistry(),
							new DefaultListableBeanFactory().getBeanProvider(ImAccounts.class)))
			.run((context) -> {
				assertThat(context).hasSingleBean(ImClientMetrics.class).hasBean("mine");
				send(context, "u1");
				assertThat(context.getBean(MeterRegistry.class).find("im.client.messages").counter()).isNull();
			});
	}

	private static void send(ApplicationContext context, String... recipients) {
		context.getBean(MessageOperations.class).send(Message.text("hi").to(recipients).build()).block(TIMEOUT);
	}

	private static void listRooms(ApplicationContext context) {
		context.getBean(ChatroomOperations.class).list(1).block(TIMEOUT);
	}

	private static double counter(MeterRegistry meters, String name, String... tags) {
		return meters.get(name).tags(tags).counter().count();
	}

	private static double gauge(MeterRegistry meters, String name, String quota) {
		return meters.get(name).tags("account", "default", "quota", quota).gauge().value();
	}

	private static double degraded(ApplicationContext context) {
		return context.getBean(MeterRegistry.class).get("im.client.quota.degraded").gauge().value();
	}

	private static Set<String> keys(Meter meter) {
		return meter.getId().getTags().stream().map(Tag::getKey).collect(Collectors.toSet());
	}

	private static final class LostStore implements QuotaLimiter {

		@Override
		public Mono<Grant> acquire(QuotaRequest request) {
			return Mono.never();
		}

		@Override
		public QuotaStoreState storeState() {
			return QuotaStoreState.DEGRADED;
		}

	}

}
