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

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextAnnotationUtils;

/**
 * Gives the accounts of a test with {@code @AutoConfigureImEmulator(callbacks = true)}
 * the secret that the emulator signs with, before anybody asks whether they have one.
 */
final class ImEmulatorCallbacksContextCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> attributes) {
		AutoConfigureImEmulator annotation = TestContextAnnotationUtils.findMergedAnnotation(testClass,
				AutoConfigureImEmulator.class);
		return (annotation != null && annotation.callbacks()) ? new SecretCustomizer() : null;
	}

	/**
	 * Equal to any other, so that contexts are shared.
	 */
	private record SecretCustomizer() implements ContextCustomizer {

		@Override
		public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
			ConfigurableEnvironment environment = context.getEnvironment();
			Map<String, Object> secrets = new HashMap<>();
			secrets.put("im.callback.secrets", ImEmulatorCallbacks.SECRET);
			ImEmulatorCallbacks.pathsOfAccounts(environment)
				.keySet()
				.forEach((account) -> secrets.put(ImEmulatorCallbacks.prefixOf(account) + "callback.secrets",
						ImEmulatorCallbacks.SECRET));
			environment.getPropertySources().addFirst(new MapPropertySource("imEmulatorCallbacks", secrets));
		}

	}

}
