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
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.github.imspring.exchange.ImEndpoint;
import io.github.imspring.exchange.LimitedTokenSource;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.token.ClientCredentials;
import io.github.imspring.token.TokenSource;
import io.github.imspring.token.TokenSources;
import io.github.imspring.token.UserTokenBuilder;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

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
		if (this.details.getBaseUrl() == null && this.details.getPathStyle() == null && !namesApp()) {
			throw new ImConfigurationException("nothing is set under '%s'.".formatted(this.prefix),
					("Set '%1$sbase-url', '%1$sorg-name', '%1$sapp-name', '%1$sauth.client-id' and "
							+ "'%1$sauth.client-secret' (Easemob), or '%1$sbase-url', '%1$sapp-id' and "
							+ "'%1$sauth.app-certificate' (Shengwang; for Agora '%1$sorg-name' and '%1$sapp-name' besides), "
							+ "as the console of the service shows them; or 'im.enabled' to false.")
						.formatted(this.prefix));
		}
		URI baseUrl = baseUrl();
		return (pathStyle() == ImPathStyle.ORG_APP) ? ImEndpoint.ofOrgApp(baseUrl,
				name(this.details.getOrgName(), "org-name"), name(this.details.getAppName(), "app-name"))
				: ImEndpoint.ofAppId(baseUrl, appId());
	}

	private boolean namesApp() {
		return this.details.getOrgName() != null || this.details.getAppName() != null
				|| this.details.getAppId() != null;
	}

	/**
	 * What the service counts for: {@code org#app}, or the App ID.
	 */
	String appKey() {
		return (pathStyle() == ImPathStyle.ORG_APP) ? required(this.details.getOrgName(), "org-name") + "#"
				+ required(this.details.getAppName(), "app-name") : appId();
	}

	private URI baseUrl() {
		String baseUrl = required(this.details.getBaseUrl(), "base-url");
		try {
			URI uri = URI.create(baseUrl);
			// The endpoint knows what a base URL is; the names do not matter here.
			ImEndpoint.ofOrgApp(uri, "org", "app");
			checkPath(uri);
			return uri;
		}
		catch (IllegalArgumentException ex) {
			if (baseUrl.matches("(?i)https?://[^/:]*_.*")) {
				throw new ImConfigurationException(
						"'%sbase-url' is '%s', and the name of a host cannot have an underscore.".formatted(this.prefix,
								withoutSecrets(baseUrl)),
						"Give the host an alias without one, with a hyphen for example, and name that in '%sbase-url'."
							.formatted(this.prefix));
			}
			throw new ImConfigurationException(
					"'%sbase-url' is '%s', which is not an absolute URL of a host without user, query and fragment."
						.formatted(this.prefix, withoutSecrets(baseUrl)),
					"Set '%sbase-url' to scheme and host as the console of the service shows them, https://a1.easemob.com for example."
						.formatted(this.prefix));
		}
	}

	/**
	 * A path may lead through a gateway, but not to the app or to its token.
	 */
	private void checkPath(URI baseUrl) {
		String path = baseUrl.getPath().replaceFirst("/+$", "");
		String app = this.details.getOrgName() + "/" + this.details.getAppName();
		if (path.endsWith("/token") || path.endsWith("/" + app)
				|| path.endsWith("/app-id/" + this.details.getAppId())) {
			throw new ImConfigurationException(
					"'%sbase-url' is '%s', with the path of the app at its end.".formatted(this.prefix, baseUrl),
					"Set '%sbase-url' to scheme and host alone: the path is put together from the other settings."
						.formatted(this.prefix));
		}
	}

	private String name(@Nullable String value, String key) {
		String name = required(value, key);
		if (name.contains("#")) {
			throw new ImConfigurationException("'%s%s' is '%s', a whole App Key.".formatted(this.prefix, key, name),
					"Set '%1$sorg-name' to what stands before the '#', and '%1$sapp-name' to what stands behind it."
						.formatted(this.prefix));
		}
		return name;
	}

	/**
	 * What should not be there is shown to be there, and no more.
	 */
	private static String withoutSecrets(String url) {
		return url.replaceFirst("^([^/]*//)?.*@", "$1******@").replaceFirst("([?#]).*", "$1******");
	}

	private ImPathStyle pathStyle() {
		ImPathStyle style = this.details.getPathStyle();
		if (style != null) {
			return style;
		}
		if (this.details.getOrgName() != null || this.details.getAppName() != null) {
			return ImPathStyle.ORG_APP;
		}
		if (this.details.getAppId() != null) {
			return ImPathStyle.APP_ID;
		}
		throw new ImConfigurationException("nothing names the app under '%s'.".formatted(this.prefix),
				"Set '%1$sorg-name' and '%1$sapp-name' (Easemob, Agora) or '%1$sapp-id' (Shengwang), from the console of the service."
					.formatted(this.prefix));
	}

	private String appId() {
		return hex(required(this.details.getAppId(), "app-id"), "app-id", true);
	}

	/**
	 * The source of tokens that the credentials say.
	 * @param ttl the life of the tokens, or {@code null} for the source's default
	 * @param transport calls the service, for the credentials that need it
	 * @param quotas keeps the quota of such calls
	 */
	TokenSource tokenSource(@Nullable Duration ttl, ImTransport transport, QuotaLimiter quotas) {
		checkOneKindOfCredentials();
		InstantSource clock = InstantSource.system();
		if (this.details.getAppCertificate() != null) {
			String certificate = required(this.details.getAppCertificate(), "auth.app-certificate");
			return TokenSources.accessToken2(appId(), hex(certificate, "auth.app-certificate", false),
					(ttl != null) ? ttl : TokenSources.MAX_LIFE, clock);
		}
		if (this.details.getToken() != null) {
			return fixed(required(this.details.getToken(), "auth.token"), clock);
		}
		ClientCredentials credentials = new ClientCredentials(required(this.details.getClientId(), "auth.client-id"),
				required(this.details.getClientSecret(), "auth.client-secret"), ttl);
		return LimitedTokenSource.clientCredentials(transport.endpoint(), credentials, transport::webClient, quotas,
				clock);
	}

	/**
	 * What builds the tokens of users, with credentials that are built here.
	 */
	@Nullable UserTokenBuilder userTokens() {
		String certificate = this.details.getAppCertificate();
		return (certificate != null) ? TokenSources.userTokens(appId(),
				hex(required(certificate, "auth.app-certificate"), "auth.app-certificate", false),
				InstantSource.system()) : null;
	}

	private TokenSource fixed(String token, InstantSource clock) {
		try {
			return TokenSources.fixed(token, clock);
		}
		catch (IllegalArgumentException ex) {
			throw new ImConfigurationException(
					"'%sauth.token' is empty, or has a space or another character that cannot go into a header."
						.formatted(this.prefix),
					"Set '%sauth.token' to the token alone, without 'Bearer '.".formatted(this.prefix));
		}
	}

	private void checkOneKindOfCredentials() {
		List<String> found = new ArrayList<>();
		if (this.details.getClientId() != null || this.details.getClientSecret() != null) {
			found.add("client-id and client-secret");
		}
		if (this.details.getAppCertificate() != null) {
			found.add("app-certificate");
		}
		if (this.details.getToken() != null) {
			found.add("token");
		}
		if (found.isEmpty()) {
			throw new ImConfigurationException("there are no credentials under '%sauth'.".formatted(this.prefix),
					("Set '%1$sauth.client-id' and '%1$sauth.client-secret' (Easemob), or '%1$sapp-id' and "
							+ "'%1$sauth.app-certificate' (Shengwang, Agora), from the console of the service%2$s.")
						.formatted(this.prefix, this.prefix.equals(ImAccount.PRIMARY_PREFIX)
								? "; or declare a bean of type TokenSource or TokenProvider" : ""));
		}
		if (found.size() > 1) {
			throw new ImConfigurationException(
					"there are %d kinds of credentials under '%sauth': %s.".formatted(found.size(), this.prefix,
							String.join("; ", found)),
					("Keep one: '%1$sauth.client-id' with '%1$sauth.client-secret' (Easemob), "
							+ "'%1$sauth.app-certificate' (Shengwang, Agora), or '%1$sauth.token'.")
						.formatted(this.prefix));
		}
	}

	private String required(@Nullable String value, String key) {
		if (!StringUtils.hasText(value)) {
			throw new ImConfigurationException("'%s%s' is not set.".formatted(this.prefix, key),
					"Set '%s%s' to what the console of the service shows.".formatted(this.prefix, key));
		}
		if (value.startsWith("${") && value.endsWith("}")) {
			throw new ImConfigurationException(
					"'%s%s' is the placeholder '%s', for which there is no value.".formatted(this.prefix, key, value),
					"Set what the placeholder names, an environment variable for example.");
		}
		return value.strip();
	}

	private String hex(String value, String key, boolean shown) {
		if (!HEX_32.matcher(value).matches()) {
			String found = shown ? "'" + value + "'" : "a value of " + value.length() + " characters";
			throw new ImConfigurationException(
					"'%s%s' is %s, not 32 hexadecimal digits.".formatted(this.prefix, key, found),
					"Copy '%s%s' from the console of the service, in quotes in YAML: 32 of the characters 0-9 and a-f."
						.formatted(this.prefix, key));
		}
		return value;
	}

}
