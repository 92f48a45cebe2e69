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

import java.util.Map;
import java.util.function.Supplier;

import io.github.imspring.autoconfigure.ImAccountProperties;
import io.github.imspring.emulator.EmulatedApp;
import io.github.imspring.emulator.ImEmulator;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.test.context.DynamicPropertyRegistrar;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.util.StringUtils;

/**
 * Points the accounts under {@code im.accounts} at the emulator, each at the app of its
 * name. They keep their path style and their kind of credentials.
 */
final class EmulatedAccounts implements DynamicPropertyRegistrar {

	private final ImEmulator emulator;

	private final Map<String, ImAccountProperties> accounts;

	EmulatedAccounts(ImEmulator emulator, Environment environment) {
		this.emulator = emulator;
		this.accounts = Binder.get(environment)
			.bind("im.accounts", Bindable.mapOf(String.class, ImAccountProperties.class))
			.orElse(Map.of());
	}

	@Override
	public void accept(DynamicPropertyRegistry registry) {
		this.accounts.forEach((name, account) -> {
			String prefix = ImEmulatorCallbacks.prefixOf(name);
			ImAccountProperties.Auth auth = account.getAuth();
			EmulatedApp app = this.emulator.app(name);
			registry.add(prefix + "base-url", this.emulator::baseUrl);
			replace(registry, prefix + "org-name", account.getOrgName(), app::orgName);
			replace(registry, prefix + "app-name", account.getAppName(), app::appName);
			replace(registry, prefix + "app-id", account.getAppId(), app::appId);
			replace(registry, prefix + "auth.client-id", auth.getClientId(), app::clientId);
			replace(registry, prefix + "auth.client-secret", auth.getClientSecret(), app::clientSecret);
			replace(registry, prefix + "auth.app-certificate", auth.getAppCertificate(), app::appCertificate);
			replace(registry, prefix + "auth.token", auth.getToken(), app.tokens()::issue);
		});
	}

	private static void replace(DynamicPropertyRegistry registry, String key, @Nullable String value,
			Supplier<Object> replacement) {
		if (StringUtils.hasText(value)) {
			registry.add(key, replacement);
		}
	}

}
