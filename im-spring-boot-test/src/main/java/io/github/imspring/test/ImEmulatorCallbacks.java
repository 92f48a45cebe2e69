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

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.github.imspring.autoconfigure.ImCallbackProperties;
import io.github.imspring.emulator.EmulatedApp;
import io.github.imspring.emulator.ImEmulator;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Sends the emulator's callbacks to the application under test, once its web server has a
 * port: those of the default app where the primary account has them, and those of each
 * other app where the account of its name has them, if it has a path of its own.
 */
final class ImEmulatorCallbacks implements ApplicationListener<ApplicationReadyEvent> {

	/**
	 * The secret that all rules have, whatever the application is configured with.
	 */
	static final String SECRET = "emulator-callback-secret";

	/**
	 * Much longer than the application's own deadline: a busy machine is no verdict.
	 */
	private static final Duration VERDICT_TIMEOUT = Duration.ofSeconds(10);

	private final ImEmulator emulator;

	private final Environment environment;

	ImEmulatorCallbacks(ImEmulator emulator, Environment environment) {
		this.emulator = emulator;
		this.environment = environment;
	}

	/**
	 * The accounts under {@code im.accounts} that receive callbacks, and where.
	 */
	static Map<String, String> pathsOfAccounts(Environment environment) {
		Map<String, String> paths = new TreeMap<>();
		Binder binder = Binder.get(environment);
		binder.bind("im.accounts", Bindable.mapOf(String.class, Object.class))
			.orElse(Map.of())
			.keySet()
			.forEach((name) -> {
				String path = environment.getProperty(prefixOf(name) + "callback.path");
				if (StringUtils.hasText(path)) {
					paths.put(name, path);
				}
			});
		return paths;
	}

	static String prefixOf(String account) {
		return "im.accounts" + (account.matches("[a-z0-9-]+") ? "." + account : "[" + account + "]") + ".";
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		String port = this.environment.getProperty("local.server.port");
		if (port == null) {
			throw new IllegalStateException(
					"@AutoConfigureImEmulator(callbacks = true) needs a web server that listens: "
							+ "add webEnvironment = WebEnvironment.RANDOM_PORT to @SpringBootTest");
		}
		String base = "http://localhost:" + port + basePath(event.getSpringApplication().getWebApplicationType());
		pointTo(this.emulator,
				base + this.environment.getProperty("im.callback.path", new ImCallbackProperties().getPath()));
		pathsOfAccounts(this.environment).forEach((account, path) -> pointTo(this.emulator.app(account), base + path));
	}

	private String basePath(@Nullable WebApplicationType type) {
		List<String> properties = (type == WebApplicationType.SERVLET)
				? List.of("server.servlet.context-path", "spring.mvc.servlet.path")
				: List.of("spring.webflux.base-path");
		return properties.stream()
			.map((property) -> StringUtils.trimTrailingCharacter(this.environment.getProperty(property, ""), '/'))
			.collect(Collectors.joining());
	}

	private static void pointTo(EmulatedApp app, String url) {
		app.callbacks().stop();
		app.callbacks().postTo(url, SECRET);
		app.callbacks().askBefore(url, SECRET, VERDICT_TIMEOUT, true);
	}

}
