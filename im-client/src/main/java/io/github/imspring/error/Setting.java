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
 * A setting of a client that a hint names. What it is called depends on how the client
 * was built: {@link SettingNames}.
 *
 * @since 0.1.0
 */
public enum Setting {

	/**
	 * Scheme and host of the service.
	 */
	BASE_URL("the base URL of ImEndpoint"),

	/**
	 * What connections are made to: the service, or a proxy before it.
	 */
	ADDRESS("the base URL of ImEndpoint (or the proxy of ImClientBuilder.webClient)"),

	/**
	 * The organization of the app.
	 */
	ORG_NAME("the organization of ImEndpoint"),

	/**
	 * The name of the app.
	 */
	APP_NAME("the app name of ImEndpoint"),

	/**
	 * The App ID.
	 */
	APP_ID("the App ID of ImEndpoint"),

	/**
	 * All that says who is calling.
	 */
	CREDENTIALS("ImClientBuilder.clientCredentials, appCertificate or token"),

	/**
	 * The client ID.
	 */
	CLIENT_ID("ClientCredentials.clientId"),

	/**
	 * The client secret.
	 */
	CLIENT_SECRET("ClientCredentials.clientSecret"),

	/**
	 * The App certificate.
	 */
	APP_CERTIFICATE("ImClientBuilder.appCertificate"),

	/**
	 * The token that was obtained elsewhere.
	 */
	TOKEN("ImClientBuilder.token"),

	/**
	 * The time that a whole call may take.
	 */
	TIMEOUT("ImClientBuilder.timeout"),

	/**
	 * The most connections at a time.
	 */
	MAX_CONNECTIONS("the connection pool of ImClientBuilder.webClient"),

	/**
	 * The longest silence of the service.
	 */
	READ_TIMEOUT("ImClientBuilder.readTimeout"),

	/**
	 * Whom TLS trusts.
	 */
	SSL_BUNDLE("the TLS settings of ImClientBuilder.webClient"),

	/**
	 * The largest answer that is read.
	 */
	MAX_RESPONSE_SIZE("ImClientBuilder.maxResponseSize"),

	/**
	 * The longest that a call may have to wait for its quota.
	 */
	QUOTA_MAX_WAIT("QuotaSettings.maxWait"),

	/**
	 * The most calls that wait for their quota.
	 */
	QUOTA_MAX_WAITING("QuotaSettings.maxWaiting"),

	/**
	 * The limits of all operations.
	 */
	QUOTA_LIMITS("QuotaSettings.limits"),

	/**
	 * The calls of an operation in a second.
	 */
	CALLS_PER_SECOND("the calls per second of '%s' in QuotaSettings.limits"),

	/**
	 * The messages of an operation in a second.
	 */
	MESSAGES_PER_SECOND("the messages per second of '%s' in QuotaSettings.limits"),

	/**
	 * The messages of an operation in a minute.
	 */
	MESSAGES_PER_MINUTE("the messages per minute of '%s' in QuotaSettings.limits"),

	/**
	 * The threads that call the listeners of callbacks.
	 */
	CALLBACK_THREADS("CallbackReceiverBuilder.threads"),

	/**
	 * The callbacks that wait for the listeners.
	 */
	CALLBACK_QUEUE("CallbackReceiverBuilder.queue");

	private final String javaName;

	Setting(String javaName) {
		this.javaName = javaName;
	}

	String javaName(String operation) {
		return this.javaName.formatted(operation);
	}

}
