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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.OriginProvider;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Finds settings that are texts but no texts for YAML, which changes them: of
 * {@code client-id: 007} the number 7 arrives, of {@code app-name: on} a {@code true}.
 */
final class UnquotedTexts {

	private static final ConfigurationPropertyName IM = ConfigurationPropertyName.of("im");

	/**
	 * The last part of the keys of texts.
	 */
	private static final Set<String> KEYS = Set.of("orgname", "appname", "appid", "clientid", "clientsecret",
			"appcertificate", "token", "secrets", "host", "username", "password", "bundle");

	private UnquotedTexts() {
	}

	/**
	 * Looks at all settings of all accounts.
	 * @throws ImConfigurationException if one is not what is written
	 */
	static void check(Environment environment) {
		Iterable<ConfigurationPropertySource> sources = ConfigurationPropertySources.get(environment);
		for (ConfigurationPropertySource source : sources) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				iterable.stream()
					.filter((name) -> IM.isAncestorOf(name) && isText(name))
					.forEach((name) -> check(name, inForce(name, sources)));
			}
		}
	}

	private static @Nullable ConfigurationProperty inForce(ConfigurationPropertyName name,
			Iterable<ConfigurationPropertySource> sources) {
		for (ConfigurationPropertySource source : sources) {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			if (property != null) {
				return property;
			}
		}
		return null;
	}

	private static boolean isText(ConfigurationPropertyName name) {
		int last = name.getNumberOfElements() - 1;
		return KEYS.contains(name.getElement(name.isNumericIndex(last) ? last - 1 : last, Form.UNIFORM));
	}

	private static void check(ConfigurationPropertyName name, @Nullable ConfigurationProperty property) {
		if (property == null || property.getValue() instanceof CharSequence
				|| !(property.getOrigin() instanceof OriginProvider provider)
				|| !(provider.getOrigin() instanceof TextResourceOrigin origin)) {
			return;
		}
		String written = written(origin);
		if (written != null && !written.equals(String.valueOf(property.getValue()))) {
			throw new ImConfigurationException(
					"'%s' is written without quotes (%s), and YAML takes it for something else than a text."
						.formatted(name, origin),
					"Put the value of '%s' in quotes.".formatted(name));
		}
	}

	/**
	 * What is written from where the value begins to where it can end.
	 */
	private static @Nullable String written(TextResourceOrigin origin) {
		TextResourceOrigin.Location location = origin.getLocation();
		if (origin.getResource() == null || location == null) {
			return null;
		}
		try (Stream<String> lines = origin.getResource().getContentAsString(StandardCharsets.UTF_8).lines()) {
			return lines.skip(location.getLine())
				.findFirst()
				.filter((line) -> line.length() > location.getColumn())
				.map((line) -> StringUtils.tokenizeToStringArray(line.substring(location.getColumn()), " \t,]}")[0])
				.orElse(null);
		}
		catch (IOException ex) {
			return null;
		}
	}

}
