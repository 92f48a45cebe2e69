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

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.imspring.chatroom.ChatroomSettings;
import io.github.imspring.exchange.GracefulShutdown;
import io.github.imspring.exchange.ImRestOperationsBuilder;
import io.github.imspring.exchange.RetrySettings;
import io.github.imspring.message.BulkOptions;
import io.github.imspring.quota.QuotaSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.util.unit.DataSize;

/**
 * What is configured for each account: an app of the IM service, the credentials to it,
 * and how it is called.
 *
 * @since 0.1.0
 */
public class ImAccountProperties {

	/**
	 * Scheme and host of the REST API, from the console of the service;
	 * https://a1.easemob.com for example.
	 */
	private @Nullable String baseUrl;

	/**
	 * Name of the organization, the part of the App Key before the hash sign.
	 */
	private @Nullable String orgName;

	/**
	 * Name of the app, the part of the App Key behind the hash sign.
	 */
	private @Nullable String appName;

	/**
	 * App ID of the project, 32 hexadecimal digits.
	 */
	private @Nullable String appId;

	/**
	 * How paths name the app. Follows from what is set: by organization and app name if
	 * either of the two is set, else by App ID.
	 */
	private @Nullable ImPathStyle pathStyle;

	private final Auth auth = new Auth();

	/**
	 * Time that a whole call may take, waiting and retries included. A message to many
	 * recipients may wait for its quota for longer.
	 */
	private Duration timeout = ImRestOperationsBuilder.DEFAULT_TIMEOUT;

	/**
	 * Time that calls are given which wait for their quota when the application closes.
	 * Calls under way then are given as long again to end.
	 */
	private Duration shutdownTimeout = GracefulShutdown.DEFAULT_TIMEOUT;

	private final Http http = new Http();

	private final Retry retry = new Retry();

	private final Quota quota = new Quota();

	private final Bulk bulk = new Bulk();

	private final Chatroom chatroom = new Chatroom();

	@NestedConfigurationProperty
	private final ImCallbackProperties callback = new ImCallbackProperties();

	public @Nullable String getBaseUrl() {
		return this.baseUrl;
	}

	public void setBaseUrl(@Nullable String baseUrl) {
		this.baseUrl = baseUrl;
	}

	public @Nullable String getOrgName() {
		return this.orgName;
	}

	public void setOrgName(@Nullable String orgName) {
		this.orgName = orgName;
	}

	public @Nullable String getAppName() {
		return this.appName;
	}

	public void setAppName(@Nullable String appName) {
		this.appName = appName;
	}

	public @Nullable String getAppId() {
		return this.appId;
	}

	public void setAppId(@Nullable String appId) {
		this.appId = appId;
	}

	public @Nullable ImPathStyle getPathStyle() {
		return this.pathStyle;
	}

	public void setPathStyle(@Nullable ImPathStyle pathStyle) {
		this.pathStyle = pathStyle;
	}

	public Auth getAuth() {
		return this.auth;
	}

	public Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(Duration timeout) {
		this.timeout = timeout;
	}

	public Duration getShutdownTimeout() {
		return this.shutdownTimeout;
	}

	public void setShutdownTimeout(Duration shutdownTimeout) {
		this.shutdownTimeout = shutdownTimeout;
	}

	public Http getHttp() {
		return this.http;
	}

	public Retry getRetry() {
		return this.retry;
	}

	public Quota getQuota() {
		return this.quota;
	}

	public Bulk getBulk() {
		return this.bulk;
	}

	public Chatroom getChatroom() {
		return this.chatroom;
	}

	public ImCallbackProperties getCallback() {
		return this.callback;
	}

	/**
	 * Credentials.
	 *
	 * @since 0.1.0
	 */
	public static class Auth {

		/**
		 * Client ID of the app, from the console of the service. Goes with the client
		 * secret.
		 */
		private @Nullable String clientId;

		/**
		 * Client secret of the app, from the console of the service.
		 */
		private @Nullable String clientSecret;

		/**
		 * App certificate of the project, 32 hexadecimal digits, from the console of the
		 * service. Goes with the App ID; tokens are then built locally.
		 */
		private @Nullable String appCertificate;

		/**
		 * App token that was obtained elsewhere. It serves until the service rejects it
		 * and cannot be renewed.
		 */
		private @Nullable String token;

