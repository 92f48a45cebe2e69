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

package io.github.imspring.sample;

import io.github.imspring.ImClient;
import io.github.imspring.autoconfigure.ImConnectionDetails;
import io.github.imspring.chatroom.ChatroomOperations;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.file.FileOperations;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import io.github.imspring.metadata.ChatroomMetadataOperations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * The profiles for the real service, in whose place an emulator stands.
 */
class ProfileTests {

	private final ImEmulator service = ImEmulator.start();

	@AfterEach
	void stop() {
		this.service.close();
	}

	private ConfigurableApplicationContext run(String profile, String... environment) {
		return new SpringApplicationBuilder(SampleApplication.class).web(WebApplicationType.NONE)
			.profiles(profile)
			.properties(environment)
			.properties("IM_BASE_URL=" + this.service.baseUrl())
			.run();
	}

	private void assertThatItCallsTheServiceBelow(String path, ApplicationContext context) {
		assertThat(context.getBeansOfType(ImEmulator.class)).isEmpty();
		assertThat(context.getBean(ImClient.class)).isNotNull();
		assertThat(context.getBean(ChatroomOperations.class)).isNotNull();
		assertThat(context.getBean(ChatroomMetadataOperations.class)).isNotNull();
		assertThat(context.getBean(FileOperations.class)).isNotNull();
		assertThat(this.service.requests()).isEmpty();

		context.getBean(MessageOperations.class).send(Message.text("hi").to("user2").build()).block();

		assertThat(this.service.requests("send-message").get(0).rawPath()).isEqualTo(path + "/messages/users");
		assertThat(this.service.deliveriesTo("user2")).hasSize(1);
	}

	@Test
	void easemobTakesClientCredentialsFromTheEnvironment() {
		try (ConfigurableApplicationContext context = run("easemob", "IM_ORG_NAME=" + this.service.orgName(),
				"IM_APP_NAME=" + this.service.appName(), "IM_CLIENT_ID=" + this.service.clientId(),
				"IM_CLIENT_SECRET=" + this.service.clientSecret())) {
			assertThat(context.getBean(ImConnectionDetails.class).getClientId()).isEqualTo(this.service.clientId());
			assertThatItCallsTheServiceBelow("/emulator-org/emulator-app", context);
		}
	}

	@Test
	void shengwangTakesTheAppCertificateFromTheEnvironment() {
		try (ConfigurableApplicationContext context = run("shengwang", "IM_APP_ID=" + this.service.appId(),
				"IM_APP_CERTIFICATE=" + this.service.appCertificate())) {
			assertThat(context.getBean(ImConnectionDetails.class).getAppId()).isEqualTo(this.service.appId());
			assertThatItCallsTheServiceBelow("/app-id/" + this.service.appId(), context);
			assertThat(this.service.requestCount("token")).isZero();
		}
	}

	@Test
	void aMissingVariableIsNamedAtStart() {
		assertThatException().isThrownBy(() -> run("easemob", "IM_ORG_NAME=org", "IM_APP_NAME=app", "IM_CLIENT_ID=id"))
			.havingRootCause()
			.withMessageContaining("'im.auth.client-secret' is not set");
		assertThatException().isThrownBy(() -> run("shengwang", "IM_APP_ID=" + this.service.appId()))
			.havingRootCause()
			.withMessageContaining("there are no credentials under 'im.auth'");
	}

}
