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

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.imspring.autoconfigure.alone.StarterAloneApplication;
import io.github.imspring.emulator.ImEmulator;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of an application that has nothing but the starter on its class path: no
 * actuator, no meters, no Redis, none of Resilience4j's own modules for Spring, and no
 * test libraries.
 */
class StarterAloneTests {

	private static final Pattern BEYOND_THE_STARTER = Pattern
		.compile("im-emulator|spring-boot-(actuator|health|micrometer-metrics|data|test|transaction|persistence"
				+ "|security|servlet|tomcat|webflux|webmvc|web-server)|spring-(security|webmvc)|tomcat"
				+ "|spring-(data|test|core-test|tx|oxm)|lettuce|jedis|embedded-redis"
				+ "|micrometer-(core|tracing|registry|observation-test)|resilience4j-(spring|micrometer)"
				+ "|opentelemetry|servlet|junit|mockito|assertj|archunit|reactor-test|mockwebserver");

	/**
	 * Of each part of the client one class.
	 */
	private static final List<String> NEEDED_BY_CALLS = List.of("io.github.imspring.exchange.Pipeline",
			"io.github.imspring.quota.DefaultQuotaLimiter", "io.github.imspring.token.ClientCredentialsSource",
			"io.github.resilience4j.ratelimiter.RateLimiterConfig",
			"org.springframework.web.reactive.function.client.DefaultWebClient");

	@Test
	void makesWhatCallsNeedWithTheFirst() throws Exception {
		try (ImEmulator emulator = ImEmulator.start(); StarterAlone loader = new StarterAlone()) {
			List<String> settings = settings(emulator);
			run(loader, Stream.concat(settings.stream(), Stream.of("--send=false")).toList());
			assertThat(NEEDED_BY_CALLS).noneMatch(loader::hasLoaded);
			run(loader, settings);
			assertThat(NEEDED_BY_CALLS).allMatch(loader::hasLoaded);
		}
	}

	@Test
	void startsAndSends() throws Exception {
		try (ImEmulator emulator = ImEmulator.start(); StarterAlone loader = new StarterAlone()) {
			assertThatExceptionOfType(ClassNotFoundException.class)
				.isThrownBy(() -> loader.loadClass("io.micrometer.core.instrument.MeterRegistry"));
			assertThatExceptionOfType(ClassNotFoundException.class)
				.isThrownBy(() -> loader.loadClass("org.springframework.boot.health.contributor.HealthIndicator"));
			run(loader, settings(emulator));
			assertThat(emulator.deliveriesTo("user2")).hasSize(1);
		}
	}

	private static List<String> settings(ImEmulator emulator) {
		return List.of("--im.base-url=" + emulator.baseUrl(), "--im.org-name=" + emulator.orgName(),
				"--im.app-name=" + emulator.appName(), "--im.auth.client-id=" + emulator.clientId(),
				"--im.auth.client-secret=" + emulator.clientSecret());
	}

	private static void run(ClassLoader loader, List<String> arguments) throws Exception {
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		thread.setContextClassLoader(loader);
		try {
			loader.loadClass(StarterAloneApplication.class.getName())
				.getMethod("main", String[].class)
				.invoke(null, (Object) arguments.toArray(String[]::new));
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	/**
	 * The name of a jar, or of the module that the classes are of.
	 */
	private static String name(File file) {
		return file.isFile() ? file.getName() : file.getParentFile().getParentFile().getName();
	}

	private static URL url(File file) {
		try {
			return file.toURI().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private static final class StarterAlone extends URLClassLoader {

		StarterAlone() {
			super(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
				.map(File::new)
				.filter((file) -> !BEYOND_THE_STARTER.matcher(name(file)).find())
				.map(StarterAloneTests::url)
				.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
		}

		boolean hasLoaded(String name) {
			return findLoadedClass(name) != null;
		}

	}

}
