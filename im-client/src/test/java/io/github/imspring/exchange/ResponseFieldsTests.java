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

package io.github.imspring.exchange;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ResponseFields}.
 */
class ResponseFieldsTests {

	private static ResponseFields fields(String json) {
		return new ResponseFields(JsonMapper.shared().readTree(json));
	}

	@Test
	void readsTextAsNumbersAndBooleans() {
		ResponseFields fields = fields(
				"{\"count\": \"3\", \"mute\": \"true\", \"created\": \"1700000000000\", \"id\": 7}");
		assertThat(fields.number("count")).isEqualTo(3);
		assertThat(fields.flag("mute")).isTrue();
		assertThat(fields.time("created")).isEqualTo(Instant.ofEpochMilli(1_700_000_000_000L));
		assertThat(fields.text("id")).isEqualTo("7");
	}

	@Test
	void readsNothingFromWhatIsMissing() {
		for (ResponseFields fields : new ResponseFields[] { fields("{}"), fields("{\"x\": null}"), fields("[1]"),
				fields("\"x\"") }) {
			assertThat(fields.text("x")).isEmpty();
			assertThat(fields.textOrNull("x")).isNull();
			assertThat(fields.number("x")).isNull();
			assertThat(fields.flag("x")).isNull();
			assertThat(fields.time("x")).isNull();
		}
	}

}