		/**
		 * Life of the tokens that are asked for. With client credentials the service
		 * decides unless this is set, and 0 asks for tokens that never expire; with an
		 * App certificate at most 24h, which is then the default.
		 */
		private @Nullable Duration ttl;

		/**
		 * Whether to get the first token when the application starts, and to stop the
		 * start if none can be had. Checks client credentials: a token that is built from
		 * an App certificate, or given, is not shown to the service by that.
		 */
		private boolean eager;

		public @Nullable String getClientId() {
			return this.clientId;
		}

		public void setClientId(@Nullable String clientId) {
			this.clientId = clientId;
		}

		public @Nullable String getClientSecret() {
			return this.clientSecret;
		}

		public void setClientSecret(@Nullable String clientSecret) {
			this.clientSecret = clientSecret;
		}

		public @Nullable String getAppCertificate() {
			return this.appCertificate;
		}

		public void setAppCertificate(@Nullable String appCertificate) {
			this.appCertificate = appCertificate;
		}

		public @Nullable String getToken() {
			return this.token;
		}

		public void setToken(@Nullable String token) {
			this.token = token;
		}

		public @Nullable Duration getTtl() {
			return this.ttl;
		}

		public void setTtl(@Nullable Duration ttl) {
			this.ttl = ttl;
		}

		public boolean isEager() {
			return this.eager;
		}

		public void setEager(boolean eager) {
			this.eager = eager;
		}

	}

	/**
	 * The HTTP client.
	 *
	 * @since 0.1.0
	 */
	public static class Http {

		/**
		 * Time that making a connection may take.
		 */
		private Duration connectTimeout = ImRestOperationsBuilder.DEFAULT_CONNECT_TIMEOUT;

		/**
		 * Longest silence of the service while a request is sent to it or its answer is
		 * awaited or read. Stands still while the application gives or takes nothing.
		 */
		private Duration readTimeout = ImRestOperationsBuilder.DEFAULT_READ_TIMEOUT;

		/**
		 * Most connections to the service at a time. Applies to Reactor Netty, unless the
		 * application builds the HTTP client with a ClientHttpConnectorBuilder of its
		 * own, to Jetty and to Apache HttpComponents.
		 */
		private int maxConnections = 500;

		/**
		 * Longest life of a connection, so that a change of the service's address in DNS
		 * is noticed; with Reactor Netty up to a fifth shorter, by chance. Applies to
		 * Reactor Netty, unless the application builds the HTTP client with a
		 * ClientHttpConnectorBuilder of its own, to Jetty and to Apache HttpComponents.
		 */
		private Duration maxConnectionLife = Duration.ofMinutes(1);

		/**
		 * Threads that serve the connections to the service, from 1 to 256. One carries a
		 * hundred times the usual quota; with more, calls are passed on from thread to
		 * thread. What the application does with an answer runs on them, unless it moves
		 * on to another. Applies to Reactor Netty, unless the application builds the HTTP
		 * client with a ClientHttpConnectorBuilder of its own.
		 */
		private int eventLoops = 1;

		/**
		 * Largest answer that is read. Downloaded files are not bounded by it.
		 */
		private DataSize maxResponseSize = DataSize.ofBytes(ImRestOperationsBuilder.DEFAULT_MAX_RESPONSE_SIZE);

		private final Ssl ssl = new Ssl();

		private final Proxy proxy = new Proxy();

		public Duration getConnectTimeout() {
			return this.connectTimeout;
		}

		public void setConnectTimeout(Duration connectTimeout) {
			this.connectTimeout = connectTimeout;
		}

		public Duration getReadTimeout() {
			return this.readTimeout;
		}

		public void setReadTimeout(Duration readTimeout) {
			this.readTimeout = readTimeout;
		}

		public int getMaxConnections() {
			return this.maxConnections;
		}

		public void setMaxConnections(int maxConnections) {
			this.maxConnections = maxConnections;
		}

		public Duration getMaxConnectionLife() {
			return this.maxConnectionLife;
		}

		public void setMaxConnectionLife(Duration maxConnectionLife) {
			this.maxConnectionLife = maxConnectionLife;
		}

		public int getEventLoops() {
			return this.eventLoops;
		}

		public void setEventLoops(int eventLoops) {
			this.eventLoops = eventLoops;
		}

		public DataSize getMaxResponseSize() {
			return this.maxResponseSize;
		}

		public void setMaxResponseSize(DataSize maxResponseSize) {
			this.maxResponseSize = maxResponseSize;
		}

