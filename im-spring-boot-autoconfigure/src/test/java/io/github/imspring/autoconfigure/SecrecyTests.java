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

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import io.github.imspring.token.TokenProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No secret may reach the log, a message or a {@code toString}, whatever goes wrong.
 */
class SecrecyTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();

	private final Logger root = this.loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final List<String> shown = new ArrayList<>();

	private final List<Appender<ILoggingEvent>> appendersBefore = new ArrayList<>();

	private Level levelBefore;

	@BeforeEach
	void traceEverything() {
		this.levelBefore = this.root.getLevel();
		this.log.setContext(this.loggers);
		this.log.start();
		this.root.iteratorForAppenders().forEachRemaining(this.appendersBefore::add);
		this.root.detachAndStopAllAppenders();
		this.root.addAppender(this.log);
		this.root.setLevel(Level.TRACE);
	}

	@AfterEach
	void restore() {
		this.root.setLevel(this.levelBefore);
		this.root.detachAppender(this.log);
		this.appendersBefore.forEach((appender) -> {
			appender.start();
			this.root.addAppender(appender);
		});
	}

	@Test
	void clientCredentials() {
		try (ImEmulator emulator = ImEmulator.start()) {
			runner(emulator)
				.withPropertyValues("im.org-name=" + emulator.orgName(), "im.app-name=" + emulator.appName(),
						"im.auth.client-id=" + emulator.clientId(), "im.auth.client-secret=" + emulator.clientSecret())
				.run((context) -> assertNoSecrets(goThroughGoodAndBad(context, emulator), emulator.clientSecret()));
		}
	}

	@Test
	void appCertificate() {
		try (ImEmulator emulator = ImEmulator.start()) {
			runner(emulator)
				.withPropertyValues("im.app-id=" + emulator.appId(),
						"im.auth.app-certificate=" + emulator.appCertificate())
				.run((context) -> assertNoSecrets(goThroughGoodAndBad(context, emulator), emulator.appCertificate()));
		}
	}

	@Test
	void passwordOfTheProxy() throws Exception {
		String password = "pr0xy-s3cret";
		String encoded = Base64.getEncoder().encodeToString(("joe:" + password).getBytes(StandardCharsets.UTF_8));
		for (String expected : List.of("Basic " + encoded, "Basic other")) {
			try (ImEmulator emulator = ImEmulator.start(); RecordingProxy proxy = new RecordingProxy(expected)) {
				runner(emulator)
					.withPropertyValues("im.org-name=" + emulator.orgName(), "im.app-name=" + emulator.appName(),
							"im.auth.token=" + emulator.tokens().issue(), "im.http.proxy.host=localhost",
							"im.http.proxy.port=" + proxy.port(), "im.http.proxy.username=joe",
							"im.http.proxy.password=" + password, "im.retry.max-attempts=1")
					.run((context) -> {
						send(context);
						for (String name : context.getBeanDefinitionNames()) {
							this.shown.add(context.getBean(name).toString());
						}
						assertThat(proxy.heads()).isNotEmpty().allSatisfy((head) -> assertThat(head).contains(encoded));
						assertThat(emulator.deliveredMessages()).isEqualTo(expected.contains(encoded) ? 1 : 0);
						assertNoSecrets(List.of(password, encoded));
					});
			}
		}
		assertThat(this.shown).anyMatch((shown) -> shown.contains("407"));
	}

	@Test
	void wrongSecretAndGivenToken() {
		try (ImEmulator emulator = ImEmulator.start()) {
			ApplicationContextRunner runner = runner(emulator).withPropertyValues("im.org-name=" + emulator.orgName(),
					"im.app-name=" + emulator.appName());
			runner.withPropertyValues("im.auth.client-id=" + emulator.clientId(), "im.auth.client-secret=wr0ng-s3cret")
				.run((context) -> send(context));
			runner.withPropertyValues("im.auth.token=g1ven-t0ken").run((context) -> send(context));
			assertNoSecrets(List.of(), "wr0ng-s3cret", "g1ven-t0ken");
		}
	}

	private List<String> goThroughGoodAndBad(ApplicationContext context, ImEmulator emulator) {
		List<String> tokens = new ArrayList<>();
		send(context);
		tokens.add(currentToken(context));
		emulator.tokens().revoke();
		send(context);
		tokens.add(currentToken(context));
		emulator.faults().fail("send-message", Fault.resetAfterProcessing(), 1);
		send(context);
		emulator.faults().fail("send-message", Fault.status(503).html("<html>Bearer " + tokens.get(1) + "</html>"), 1);
		send(context);
		emulator.faults().fail("send-message", Fault.expiredToken(), 2);
		send(context);
		tokens.add(currentToken(context));
		emulator.faults().fail("token", Fault.status(500).html("<html/>"), 1);
		emulator.tokens().revoke();
		send(context);
		for (String name : context.getBeanDefinitionNames()) {
			this.shown.add(context.getBean(name).toString());
		}
		return tokens;
	}

	private String currentToken(ApplicationContext context) {
		var token = context.getBean(TokenProvider.class).token().block(TIMEOUT);
		assertThat(token).isNotNull();
		this.shown.add(token.toString());
		return token.value();
	}

	private void send(ApplicationContext context) {
		context.getBean(MessageOperations.class)
			.send(Message.text("hi").to("user2").build())
			.doOnNext((result) -> this.shown.add(result.toString()))
			.onErrorResume((ex) -> {
				StringWriter trace = new StringWriter();
				ex.printStackTrace(new PrintWriter(trace));
				this.shown.add(trace.toString());
				return Mono.empty();
			})
			.block(TIMEOUT);
	}

	private void assertNoSecrets(List<String> tokens, String... others) {
		List<String> secrets = new ArrayList<>(tokens);
		secrets.addAll(List.of(others));
		List<ILoggingEvent> events = logged();
		String everything = String.join("\n", this.shown) + "\n"
				+ String.join("\n", events.stream().map(SecrecyTests::text).toList());
		assertThat(events).as("the log is seen at its most talkative")
			.anyMatch((event) -> !event.getLevel().isGreaterOrEqual(Level.INFO));
		for (String secret : secrets) {
			assertThat(everything.contains(secret)).as("a secret of %d characters shows", secret.length()).isFalse();
		}
	}

	/**
	 * Other threads go on logging, which they do holding the appender's monitor.
	 */
	private List<ILoggingEvent> logged() {
		synchronized (this.log) {
			return List.copyOf(this.log.list);
		}
	}

	private static String text(ILoggingEvent event) {
		String thrown = (event.getThrowableProxy() != null) ? event.getThrowableProxy().getMessage() : "";
		return event.getFormattedMessage() + " " + thrown;
	}

	private static ApplicationContextRunner runner(ImEmulator emulator) {
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ImAutoConfiguration.class))
			.withPropertyValues("im.base-url=" + emulator.baseUrl(), "im.retry.backoff=1ms");
	}

}
