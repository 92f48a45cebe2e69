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
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.github.imspring.ImClient;
import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.emulator.QuotaMode;
import io.github.imspring.error.ImCancelledException;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import jakarta.annotation.PreDestroy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ImClientLifecycle}.
 */
class ImClientLifecycleTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static ImEmulator emulator;

	private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

	private final AtomicInteger sent = new AtomicInteger();

	@BeforeAll
	static void startEmulator() {
		emulator = ImEmulator.builder().quota(QuotaMode.OFF).start();
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
	void eachOf500WaitingHearsOfItsEndBeforeAnyBeanIsDestroyed() {
		AtomicInteger endedBefore = new AtomicInteger();
		runner()
			.withBean("early", DisposableBean.class,
					() -> () -> endedBefore.set(this.sent.get() + this.failures.size()))
			.withPropertyValues("im.shutdown-timeout=500ms", "im.timeout=10m", "im.quota.max-wait=10m",
					"im.quota.limits.send-message.calls-per-second=20")
			.run((context) -> {
				for (int number = 0; number < 520; number++) {
					send(context.getBean(MessageOperations.class), "user" + number);
				}
				close(context);
				assertThat(endedBefore).hasValue(520);
				assertThat(this.sent).hasValue((int) emulator.deliveredMessages());
				assertThat(this.failures).hasSizeGreaterThan(400)
					.allSatisfy((failure) -> assertThat(failure).isInstanceOf(ImCancelledException.class)
						.hasMessageContaining("was not sent"));
			});
	}

	@Test
	void callsUnderWayEndBeforeTheirConnectionsAreClosed() {
		emulator.faults().fail("send-message", Fault.delay(Duration.ofMillis(500)), 20);
		runner().run((context) -> {
			for (int number = 0; number < 20; number++) {
				send(context.getBean(MessageOperations.class), "user" + number);
			}
			await().atMost(TIMEOUT).until(() -> emulator.requestCount("send-message") == 20);
			close(context);
			assertThat(this.failures).isEmpty();
			assertThat(this.sent).hasValue(20);
		});
	}

	@Test
	void namedAccountsAreClosedToo() {
		emulator.faults().fail("send-message", Fault.delay(Duration.ofMillis(500)), 2);
		runner()
			.withPropertyValues("im.accounts.sales.base-url=" + emulator.baseUrl(),
					"im.accounts.sales.app-id=" + emulator.appId(),
					"im.accounts.sales.auth.app-certificate=" + emulator.appCertificate(),
					"im.accounts.sales.shutdown-timeout=20s")
			.run((context) -> {
				MessageOperations sales = context.getBean("salesImMessageOperations", MessageOperations.class);
				send(sales, "user1");
				send(context.getBean(MessageOperations.class), "user2");
				await().atMost(TIMEOUT).until(() -> emulator.requestCount("send-message") == 2);
				close(context);
				assertThat(this.sent).hasValue(2);
				send(sales, "user1");
				assertThat(this.failures).singleElement().isInstanceOf(ImCancelledException.class);
			});
	}

	@Test
	void aStoppedContextStartsAgainWithTheClientOpen() {
		runner().run((context) -> {
			ConfigurableApplicationContext stoppable = context
				.getSourceApplicationContext(ConfigurableApplicationContext.class);
			stoppable.stop();
			stoppable.start();
			context.getBean(MessageOperations.class).send(Message.text("hi").to("user1").build()).block(TIMEOUT);
			assertThat(context.getBean(ImClientLifecycle.class).isRunning()).isTrue();
		});
	}

	@Test
	void theClientOfTheApplicationIsClosedToo() {
		ImClient mine = ImClient
			.builder(io.github.imspring.exchange.ImEndpoint.ofOrgApp(java.net.URI.create(emulator.baseUrl()),
					emulator.orgName(), emulator.appName()))
			.token(emulator.tokens().issue())
			.build();
		runner().withBean("mine", ImClient.class, () -> mine).run((context) -> close(context));
		send(mine.messages(), "user1");
		assertThat(this.failures).singleElement().isInstanceOf(ImCancelledException.class);
	}

	@Test
	void isStoppedAfterTheWebServerAndTheExecutors() {
		runner().run((context) -> assertThat(context.getBean(ImClientLifecycle.class).getPhase())
			.isLessThan(Integer.MAX_VALUE - 2048)
			.isLessThan(new ThreadPoolTaskExecutor().getPhase())
			.isPositive());
	}

	@Test
	void tasksOfExecutorsMaySendUntilTheyHaveEnded() {
		CountDownLatch closing = new CountDownLatch(1);
		runner().withBean(ThreadPoolTaskExecutor.class, ThreadPoolTaskExecutor::new)
			.withBean(ThreadPoolTaskScheduler.class, ThreadPoolTaskScheduler::new)
			.withBean(StopsRightBeforeTheExecutors.class, () -> new StopsRightBeforeTheExecutors(closing))
			.run((context) -> {
				MessageOperations messages = context.getBean(MessageOperations.class);
				CountDownLatch started = new CountDownLatch(2);
				Runnable task = () -> {
					started.countDown();
					awaitQuietly(closing);
					for (int number = 0; number < 3; number++) {
						messages.send(Message.text("hi").to("user" + number).build())
							.doOnError(this.failures::add)
							.doOnSuccess((result) -> this.sent.incrementAndGet())
							.onErrorComplete()
							.block(TIMEOUT);
					}
				};
				context.getBean(ThreadPoolTaskExecutor.class).execute(task);
				context.getBean(ThreadPoolTaskScheduler.class).schedule(task, Instant.EPOCH);
				awaitQuietly(started);
				close(context);
				assertThat(this.failures).isEmpty();
				assertThat(this.sent).hasValue(6);
			});
	}

	/**
	 * These wait for their tasks when they are destroyed, after all lifecycles have
	 * stopped.
	 */
	@Test
	void tasksThatTheirExecutorsAwaitMaySendUntilTheyHaveEnded() {
		CountDownLatch closing = new CountDownLatch(1);
		CountDownLatch started = new CountDownLatch(2);
		runner()
			.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class,
					TaskSchedulingAutoConfiguration.class, ReactiveHttpClientAutoConfiguration.class))
			.withPropertyValues("spring.task.execution.shutdown.await-termination=true",
					"spring.task.execution.shutdown.await-termination-period=30s",
					"spring.task.scheduling.shutdown.await-termination=true",
					"spring.task.scheduling.shutdown.await-termination-period=30s")
			.withUserConfiguration(SchedulingConfiguration.class)
			.withBean(StopsLast.class, () -> new StopsLast(closing))
			.withBean(Tasks.class, () -> new Tasks(() -> {
				started.countDown();
				awaitQuietly(closing);
			}))
			.run((context) -> {
				Tasks tasks = context.getBean(Tasks.class);
				context.getBean("applicationTaskExecutor", AsyncTaskExecutor.class).execute(tasks::scheduled);
				awaitQuietly(started);
				close(context);
				assertThat(tasks.failures).isEmpty();
				assertThat(tasks.sent).hasValue(6);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void beanThatIsDestroyedMaySend(String connector) {
		AtomicReference<MessageOperations> kept = new AtomicReference<>();
		runner().withConfiguration(AutoConfigurations.of(ReactiveHttpClientAutoConfiguration.class))
			.withPropertyValues("spring.http.clients.reactive.connector=" + connector)
			.withUserConfiguration(SaysGoodbye.class)
			.run((context) -> {
				kept.set(context.getBean(MessageOperations.class));
				send(kept.get(), "user1");
				await().atMost(TIMEOUT).until(() -> this.sent.get() == 1);
				close(context);
			});
		assertThat(emulator.deliveriesTo("last")).hasSize(1);
		send(kept.get(), "user2");
		assertThat(this.failures).singleElement().isInstanceOf(ImCancelledException.class);
	}

	@Test
	void contextThatClosesTakesNothingFromTheClientOfAnother() {
		ApplicationContextRunner runner = runner()
			.withConfiguration(AutoConfigurations.of(ReactiveHttpClientAutoConfiguration.class));
		runner.run((context) -> {
			send(context.getBean(MessageOperations.class), "user1");
			await().atMost(TIMEOUT).until(() -> this.sent.get() == 1);
			runner.run((other) -> close(other));
			context.getBean(MessageOperations.class).send(Message.text("hi").to("user2").build()).block(TIMEOUT);
		});
	}

	private static void awaitQuietly(CountDownLatch latch) {
		assertThatNoException()
			.isThrownBy(() -> assertThat(latch.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue());
	}

	private static void close(AssertableApplicationContext context) {
		context.getSourceApplicationContext(ConfigurableApplicationContext.class).close();
	}

	private void send(MessageOperations messages, String user) {
		messages.send(Message.text("hi").to(user).build())
			.subscribe((result) -> this.sent.incrementAndGet(), this.failures::add);
	}

	private static ApplicationContextRunner runner() {
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ImAutoConfiguration.class))
			.withPropertyValues("im.base-url=" + emulator.baseUrl(), "im.app-id=" + emulator.appId(),
					"im.auth.app-certificate=" + emulator.appCertificate(), "im.shutdown-timeout=20s");
	}

	private static final class StopsRightBeforeTheExecutors implements SmartLifecycle {

		private final CountDownLatch stopped;

		private boolean running;

		StopsRightBeforeTheExecutors(CountDownLatch stopped) {
			this.stopped = stopped;
		}

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public void stop() {
			this.running = false;
			this.stopped.countDown();
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return DEFAULT_PHASE / 2 + 1;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScheduling
	static class SchedulingConfiguration {

	}

	static final class Tasks {

		private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

		private final AtomicInteger sent = new AtomicInteger();

		private final Runnable before;

		@Autowired
		private MessageOperations messages;

		Tasks(Runnable before) {
			this.before = before;
		}

		@Scheduled(initialDelay = 0, fixedDelay = Long.MAX_VALUE)
		void scheduled() {
			this.before.run();
			for (int number = 0; number < 3; number++) {
				this.messages.send(Message.text("hi").to("user" + number).build())
					.doOnError(this.failures::add)
					.doOnSuccess((result) -> this.sent.incrementAndGet())
					.onErrorComplete()
					.block(TIMEOUT);
			}
		}

	}

	static final class SaysGoodbye {

		private final MessageOperations messages;

		SaysGoodbye(MessageOperations messages) {
			this.messages = messages;
		}

		@PreDestroy
		void sayGoodbye() {
			this.messages.send(Message.text("goodbye").to("last").build()).block(TIMEOUT);
		}

	}

	private static final class StopsLast implements SmartLifecycle {

		private final CountDownLatch stopped;

		private boolean running;

		StopsLast(CountDownLatch stopped) {
			this.stopped = stopped;
		}

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public void stop() {
			this.running = false;
			this.stopped.countDown();
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return Integer.MIN_VALUE;
		}

	}

}
