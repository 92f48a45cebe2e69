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

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where the IM service is and who is calling it. A bean of this type takes the place of
 * what the {@code im} properties say.
 *
 * @since 0.1.0
 */
public interface ImConnectionDetails extends ConnectionDetails {

	/**
	 * Scheme and host of the REST API.
	 * @return the base URL, {@code https://a1.easemob.com} for example
	 */
	@Nullable String getBaseUrl();

	/**
	 * Name of the organization.
	 * @return the name, or {@code null} if the app is named by its App ID
	 */
	default @Nullable String getOrgName() {
		return null;
	}

	/**
	 * Name of the app.
	 * @return the name, or {@code null} if the app is named by its App ID
	 */
	default @Nullable String getAppName() {
		return null;
	}

	/**
	 * App ID of the project.
	 * @return 32 hexadecimal digits, or {@code null} if the app is named by organization
	 * and app name
	 */
	default @Nullable String getAppId() {
		return null;
	}

	/**
	 * How paths name the app.
	 * @return the style, or {@code null} if it follows from what else is set
	 */
	default @Nullable ImPathStyle getPathStyle() {
		return null;
	}

	/**
	 * Client ID of the app.
	 * @return the client ID, or {@code null} for other credentials
	 */
	default @Nullable String getClientId() {
		return null;
	}

	/**
	 * Client secret of the app.
	 * @return the client secret, or {@code null} for other credentials
	 */
	default @Nullable String getClientSecret() {
		return null;
	}

	/**
	 * App certificate of the project.
	 * @return 32 hexadecimal digits, or {@code null} for other credentials
	 */
	default @Nullable String getAppCertificate() {
		return null;
	}

	/**
	 * App token that was obtained elsewhere.
	 * @return the token, or {@code null} for other credentials
	 */
	default @Nullable String getToken() {
		return null;
	}

}
