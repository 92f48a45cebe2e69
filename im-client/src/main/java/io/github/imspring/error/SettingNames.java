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

/**
 * What the settings of a client are called where it was built, so that hints name the one
 * to change.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SettingNames {

	/**
	 * The methods of the builder that a client is assembled with by hand.
	 */
	SettingNames JAVA = Setting::javaName;

	/**
	 * What a setting is called.
	 * @param setting the setting
	 * @param operation the operation whose limit is meant, where the setting is one of
	 * many limits; otherwise of no meaning
	 * @return the name, to stand in a sentence
	 */
	String nameOf(Setting setting, String operation);

	/**
	 * Has the hint of a failure use these names.
	 * @param failure the failure
	 */
	default void nameIn(ImException failure) {
		failure.nameSettings(this);
	}

}
