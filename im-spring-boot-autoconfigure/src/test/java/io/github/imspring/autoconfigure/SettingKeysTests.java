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

import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

import io.github.imspring.error.Setting;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SettingKeys}.
 */
class SettingKeysTests {

	private static final String LIMITS = "im.quota.limits.send-message.";

	@ParameterizedTest
	@EnumSource(Setting.class)
	void keysAreThoseOfTheMetadata(Setting setting) throws Exception {
		String key = new SettingKeys("im.", false).nameOf(setting, "send-message");
		if (key.startsWith(LIMITS)) {
			assertThat(key.substring(LIMITS.length())).isIn("calls-per-second", "messages-per-second",
					"messages-per-minute");
			return;
		}
		assertThat(documented()).contains(key);
		assertThat(new SettingKeys("im.accounts.sales.", false).nameOf(setting, ""))
			.isEqualTo("im.accounts.sales." + key.substring("im.".length()));
	}

	private static Set<String> documented() throws Exception {
		Set<String> names = new HashSet<>();
		for (URL url : Collections.list(
				SettingKeysTests.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
			try (InputStream in = url.openStream()) {
				JsonNode metadata = JsonMapper.shared().readTree(in);
				metadata.path("properties").forEach((property) -> names.add(property.path("name").asString()));
				metadata.path("groups").forEach((group) -> names.add(group.path("name").asString()));
			}
		}
		return names;
	}

}
