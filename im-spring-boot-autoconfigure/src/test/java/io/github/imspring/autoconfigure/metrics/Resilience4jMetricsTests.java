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

import io.github.imspring.autoconfigure.ImAutoConfiguration;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.springboot.ratelimiter.autoconfigure.RateLimiterAutoConfiguration;
import io.github.resilience4j.springboot.ratelimiter.autoconfigure.RateLimiterMetricsAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for Resilience4j's own metrics of the quotas.
 */
class Resilience4jMetricsTests {

	private static final String AVAILABLE = "resilience4j.ratelimiter.available.permissions";

	private static ImEmulator emulator;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ImAutoConfiguration.class, ImMetricsAutoConfiguration.class,
				MetricsAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, RateLimiterAutoConfiguration.class,
				RateLimiterMetricsAutoConfiguration.class))
		.withPropertyValues("im.base-url=" + emulator.baseUrl(), "im.org-name=" + emulator.orgName(),
				"im.app-name=" + emulator.appName(), "im.auth.token=" + emulator.tokens().issue());

	@BeforeAll
	static void startEmulator() {
		emulator = ImEmulator.start();
	}

	@AfterAll
	static void stopEmulator() {
		emulator.close();
	}

	@Test
	void seeTheQuotasBesideOurOwn() {
		this.contextRunner.run((context) -> {
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(context.getBean(RateLimiterRegistry.class).getAllRateLimiters())
				.anyMatch((limiter) -> limiter.getName().equals("im-send-message-messages"));
			assertThat(available(meters)).isEqualTo(6000);
			context.getBean(MessageOperations.class)
				.send(Message.text("hi").to("u1", "u2").build())
				.block(Duration.ofSeconds(20));
			assertThat(available(meters)).isEqualTo(5998);
			assertThat(meters.get("im.client.quota.available").tag("quota", "send-message-messages").gauge().value())
				.isEqualTo(5998);
		});
	}

	@Test
	void areNotNeeded() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("io.github.resilience4j.micrometer"))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				MeterRegistry meters = context.getBean(MeterRegistry.class);
				assertThat(meters.find(AVAILABLE).gauges()).isEmpty();
				assertThat(
						meters.get("im.client.quota.available").tag("quota", "send-message-messages").gauge().value())
					.isEqualTo(6000);
			});
	}

	private static double available(MeterRegistry meters) {
		return meters.get(AVAILABLE).tag("name", "im-send-message-messages").gauge().value();
	}

}
