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

package io.github.imspring.sample.console;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TextsTests {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d}");

	/**
	 * Commands, which are the same in all languages.
	 */
	private static final String UNTRANSLATED = "send.empty.curl";

	@Test
	void everyTextIsThereInBothLanguagesWithTheSameValuesToFillIn() throws IOException {
		Properties english = read("messages.properties");
		Properties chinese = read("messages_zh.properties");
		english.remove(UNTRANSLATED);

		assertThat(chinese.keySet()).containsExactlyInAnyOrderElementsOf(english.keySet());
		english.forEach((key, text) -> assertThat(placeholders(chinese.get(key))).as("%s", key)
			.containsExactlyInAnyOrderElementsOf(placeholders(text)));
	}

	private static Properties read(String bundle) throws IOException {
		Properties texts = new Properties();
		try (Reader reader = new InputStreamReader(TextsTests.class.getResourceAsStream("/" + bundle),
				StandardCharsets.UTF_8)) {
			texts.load(reader);
		}
		return texts;
	}

	private static List<String> placeholders(Object text) {
		return PLACEHOLDER.matcher((String) text).results().map(MatchResult::group).toList();
	}

}
