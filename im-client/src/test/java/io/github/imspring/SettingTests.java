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

package io.github.imspring;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.imspring.callback.CallbackReceiverBuilder;
import io.github.imspring.error.ImTimeoutException;
import io.github.imspring.error.Setting;
import io.github.imspring.error.SettingNames;
import io.github.imspring.quota.QuotaSettings;
import io.github.imspring.token.ClientCredentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the names that hints have for settings: of a client that was built by hand
 * they are what its builder calls them.
 */
class SettingTests {

	private static final Pattern MEMBER = Pattern.compile("(\\w+)\\.(\\w+)");

	private static final Map<String, Class<?>> TYPES = Map.of("ImClientBuilder", ImClientBuilder.class,
			"CallbackReceiverBuilder", CallbackReceiverBuilder.class, "QuotaSettings", QuotaSettings.class,
			"ClientCredentials", ClientCredentials.class);

	@ParameterizedTest
	@EnumSource(Setting.class)
	void membersThatAreNamedExist(Setting setting) {
		String name = SettingNames.JAVA.nameOf(setting, "send-message");
		assertThat(name).doesNotContain("im.", "%").matches(".* of ImEndpoint|.*\\w\\.\\w.*");
		Matcher member = MEMBER.matcher(name);
		while (member.find()) {
			assertThat(TYPES).containsKey(member.group(1));
			List<String> methods = Arrays.stream(TYPES.get(member.group(1)).getMethods())
				.map((method) -> method.getName())
				.toList();
			assertThat(methods).contains(member.group(2));
		}
	}

	@Test
	void failureKeepsItsNamesWhenItIsSerialized() throws Exception {
		ImTimeoutException failure = new ImTimeoutException("send-message", Duration.ofSeconds(1), "waiting", false,
				null);
		assertThat(failure.hint()).startsWith("Raise ImClientBuilder.timeout if");
		SettingNames names = (setting, operation) -> "im.accounts.sales.timeout";
		names.nameIn(failure);
		assertThat(failure).hasMessageContaining("Raise im.accounts.sales.timeout if");
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(failure);
		}
		try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
			assertThat((ImTimeoutException) in.readObject()).hasMessage(failure.getMessage());
		}
	}

}
