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

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * The texts that the scripts of the pages fill in, in the language of the browser.
 */
@Component
class ConsoleTexts {

	private static final String PREFIX = "js.";

	private final MessageSource messages;

	private final List<String> keys;

	ConsoleTexts(MessageSource messages) {
		this.messages = messages;
		this.keys = ResourceBundle.getBundle("messages", Locale.ROOT)
			.keySet()
			.stream()
			.filter((key) -> key.startsWith(PREFIX))
			.toList();
	}

	/**
	 * The texts of a language.
	 * @param locale the language
	 * @return the texts by their keys, without what the keys have in common
	 */
	Map<String, String> of(Locale locale) {
		Map<String, String> texts = new TreeMap<>();
		for (String key : this.keys) {
			texts.put(key.substring(PREFIX.length()), this.messages.getMessage(key, null, locale));
		}
		return texts;
	}

}
