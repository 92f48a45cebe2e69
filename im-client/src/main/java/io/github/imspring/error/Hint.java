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

package io.github.imspring.error;

import java.io.Serializable;
import java.util.List;

/**
 * What to do about an error: a sentence that refers to settings without knowing what they
 * are called where the client was built.
 *
 * @param text the sentence, with {@code %s} for each setting
 * @param settings the settings, in the order in which the sentence names them
 * @param operation the operation whose limit is meant if a setting is a limit; may be
 * empty
 * @since 0.1.0
 */
public record Hint(String text, List<Setting> settings, String operation) implements Serializable {

	/**
	 * Copies the settings.
	 * @param text the sentence
	 * @param settings the settings
	 * @param operation the operation whose limit is meant
	 */
	public Hint {
		settings = List.copyOf(settings);
	}

	/**
	 * A hint.
	 * @param text the sentence, with {@code %s} for each setting
	 * @param settings the settings, in the order in which the sentence names them
	 * @return the hint
	 */
	public static Hint of(String text, Setting... settings) {
		return new Hint(text, List.of(settings), "");
	}

	/**
	 * This hint about the limit of an operation.
	 * @param operation the name of the operation
	 * @return the hint
	 */
	public Hint about(String operation) {
		return new Hint(this.text, this.settings, operation);
	}

	/**
	 * The sentence as it is shown.
	 * @param names what the settings are called
	 * @return the sentence
	 */
	public String in(SettingNames names) {
		if (this.settings.isEmpty()) {
			return this.text;
		}
		return this.text
			.formatted(this.settings.stream().map((setting) -> names.nameOf(setting, this.operation)).toArray());
	}

}
