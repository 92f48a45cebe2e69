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

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.github.imspring.autoconfigure.ImProperties.PathStyle;
import io.github.imspring.exchange.ImEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * What {@link ImConnectionDetails} say, checked: an endpoint, and exactly one kind of
 * credentials.
 */
final class ImConnectionSettings {

	private static final Pattern HEX_32 = Pattern.compile("[0-9a-fA-F]{32}");

	private final ImConnectionDetails details;

	/**
	 * What comes before the keys in messages: {@code im.} or {@code im.accounts.<name>.}.
	 */
	private final String prefix;

	ImConnectionSettings(ImConnectionDetails details, String prefix) {
		this.details = details;
		this.prefix = prefix;
	}

	ImEndpoint endpoint() {
		URI baseUrl = baseUrl();
		return (pathStyle() == PathStyle.ORG_APP) ? ImEndpoint.ofOrgApp(baseUrl,
				required(this.details.getOrgName(), "org-name"), required(this.details.getAppName(), "app-name"))
				: ImEndpoint.ofAppId(baseUrl, appId());
	}

	private URI baseUrl() {
		String baseUrl = required(this.details.getBaseUrl(), "base-url");
		try {
			URI uri = URI.create(baseUrl);
			// The endpoint knows what a base URL is; the names do not matter here.
			ImEndpoint.ofOrgApp(uri, "org", "app");
			return uri;
		}
		catch (IllegalArgumentException ex) {
			throw new ImConfigurationException(
					"'%sbase-url' is '%s', which is not an absolute URL of a host.".formatted(this.prefix,
							withoutUserInfo(baseUrl)),
					"Set '%sbase-url' to scheme and host as the console of the service shows them, https://a1.easemob.com for example."
						.formatted(this.prefix));
		}
	}

	private static String withoutUserInfo(String url) {
		return url.replaceAll("[^/]*@", "******@");
	}

	private PathStyle pathStyle() {
		PathStyle style = this.details.getPathStyle();
		if (style != null) {
			return style;
		}
		if (this.details.getOrgName() != null || this.details.getAppName() != null) {
			return PathStyle.ORG_APP;
		}
		if (this.details.getAppId() != null) {
			return PathStyle.APP_ID;
		}
		throw new ImConfigurationException("nothing names the app.",
				"Set '%1$sorg-name' and '%1$sapp-name' (Easemob, Agora) or '%1$sapp-id' (Shengwang), from the console of the service."
					.formatted(this.prefix));
	}

	private String appId() {
		return hex(required(this.details.getAppId(), "app-id"), "app-id", true);
	}

	Credentials credentials() {
		List<String> found = new ArrayList<>();
		boolean client = this.details.getClientId() != null || this.details.getClientSecret() != null;
		if (client) {
			found.add("auth.client-id and auth.client-secret");
		}
		if (this.details.getAppCertificate() != null) {
			found.add("auth.app-certificate");
		}
		if (this.details.getToken() != null) {
			found.add("auth.token");
		}
		if (found.isEmpty()) {
			throw new ImConfigurationException("there are no credentials.",
					"Set '%1$sauth.client-id' and '%1$sauth.client-secret' (Easemob), or '%1$sapp-id' and '%1$sauth.app-certificate' (Shengwang, Agora), from the console of the service; or declare a bean of type TokenSource or TokenProvider."
						.formatted(this.prefix));
		}
		if (found.size() > 1) {
			throw new ImConfigurationException(
					"there are several kinds of credentials: %s under '%s'.".formatted(String.join("; ", found),
							this.prefix),
					"Keep one kind: '%1$sauth.client-id' with '%1$sauth.client-secret', or '%1$sauth.app-certificate', or '%1$sauth.token'."
						.formatted(this.prefix));
		}
		if (client) {
			return new Credentials.Client(required(this.details.getClientId(), "auth.client-id"),
					required(this.details.getClientSecret(), "auth.client-secret"));
		}
		String certificate = this.details.getAppCertificate();
		if (certificate != null) {
			return new Credentials.Certificate(appId(), hex(certificate, "auth.app-certificate", false));
		}
		return new Credentials.Token(required(this.details.getToken(), "auth.token"));
	}

	private String required(@Nullable String value, String key) {
		if (value == null) {
			throw new ImConfigurationException("'%s%s' is not set.".formatted(this.prefix, key),
					"Set '%s%s' to what the console of the service shows.".formatted(this.prefix, key));
		}
		return value;
	}

	private String hex(String value, String key, boolean shown) {
		if (!HEX_32.matcher(value).matches()) {
			String found = shown ? "'" + value + "'" : "a value of " + value.length() + " characters";
			throw new ImConfigurationException(
					"'%s%s' is %s, not 32 hexadecimal digits.".formatted(this.prefix, key, found),
					"Copy '%s%s' from the console of the service: 32 of the characters 0-9 and a-f."
						.formatted(this.prefix, key));
		}
		return value;
	}

	/**
	 * One kind of credentials.
	 */
	sealed interface Credentials {

		/**
		 * What buys a token from the service.
		 */
		record Client(String clientId, String clientSecret) implements Credentials {

			@Override
			public String toString() {
				return "Client[clientId=" + this.clientId + "]";
			}

		}

		/**
		 * What builds a token here.
		 */
		record Certificate(String appId, String appCertificate) implements Credentials {

			@Override
			public String toString() {
				return "Certificate[appId=" + this.appId + "]";
			}

		}

		/**
		 * A token that was obtained elsewhere.
		 */
		record Token(String value) implements Credentials {

			@Override
			public String toString() {
				return "Token[]";
			}

		}

	}

}