		public Ssl getSsl() {
			return this.ssl;
		}

		public Proxy getProxy() {
			return this.proxy;
		}

	}

	/**
	 * TLS.
	 *
	 * @since 0.1.0
	 */
	public static class Ssl {

		/**
		 * Name of the SSL bundle for connections to the service.
		 */
		private @Nullable String bundle;

		public @Nullable String getBundle() {
			return this.bundle;
		}

		public void setBundle(@Nullable String bundle) {
			this.bundle = bundle;
		}

	}

	/**
	 * The proxy.
	 *
	 * @since 0.1.0
	 */
	public static class Proxy {

		/**
		 * Host of the HTTP proxy that leads to the service. Applies to Reactor Netty and
		 * the JDK client.
		 */
		private @Nullable String host;

		/**
		 * Port of the HTTP proxy.
		 */
		private int port = 8080;

		/**
		 * User name for the HTTP proxy. Applies to Reactor Netty.
		 */
		private @Nullable String username;

		/**
		 * Password for the HTTP proxy. Applies to Reactor Netty.
		 */
		private @Nullable String password;

		public @Nullable String getHost() {
			return this.host;
		}

		public void setHost(@Nullable String host) {
			this.host = host;
		}

		public int getPort() {
			return this.port;
		}

		public void setPort(int port) {
			this.port = port;
		}

		public @Nullable String getUsername() {
			return this.username;
		}

		public void setUsername(@Nullable String username) {
			this.username = username;
		}

		public @Nullable String getPassword() {
			return this.password;
		}

		public void setPassword(@Nullable String password) {
			this.password = password;
		}

	}

	/**
	 * Repeating failed calls.
	 *
	 * @since 0.1.0
	 */
	public static class Retry {

		/**
		 * Most attempts of one call, the first included. Renewing a rejected token and
		 * waiting for a quota do not count.
		 */
		private int maxAttempts = RetrySettings.DEFAULTS.maxAttempts();

		/**
		 * Pause before the second attempt. It doubles from attempt to attempt and is
		 * shortened by chance by up to half.
		 */
		private Duration backoff = RetrySettings.DEFAULTS.backoff();

		/**
		 * Longest pause between two attempts.
		 */
		private Duration maxBackoff = RetrySettings.DEFAULTS.maxBackoff();

		/**
		 * Whether to repeat calls that must not be done twice, such as sending a message,
		 * also when the service may have acted on them.
		 */
		private boolean unsafe;

		public int getMaxAttempts() {
			return this.maxAttempts;
		}

		public void setMaxAttempts(int maxAttempts) {
			this.maxAttempts = maxAttempts;
		}

		public Duration getBackoff() {
			return this.backoff;
		}

		public void setBackoff(Duration backoff) {
			this.backoff = backoff;
		}

		public Duration getMaxBackoff() {
			return this.maxBackoff;
		}

		public void setMaxBackoff(Duration maxBackoff) {
			this.maxBackoff = maxBackoff;
		}

		public boolean isUnsafe() {
			return this.unsafe;
		}

		public void setUnsafe(boolean unsafe) {
			this.unsafe = unsafe;
		}

		RetrySettings settings() {
			return new RetrySettings(this.maxAttempts, this.backoff, this.maxBackoff, this.unsafe);
		}

	}

	/**
	 * Keeping the quotas.
	 *
	 * @since 0.1.0
	 */
	public static class Quota {

		/**
		 * Whether calls wait so that the quotas of the service are kept.
		 */
		private boolean enabled = true;

		/**
		 * Where the quotas are kept: in each process alone, or in Redis for all instances
		 * of the application. Redis needs spring-boot-starter-data-redis.
		 */
		private Store store = Store.LOCAL;

		/**
		 * Number of instances of the application that share the quotas in Redis. When
		 * Redis is away each keeps to that share of every quota. In the first minute, and
		 * for an hour after one has vanished without being closed, the share of an
		 * instance that is missing is left to it.
		 */
		private int instances = 1;

		/**
		 * Longest time that a call waits for its quota. A call that cannot go in time
		 * fails at once.
		 */
		private Duration maxWait = QuotaSettings.defaults().maxWait();

		/**
		 * Most calls that wait for a quota at a time.
		 */
		private int maxWaiting = QuotaSettings.defaults().maxWaiting();

