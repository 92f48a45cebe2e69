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

import io.github.imspring.chatroom.ChatroomOperations;
import io.github.imspring.chatroom.NewChatroom;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.emulator.QuotaMode;
import io.github.imspring.emulator.UserPolicy;
import io.github.imspring.error.ImApiException;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the attributes of {@link AutoConfigureImEmulator}.
 */
@SpringBootTest
@AutoConfigureImEmulator(users = UserPolicy.REGISTERED, quota = QuotaMode.OFF)
class ImEmulatorAttributesTests {

	@Test
	void areTheEmulators(@Autowired ChatroomOperations chatrooms, ImEmulator emulator) {
		NewChatroom room = NewChatroom.named("Stage").description("Live").owner("nobody").maxUsers(10).build();

		assertThat(emulator.quotas().mode()).isEqualTo(QuotaMode.OFF);
		assertThatExceptionOfType(ImApiException.class)
			.isThrownBy(() -> chatrooms.create(room).block(Duration.ofSeconds(20)));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
