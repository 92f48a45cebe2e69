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

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * {@link ImConnectionDetails} from the {@code im} properties. What is blank, as a
 * placeholder without a value is, counts as not set.
 */
final class PropertiesImConnectionDetails implements ImConnectionDetails {

	private final ImAccountProperties properties;

	PropertiesImConnectionDetails(ImAccountProperties properties) {
		this.properties = properties;
	}

	private static @Nullable String text(@Nullable String value) {
		return StringUtils.hasText(value) ? value.strip() : null;
	}

	@Override
	public @Nullable String getBaseUrl() {
		return text(this.properties.getBaseUrl());
	}

	@Override
	public @Nullable String getOrgName() {
		return text(this.properties.getOrgName());
	}

	@Override
	public @Nullable String getAppName() {
		return text(this.properties.getAppName());
	}

	@Override
	public @Nullable String getAppId() {
		return text(this.properties.getAppId());
	}

	@Override
	public @Nullable ImPathStyle getPathStyle() {
		return this.properties.getPathStyle();
	}

	@Override
	public @Nullable String getClientId() {
		return text(this.properties.getAuth().getClientId());
	}

	@Override
	public @Nullable String getClientSecret() {
		return text(this.properties.getAuth().getClientSecret());
	}

	@Override
	public @Nullable String getAppCertificate() {
		return text(this.properties.getAuth().getAppCertificate());
	}

	@Override
	public @Nullable String getToken() {
		return text(this.properties.getAuth().getToken());
	}

}