		/**
		 * Limits by the name of the operation, where they differ from the service's
		 * defaults.
		 */
		private final Map<String, Limits> limits = new LinkedHashMap<>();

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public Store getStore() {
			return this.store;
		}

		public void setStore(Store store) {
			this.store = store;
		}

		public int getInstances() {
			return this.instances;
		}

		public void setInstances(int instances) {
			this.instances = instances;
		}

		public Duration getMaxWait() {
			return this.maxWait;
		}

		public void setMaxWait(Duration maxWait) {
			this.maxWait = maxWait;
		}

		public int getMaxWaiting() {
			return this.maxWaiting;
		}

		public void setMaxWaiting(int maxWaiting) {
			this.maxWaiting = maxWaiting;
		}

		public Map<String, Limits> getLimits() {
			return this.limits;
		}

	}

	/**
	 * The limits of one operation.
	 *
	 * @since 0.1.0
	 */
	public static class Limits {

		/**
		 * Most calls in any second.
		 */
		private @Nullable Integer callsPerSecond;

		/**
		 * Most messages in any second, of operations that the service limits by the
		 * second; a call to N recipients counts N.
		 */
		private @Nullable Integer messagesPerSecond;

		/**
		 * Most messages in any minute; a call to N recipients counts N.
		 */
		private @Nullable Integer messagesPerMinute;

		public @Nullable Integer getCallsPerSecond() {
			return this.callsPerSecond;
		}

		public void setCallsPerSecond(@Nullable Integer callsPerSecond) {
			this.callsPerSecond = callsPerSecond;
		}

		public @Nullable Integer getMessagesPerSecond() {
			return this.messagesPerSecond;
		}

		public void setMessagesPerSecond(@Nullable Integer messagesPerSecond) {
			this.messagesPerSecond = messagesPerSecond;
		}

		public @Nullable Integer getMessagesPerMinute() {
			return this.messagesPerMinute;
		}

		public void setMessagesPerMinute(@Nullable Integer messagesPerMinute) {
			this.messagesPerMinute = messagesPerMinute;
		}

	}

	/**
	 * Messages to many recipients.
	 *
	 * @since 0.1.0
	 */
	public static class Bulk {

		/**
		 * Most recipients of one call, up to 600. Large calls leave more of the quota
		 * unused when single messages are sent beside.
		 */
		private int chunkSize = BulkOptions.DEFAULTS.chunkSize();

		/**
		 * Share of a quota beyond which messages to many recipients take no more, so that
		 * a single message finds a slot at once.
		 */
		private double share = QuotaSettings.defaults().bulkShare();

		public int getChunkSize() {
			return this.chunkSize;
		}

		public void setChunkSize(int chunkSize) {
			this.chunkSize = chunkSize;
		}

		public double getShare() {
			return this.share;
		}

		public void setShare(double share) {
			this.share = share;
		}

	}

	/**
	 * Bounds of chatrooms that the provider may have raised.
	 *
	 * @since 0.1.0
	 */
	public static class Chatroom {

		/**
		 * Most characters of a chatroom's custom information. Older services take 1024.
		 */
		private int maxCustomLength = ChatroomSettings.DEFAULTS.maxCustomLength();

		/**
		 * Highest maximum of members that a chatroom can have.
		 */
		private int maxUsers = ChatroomSettings.DEFAULTS.maxUsers();

		/**
		 * Most chatrooms that a listing asks for in one call, up to 1000. Agora allows
		 * 100.
		 */
		private int pageSize = ChatroomSettings.DEFAULTS.pageSize();

		public int getMaxCustomLength() {
			return this.maxCustomLength;
		}

		public void setMaxCustomLength(int maxCustomLength) {
			this.maxCustomLength = maxCustomLength;
		}

		public int getMaxUsers() {
			return this.maxUsers;
		}

		public void setMaxUsers(int maxUsers) {
			this.maxUsers = maxUsers;
		}

		public int getPageSize() {
			return this.pageSize;
		}

		public void setPageSize(int pageSize) {
			this.pageSize = pageSize;
		}

		ChatroomSettings settings() {
			return new ChatroomSettings(this.maxCustomLength, this.maxUsers, this.pageSize);
		}

	}

	/**
	 * Where the quotas are kept.
	 *
	 * @since 0.1.0
	 */
	public enum Store {

		/**
		 * In each process alone.
		 */
		LOCAL,

		/**
		 * In Redis, for all instances of the application.
		 */
		REDIS

	}

}
