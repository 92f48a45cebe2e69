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

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests of {@link SpringBootVersionCheck}.
 */
class SpringBootVersionCheckTests {

	@ParameterizedTest
	@ValueSource(strings = { "2.7.18", "3.5.14", "3.5.0-SNAPSHOT" })
	void stopsOnWhatIsTooOld(String version) {
		assertThatExceptionOfType(ImConfigurationException.class)
			.isThrownBy(() -> SpringBootVersionCheck.check(version))
			.withMessageContaining("Spring Boot " + version)
			.satisfies((ex) -> assertThat(ex.action()).contains("4.1"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "4.0.0", "4.1.0", "5.0.0-M1", "10.0", "unknown" })
	void letsOthersPass(String version) {
		assertThatNoException().isThrownBy(() -> SpringBootVersionCheck.check(version));
	}

	@Test
	void doesWithoutAVersion() {
		assertThatNoException().isThrownBy(() -> SpringBootVersionCheck.check(null));
	}

	@Test
	void isAskedBeforeTheContextIsRefreshed() {
		SpringApplication application = new SpringApplication(Configured.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		List<ApplicationContextInitializer<?>> initializers = List.copyOf(application.getInitializers());
		assertThat(initializers).hasAtLeastOneElementOfType(SpringBootVersionCheck.class);
		assertThatNoException().isThrownBy(() -> SpringBootVersionCheck.check(SpringBootVersion.getVersion()));
	}

	@Configuration(proxyBeanMethods = false)
	static class Configured {

	}

}
