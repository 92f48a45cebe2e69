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

package io.github.imspring.autoconfigure.endpoint;

import java.util.Locale;
import java.util.regex.Pattern;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration that keeps the secrets under {@code im} off the actuator endpoints
 * {@code configprops} and {@code env}, also where these show all other values. It does so
 * with {@code im.enabled=false}, too: the secrets are configured all the same.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
public final class ImSanitizingAutoConfiguration {

	private static final Pattern SEPARATORS = Pattern.compile("[-_.\\[\\]]");

	/**
	 * The keys without separators, as both properties and variables of the environment
	 * have them, and the variables that the documentation suggests.
	 */
	private static final Pattern SECRETS = Pattern
		.compile("im(accounts.+)?((auth)?(clientsecret|appcertificate|token)|httpproxypassword|callbacksecrets?\\d*)");

	@Bean
	SanitizingFunction imSanitizingFunction() {
		return SanitizingFunction.sanitizeValue().ifKeyMatches(ImSanitizingAutoConfiguration::isSecret);
	}

	static boolean isSecret(String key) {
		return SECRETS.matcher(SEPARATORS.matcher(key.toLowerCase(Locale.ROOT)).replaceAll("")).matches();
	}

}
