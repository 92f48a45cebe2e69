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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurationImportSelector;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.type.AnnotationMetadata;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that an application needs nothing of what only operators use. The
 * auto-configurations are selected as in an application, which drops those of a missing
 * class before it reads them.
 */
class ImWithoutActuatorTests {

	private static final Set<String> METRICS = Set.of(MetricsAutoConfiguration.class.getName(),
			SimpleMetricsExportAutoConfiguration.class.getName(),
			CompositeMeterRegistryAutoConfiguration.class.getName());

	private static ImEmulator emulator;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withUserConfiguration(Application.class)
		.withPropertyValues("im.base-url=" + emulator.baseUrl(), "im.org-name=" + emulator.orgName(),
				"im.app-name=" + emulator.appName(), "im.auth.token=" + emulator.tokens().issue(),
				"management.endpoints.web.exposure.include=im");

	@BeforeAll
	static void startEmulator() {
		emulator = ImEmulator.start();
	}

	@AfterAll
	static void stopEmulator() {
		emulator.close();
	}

	@Test
	void allIsThereWithActuator() {
		this.contextRunner.run((context) -> assertThat(context).hasBean("imClientMetrics")
			.hasBean("imHealthContributor")
			.hasBean("imAccountsEndpoint")
			.hasBean("imSanitizingFunction"));
	}

	@ParameterizedTest
	@CsvSource({ "io.micrometer.core, imClientMetrics", "org.springframework.boot.health, imHealthContributor",
			"org.springframework.boot.actuate, imAccountsEndpoint",
			"org.springframework.boot.actuate, imSanitizingFunction" })
	void whatIsMissingTakesOnlyItsOwnBeanAway(String missing, String bean) {
		this.contextRunner.withClassLoader(new FilteredClassLoader(missing)).run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(bean);
			context.getBean(MessageOperations.class)
				.send(Message.text("hi").to("u1").build())
				.block(Duration.ofSeconds(20));
		});
	}

	@Test
	void nothingOfItIsNeeded() {
		this.contextRunner
			.withClassLoader(new FilteredClassLoader("io.micrometer.core", "org.springframework.boot.micrometer",
					"org.springframework.boot.health", "org.springframework.boot.actuate"))
			.run((context) -> {
				assertThat(context).hasNotFailed()
					.doesNotHaveBean("imClientMetrics")
					.doesNotHaveBean("imHealthContributor")
					.doesNotHaveBean("imAccountsEndpoint");
				context.getBean(MessageOperations.class)
					.send(Message.text("hi").to("u1").build())
					.block(Duration.ofSeconds(20));
			});
	}

	@Configuration(proxyBeanMethods = false)
	@Import(SelectedAutoConfigurations.class)
	static class Application {

	}

	static final class SelectedAutoConfigurations extends AutoConfigurationImportSelector {

		@Override
		protected AnnotationAttributes getAttributes(AnnotationMetadata metadata) {
			return new AnnotationAttributes(Map.of("exclude", new String[0], "excludeName", new String[0]));
		}

		@Override
		protected List<String> getCandidateConfigurations(AnnotationMetadata metadata,
				AnnotationAttributes attributes) {
			return super.getCandidateConfigurations(metadata, attributes).stream()
				.filter((name) -> name.startsWith("io.github.imspring.") || METRICS.contains(name))
				.collect(Collectors.toCollection(ArrayList::new));
		}

	}

}
