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

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties of the IM client.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("im")
public class ImProperties extends ImAccountProperties {

	/**
	 * Whether to configure the IM client.
	 */
	private boolean enabled = true;

	/**
	 * Further accounts by name. Each has the settings of its own that are otherwise
	 * directly under "im", and beans that are qualified by its name.
	 */
	private final Map<String, ImAccountProperties> accounts = new LinkedHashMap<>();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public Map<String, ImAccountProperties> getAccounts() {
		return this.accounts;
	}

}
