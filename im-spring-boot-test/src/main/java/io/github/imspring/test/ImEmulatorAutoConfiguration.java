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

import io.github.imspring.autoconfigure.ImAutoConfiguration;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.emulator.QuotaMode;
import io.github.imspring.emulator.UserPolicy;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

/**
 * Starts the emulator of {@link AutoConfigureImEmulator} and points the application's
 * accounts at it.
 */
@AutoConfiguration(before = ImAutoConfiguration.class)
final class ImEmulatorAutoConfiguration {

	/**
	 * Under which the attributes of {@link AutoConfigureImEmulator} are properties.
	 */
	static final String PREFIX = "im.test.emulator";

	@Bean(destroyMethod = "close")
	@ConditionalOnMissingBean
	ImEmulator imEmulator(Environment environment) {
		return ImEmulator.builder()
			.users(environment.getProperty(PREFIX + ".users", UserPolicy.class, UserPolicy.ANY))
			.quota(environment.getProperty(PREFIX + ".quota", QuotaMode.class, QuotaMode.SLIDING))
			.start();
	}

	@Bean
	@Primary
	EmulatedConnectionDetails imEmulatorConnectionDetails(ImEmulator emulator) {
		return new EmulatedConnectionDetails(emulator);
	}

	@Bean
	@ConditionalOnBooleanProperty(PREFIX + ".callbacks")
	ImEmulatorCallbacks imEmulatorCallbacks(ImEmulator emulator, Environment environment) {
		return new ImEmulatorCallbacks(emulator, environment);
	}

	@Bean
	EmulatedAccounts imEmulatorAccounts(ImEmulator emulator, Environment environment) {
		return new EmulatedAccounts(emulator, environment);
	}

}
