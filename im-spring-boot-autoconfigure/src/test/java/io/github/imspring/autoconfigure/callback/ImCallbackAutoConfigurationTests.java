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

package io.github.imspring.autoconfigure.callback;

import io.github.imspring.autoconfigure.ImAutoConfiguration;
import io.github.imspring.autoconfigure.ImConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.web.reactive.function.server.RouterFunction;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ImCallbackAutoConfiguration}.
 */
class ImCallbackAutoConfigurationTests {

	private static final String[] ACCOUNT = { "im.base-url=http://localhost:1", "im.org-name=org", "im.app-name=app",
			"im.auth.token=token" };

	private static final String SECRET = "im.callback.secrets=s3cret";

	private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(ImAutoConfiguration.class,
			ImCallbackAutoConfiguration.class);

	private final ReactiveWebApplicationContextRunner webFlux = new ReactiveWebApplicationContextRunner()
		.withConfiguration(CONFIGURATIONS)
		.withPropertyValues(ACCOUNT);

	private final WebApplicationContextRunner servlet = new WebApplicationContextRunner()
		.withConfiguration(CONFIGURATIONS)
		.withPropertyValues(ACCOUNT);

	@Test
	void nothingIsAddedWithoutASecret() {
		this.webFlux.run((context) -> assertThat(context).doesNotHaveBean(ImCallbacks.class)
			.doesNotHaveBean("imCallbackRouter"));
		this.webFlux.withPropertyValues("im.callback.secrets= , ")
			.run((context) -> assertThat(context).doesNotHaveBean(ImCallbacks.class));
	}

	@Test
	void endpointIsOfTheStackOfTheApplication() {
		this.webFlux.withPropertyValues(SECRET)
			.run((context) -> assertThat(context).hasSingleBean(RouterFunction.class)
				.doesNotHaveBean(org.springframework.web.servlet.function.RouterFunction.class));
		this.servlet.withPropertyValues(SECRET)
			.run((context) -> assertThat(context).doesNotHaveBean(RouterFunction.class)
				.hasSingleBean(org.springframework.web.servlet.function.RouterFunction.class));
	}

	@Test
	void webFluxNeedsNoServletsAndNoSpringMvc() {
		this.webFlux.withPropertyValues(SECRET)
			.withClassLoader(new FilteredClassLoader("jakarta.servlet", "org.springframework.web.servlet"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(ImCallbacks.class));
	}

	@Test
	void applicationThatIsNoServerHasNoEndpoint() {
		new ApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withPropertyValues(ACCOUNT)
			.withPropertyValues(SECRET)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ImCallbacks.class));
	}

	@Test
	void switchedOffWithTheClient() {
		this.webFlux.withPropertyValues(SECRET, "im.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ImCallbacks.class));
	}

	@Test
	void accountsThatHaveASecretReceive() {
		this.webFlux
			.withPropertyValues("im.accounts.sales.base-url=http://localhost:1", "im.accounts.sales.org-name=org",
					"im.accounts.sales.app-name=app", "im.accounts.sales.auth.token=t",
					"im.accounts.sales.callback.secrets=s3cret")
			.run((context) -> assertThat(context.getBean(ImCallbacks.class)).singleElement()
				.satisfies((account) -> assertThat(account.name()).isEqualTo("sales"))
				.asString()
				.doesNotContain("s3cret", "/im/callbacks"));
	}

	@Test
	void accountsCannotShareAPath() {
		this.webFlux
			.withPropertyValues(SECRET, "im.accounts.sales.base-url=http://localhost:1",
					"im.accounts.sales.org-name=org", "im.accounts.sales.app-name=app",
					"im.accounts.sales.auth.token=t", "im.accounts.sales.callback.secrets=s3cret")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(ImConfigurationException.class)
				.hasMessage("'im.accounts.sales.callback.path' is the same as 'im.callback.path'."));
	}

	@ParameterizedTest
	@CsvSource({ "path, callbacks", "path, /a/{b}", "path, /a b", "max-age, 0s", "max-age, -1s",
			"pre-delivery.timeout, 0ms", "max-remembered, 0", "threads, 0", "queue.capacity, 0", "queue.max-size, 0B",
			"max-body-size, 0B", "max-body-size, 3GB" })
	void settingsThatCannotWorkStopTheStart(String key, String value) {
		this.webFlux.withPropertyValues(SECRET, "im.callback." + key + "=" + value)
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(ImConfigurationException.class)
				.hasMessageContaining("'im.callback." + key + "' is ")
				.hasMessageNotContaining("s3cret"));
	}

}
