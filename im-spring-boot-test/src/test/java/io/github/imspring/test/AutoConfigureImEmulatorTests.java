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

package io.github.imspring.test;

import java.io.File;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.imspring.autoconfigure.ImAutoConfiguration;
import io.github.imspring.autoconfigure.ImConnectionDetails;
import io.github.imspring.chatroom.ChatroomOperations;
import io.github.imspring.chatroom.NewChatroom;
import io.github.imspring.emulator.DeliveredMessage;
import io.github.imspring.emulator.EmulatedApp;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.emulator.QuotaMode;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link AutoConfigureImEmulator}.
 */
@SpringBootTest(properties = { "im.base-url=https://service.invalid", "im.app-id=970CA35de60c44645bbae8a215061b33",
		"im.auth.app-certificate=5CFd2fd1755d40ecb72977518be15d3b", "im.accounts.sales.base-url=https://sales.invalid",
		"im.accounts.sales.app-id=0123456789abcdef0123456789abcdef",
		"im.accounts.sales.auth.app-certificate=0123456789abcdef0123456789abcdef",
		"im.accounts.[North.East].base-url=https://north.invalid", "im.accounts.[North.East].org-name=north",
		"im.accounts.[North.East].app-name=east", "im.accounts.[North.East].auth.client-id=north-id",
		"im.accounts.[North.East].auth.client-secret=north-secret" })
@AutoConfigureImEmulator
class AutoConfigureImEmulatorTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	@Autowired
	private Greeter greeter;

	@Autowired
	private ImEmulator emulator;

	@BeforeEach
	void isReset(ImEmulator emulator) {
		assertThat(emulator.deliveredMessages()).isZero();
		assertThat(emulator.quotas().mode()).isEqualTo(QuotaMode.SLIDING);
	}

	@RepeatedTest(2)
	void isResetAfterEachMethod() {
		this.emulator.quotas().mode(QuotaMode.OFF);
		this.greeter.welcome("user2").block(TIMEOUT);
		assertThat(this.emulator.deliveredMessages()).isOne();
	}

	@Test
	void isOneBeanForFieldsAndParameters(ImEmulator parameter, @Autowired ImEmulator autowired) {
		assertThat(parameter).isSameAs(this.emulator).isSameAs(autowired);
	}

	@Test
	void eachAccountCallsAnAppOfItsOwn(@Qualifier("sales") MessageOperations sales,
			@Qualifier("North.East") MessageOperations northEast) {
		sales.send(Message.text("hi").to("user2").build()).block(TIMEOUT);
		northEast.send(Message.text("hi").to("user3").build()).block(TIMEOUT);
		this.greeter.welcome("user4").block(TIMEOUT);

		EmulatedApp salesApp = this.emulator.app("sales");
		assertThat(salesApp.deliveries()).extracting(DeliveredMessage::to).containsExactly("user2");
		assertThat(salesApp.requests("send-message").get(0).rawPath())
			.isEqualTo("/app-id/" + salesApp.appId() + "/messages/users");
		EmulatedApp northEastApp = this.emulator.app("North.East");
		assertThat(northEastApp.deliveries()).extracting(DeliveredMessage::to).containsExactly("user3");
		assertThat(northEastApp.requests("send-message").get(0).rawPath())
			.isEqualTo("/emulator-org/emulator-app-North.East/messages/users");
		assertThat(this.emulator.deliveries()).extracting(DeliveredMessage::to).containsExactly("user4");
	}

	@Test
	void everyUserExists(@Autowired ChatroomOperations chatrooms) {
		assertThat(chatrooms.create(room()).block(TIMEOUT)).isNotEmpty();
	}

	@Test
	void stopsWithTheContext() {
		AtomicInteger port = new AtomicInteger();
		runner().run((context) -> {
			port.set(context.getBean(ImEmulator.class).port());
			new Socket().connect(address(port.get()));
		});
		assertThatIOException().isThrownBy(() -> new Socket().connect(address(port.get())));
	}

	@Test
	void usesAnEmulatorOfTheApplication() {
		try (ImEmulator own = ImEmulator.start()) {
			runner().withBean("own", ImEmulator.class, () -> own, (definition) -> definition.setDestroyMethodName(""))
				.run((context) -> {
					assertThat(context).hasSingleBean(ImEmulator.class);
					new Greeter(context.getBean(MessageOperations.class)).welcome("user2").block(TIMEOUT);
					assertThat(own.deliveredMessages()).isOne();
				});
		}
	}

	@Test
	void winsOverConnectionDetailsOfTheApplication() {
		runner().withUserConfiguration(RealService.class)
			.run((context) -> new Greeter(context.getBean(MessageOperations.class)).welcome("user2").block(TIMEOUT));
	}

	@Test
	void testsWithoutTheEmulatorOnTheirClassPathRun() throws Exception {
		URL[] classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.contains("im-emulator"))
			.map(AutoConfigureImEmulatorTests::url)
			.toArray(URL[]::new);
		try (URLClassLoader loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
			Class<?> type = loader.loadClass(ImEmulatorResetTestExecutionListener.class.getName());
			var constructor = type.getDeclaredConstructor();
			constructor.setAccessible(true);
			Object listener = constructor.newInstance();
			loader.loadClass(TestExecutionListener.class.getName())
				.getMethod("afterTestMethod", loader.loadClass(TestContext.class.getName()))
				.invoke(listener, (Object) null);
			assertThatExceptionOfType(ClassNotFoundException.class)
				.isThrownBy(() -> loader.loadClass(ImEmulator.class.getName()));
		}
	}

	private static URL url(String entry) {
		try {
			return new File(entry).toURI().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private static InetSocketAddress address(int port) {
		return new InetSocketAddress("127.0.0.1", port);
	}

	private static NewChatroom room() {
		return NewChatroom.named("Stage").description("Live").owner("nobody").maxUsers(10).build();
	}

	private static ApplicationContextRunner runner() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ImAutoConfiguration.class, ImEmulatorAutoConfiguration.class));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Greeter.class)
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	static class RealService {

		@Bean
		ImConnectionDetails realService() {
			return () -> "https://service.invalid";
		}

	}

}
