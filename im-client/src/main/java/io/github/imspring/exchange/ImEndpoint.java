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

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.springframework.util.Assert;
import org.springframework.web.util.UriUtils;

/**
 * Where an app's resources are: {@code https://{host}/{org_name}/{app_name}} with Easemob
 * and Agora, {@code https://{host}/app-id/{app_id}} with Shengwang. The service takes
 * either for every operation.
 *
 * @since 0.1.0
 */
public final class ImEndpoint {

	private final String prefix;

	private ImEndpoint(URI baseUrl, String first, String second) {
		this.prefix = withoutTrailingSlash(checked(baseUrl)) + segment(first) + segment(second);
	}

	/**
	 * The endpoint of an app that is named by organization and app name.
	 * @param baseUrl scheme and host, from the console of the service
	 * @param orgName the organization
	 * @param appName the app
	 * @return the endpoint
	 * @throws IllegalArgumentException if the base URL is not an absolute HTTP URL
	 * without query, fragment and user, or a name is empty
	 */
	public static ImEndpoint ofOrgApp(URI baseUrl, String orgName, String appName) {
		Assert.notNull(baseUrl, "'baseUrl' must not be null");
		Assert.notNull(orgName, "'orgName' must not be null");
		Assert.notNull(appName, "'appName' must not be null");
		return new ImEndpoint(baseUrl, orgName, appName);
	}

	/**
	 * The endpoint of an app that is named by its App ID.
	 * @param baseUrl scheme and host, from the console of the service
	 * @param appId the App ID
	 * @return the endpoint
	 * @throws IllegalArgumentException if the base URL is not an absolute HTTP URL
	 * without query, fragment and user, or the App ID is empty
	 */
	public static ImEndpoint ofAppId(URI baseUrl, String appId) {
		Assert.notNull(baseUrl, "'baseUrl' must not be null");
		Assert.notNull(appId, "'appId' must not be null");
		return new ImEndpoint(baseUrl, "app-id", appId);
	}

	private static String checked(URI baseUrl) {
		boolean http = "https".equalsIgnoreCase(baseUrl.getScheme()) || "http".equalsIgnoreCase(baseUrl.getScheme());
		if (!http || baseUrl.getHost() == null || baseUrl.getRawQuery() != null || baseUrl.getRawFragment() != null
				|| baseUrl.getRawUserInfo() != null) {
			throw new IllegalArgumentException(
					"The base URL must be like https://a1.easemob.com: http or https, a host, no user, query or fragment");
		}
		return baseUrl.toString();
	}

	private static String withoutTrailingSlash(String url) {
		return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
	}

	private static String segment(String value) {
		if (value.isEmpty() || value.equals(".") || value.equals("..")) {
			throw new IllegalArgumentException("A path segment must not be empty, '.' or '..'");
		}
		return "/" + encode(value);
	}

	private static String encode(String value) {
		for (int i = 0; i < value.length(); i++) {
			if (!isUnreserved(value.charAt(i))) {
				return UriUtils.encode(value, StandardCharsets.UTF_8);
			}
		}
		return value;
	}

	private static boolean isUnreserved(char character) {
		return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
				|| (character >= '0' && character <= '9') || "-._~".indexOf(character) >= 0;
	}

	/**
	 * The address of a resource of the app.
	 * @param segments the path below the app, each percent-encoded as one segment
	 * whatever it contains
	 * @param query the query parameters
	 * @return the address
	 * @throws IllegalArgumentException if a segment is empty, {@code .} or {@code ..}
	 */
	public URI resolve(List<String> segments, Map<String, String> query) {
		StringBuilder address = new StringBuilder(this.prefix);
		segments.forEach((segment) -> address.append(segment(segment)));
		char separator = '?';
		for (Map.Entry<String, String> parameter : query.entrySet()) {
			address.append(separator)
				.append(encode(parameter.getKey()))
				.append('=')
				.append(encode(parameter.getValue()));
			separator = '&';
		}
		return URI.create(address.toString());
	}

	@Override
	public String toString() {
		return this.prefix;
	}

}
