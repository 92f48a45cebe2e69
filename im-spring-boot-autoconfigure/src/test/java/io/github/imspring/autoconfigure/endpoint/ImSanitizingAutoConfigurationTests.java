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

package io.github.imspring.autoconfigure.endpoint;

import java.util.List;

import io.github.imspring.autoconfigure.ImAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.autoconfigure.context.properties.ConfigurationPropertiesReportEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.env.EnvironmentEndpointAutoConfiguration;
import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ImSanitizingAutoConfiguration}.
 */
class ImSanitizingAutoConfigurationTests {

	private static final String HIDDEN = "h1dden";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ImAutoConfiguration.class, ImSanitizingAutoConfiguration.class,
				ConfigurationPropertiesReportEndpointAutoConfiguration.class,
				EnvironmentEndpointAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=*",
				"management.endpoint.configprops.show-values=always", "management.endpoint.env.show-values=always",
				"im.base-url=https://shown.example.com", "im.org-name=org", "im.app-name=app",
				"im.auth.client-id=shown-id", "im.auth.client-secret=" + HIDDEN, "im.http.proxy.username=shown-user",
				"im.http.proxy.password=" + HIDDEN, "im.callback.secrets[0]=" + HIDDEN,
				"im.callback.secrets[1]=" + HIDDEN, "im.accounts.sales.base-url=https://sales.example.com",
				"im.accounts.sales.app-id=970ca35de60c44645bbae8a215061b33",
				"im.accounts.sales.auth.app-certificate=5cfd2fd1755d40ecb72977518be15d3b",
				"im.accounts.sales.callback.secrets=" + HIDDEN, "im.accounts.two.base-url=https://two.example.com",
				"im.accounts.two.org-name=org", "im.accounts.two.app-name=two", "im.accounts.two.auth.token=" + HIDDEN,
				"IM_CLIENT_SECRET=" + HIDDEN, "IM_CALLBACK_SECRET=" + HIDDEN, "IM_AUTH_TOKEN=" + HIDDEN);

	@Test
	void endpointsThatShowAllValuesShowNoSecret() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasNotFailed();
			JsonMapper mapper = JsonMapper.builder().build();
			String properties = mapper.writeValueAsString(
					context.getBean(ConfigurationPropertiesReportEndpoint.class).configurationProperties());
			String environment = mapper
				.writeValueAsString(context.getBean(EnvironmentEndpoint.class).environment("(?i)im.*"));
			assertThat(List.of(properties, environment)).allSatisfy((shown) -> assertThat(shown)
				.contains("https://shown.example.com", "shown-id", "shown-user", "https://sales.example.com")
				.doesNotContain(HIDDEN, "5cfd2fd1755d40ecb72977518be15d3b"));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "im.auth.client-secret", "im.auth.clientSecret", "IM_AUTH_CLIENTSECRET",
			"im.auth.appCertificate", "im.auth.token", "im.http.proxy.password", "IM_HTTP_PROXY_PASSWORD",
			"im.callback.secrets", "im.callback.secrets[12]", "IM_CALLBACK_SECRETS_0",
			"im.accounts.my-sales.auth.client-secret", "IM_ACCOUNTS_MYSALES_AUTH_APPCERTIFICATE",
			"im.accounts.my-sales.callback.secrets[0]", "IM_APP_CERTIFICATE", "IM_TOKEN" })
	void secrets(String key) {
		assertThat(ImSanitizingAutoConfiguration.isSecret(key)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "im.auth.client-id", "im.auth.ttl", "im.callback.path", "im.http.proxy.username",
			"im.accounts.sales.base-url", "image.proxy.password", "shop.im.auth.token", "im.auth.token-file",
			"improved.client-secret" })
	void noSecrets(String key) {
		assertThat(ImSanitizingAutoConfiguration.isSecret(key)).isFalse();
	}

	@Test
	void functionsOfTheApplicationStay() {
		this.contextRunner.withBean("mine", SanitizingFunction.class, SanitizingFunction::sanitizeValue)
			.run((context) -> assertThat(context.getBeansOfType(SanitizingFunction.class)).containsOnlyKeys("mine",
					"imSanitizingFunction"));
	}

}
