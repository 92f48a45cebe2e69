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

import io.github.imspring.error.Setting;
import io.github.imspring.error.SettingNames;

/**
 * The keys of an account's settings, for hints that name them.
 *
 * @param prefix {@code im.} or <code>im.accounts.&lt;name&gt;.</code>
 * @param proxied whether connections are made to a proxy
 * @since 0.1.0
 */
public record SettingKeys(String prefix, boolean proxied) implements SettingNames {

	@Override
	public String nameOf(Setting setting, String operation) {
		return this.prefix + switch (setting) {
			case BASE_URL -> "base-url";
			case ADDRESS -> this.proxied ? "http.proxy.host" : "base-url";
			case ORG_NAME -> "org-name";
			case APP_NAME -> "app-name";
			case APP_ID -> "app-id";
			case CREDENTIALS -> "auth";
			case CLIENT_ID -> "auth.client-id";
			case CLIENT_SECRET -> "auth.client-secret";
			case APP_CERTIFICATE -> "auth.app-certificate";
			case TOKEN -> "auth.token";
			case TIMEOUT -> "timeout";
			case MAX_CONNECTIONS -> "http.max-connections";
			case READ_TIMEOUT -> "http.read-timeout";
			case SSL_BUNDLE -> "http.ssl.bundle";
			case MAX_RESPONSE_SIZE -> "http.max-response-size";
			case QUOTA_MAX_WAIT -> "quota.max-wait";
			case QUOTA_MAX_WAITING -> "quota.max-waiting";
			case QUOTA_LIMITS -> "quota.limits";
			case CALLS_PER_SECOND -> "quota.limits." + operation + ".calls-per-second";
			case MESSAGES_PER_SECOND -> "quota.limits." + operation + ".messages-per-second";
			case MESSAGES_PER_MINUTE -> "quota.limits." + operation + ".messages-per-minute";
			case CALLBACK_THREADS -> "callback.threads";
			case CALLBACK_QUEUE -> "callback.queue";
		};
	}

}
