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
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.github.imspring.autoconfigure.ImAccountProperties.Http;
import io.github.imspring.autoconfigure.ImAccountProperties.Retry;
import io.github.imspring.error.SettingNames;
import io.github.imspring.message.BulkOptions;
import io.github.imspring.observation.CallObservations;
import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Operations;
import io.github.imspring.operation.Quota;
import io.github.imspring.operation.Quota.Unit;
import io.github.imspring.quota.QuotaSettings;
import io.github.imspring.token.TokenSources;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * What is configured for one account, checked: every message names the key as it is
 * written.
 */
final class ImAccount {

	/**
	 * What comes before the keys of the account that is configured directly under
	 * {@code im}.
	 */
	static final String PRIMARY_PREFIX = "im.";

	private static final int MAX_PORT = 65535;

	private static final int MAX_EVENT_LOOPS = 256;

	private final String name;

	private final String prefix;

	private final ImAccountProperties properties;

	private final ImConnectionDetails details;

	private ImAccount(String name, String prefix, ImAccountProperties properties, ImConnectionDetails details) {
		this.name = name;
		this.prefix = prefix;
		this.properties = properties;
		this.details = details;
		check();
	}

	/**
	 * The account that is configured directly under {@code im}.
	 */
	static ImAccount primary(ImAccountProperties properties, ImConnectionDetails details) {
		return new ImAccount(CallObservations.DEFAULT_ACCOUNT, PRIMARY_PREFIX, properties, details);
	}

	/**
	 * An account that is configured under {@code im.accounts}.
	 */
	static ImAccount named(String name, ImAccountProperties properties, ImConnectionDetails details) {
		if (ImAccountNames.uniform(name).equals(CallObservations.DEFAULT_ACCOUNT)) {
			throw new ImConfigurationException(
					"'im.accounts.%s' has the name of the account directly under 'im'.".formatted(name),
					"Give it another name.");
		}
		return new ImAccount(name, "im.accounts." + name + ".", properties, details);
	}

	/**
	 * What hints call the settings of the account.
	 */
	SettingNames settingNames() {
		return new SettingKeys(this.prefix, StringUtils.hasText(this.properties.getHttp().getProxy().getHost()));
	}

	String name() {
		return this.name;
	}

	String prefix() {
		return this.prefix;
	}

	ImAccountProperties properties() {
		return this.properties;
	}

	ImConnectionSettings connection() {
		return new ImConnectionSettings(this.details, this.prefix);
	}

	String rateLimiterPrefix() {
		return this.name.equals(CallObservations.DEFAULT_ACCOUNT) ? "im-" : "im-" + this.name + "-";
	}

	QuotaSettings quotaSettings() {
		ImAccountProperties.Quota quota = this.properties.getQuota();
		return new QuotaSettings(quota.getMaxWait(), quota.getMaxWaiting(), this.properties.getBulk().getShare(),
				limits());
	}

	/**
	 * The limits by the names of the operations, which a variable of the environment
	 * cannot spell. The binder takes all spellings of a key for the same, and so gives
	 * the same limits for each.
	 */
	private Map<String, QuotaSettings.Limits> limits() {
		Map<String, QuotaSettings.Limits> limits = new LinkedHashMap<>();
		this.properties.getQuota().getLimits().forEach((key, limit) -> {
			Operation operation = operation(key);
			limits.put((operation != null) ? operation.name() : checkedName(key), limits(key, operation, limit));
		});
		return limits;
	}

	private static @Nullable Operation operation(String key) {
		return Operations.all()
			.stream()
			.filter((operation) -> ImAccountNames.uniform(operation.name()).equals(ImAccountNames.uniform(key)))
			.findFirst()
			.orElse(null);
	}

	/**
	 * An operation of the application's own may have any name that an operation can have.
	 */
	private String checkedName(String key) {
		try {
			return Operation.of(key, false).name();
		}
		catch (IllegalArgumentException ex) {
			throw misconfigured("quota.limits." + key, "is not the name of an operation.",
					"Write the operation of '%s' in kebab case, send-message for example.");
		}
	}

	/**
	 * The options of a bulk send. A call that counts as more than the whole quota could
	 * never go.
	 */
	BulkOptions bulkOptions() {
		int chunkSize = this.properties.getBulk().getChunkSize();
		QuotaSettings.Limits limits = limits().get(Operations.SEND_MESSAGE.name());
		Integer messages = (limits != null) ? limits.messagesPerMinute() : null;
		return BulkOptions.DEFAULTS.withChunkSize((messages != null) ? Math.min(chunkSize, messages) : chunkSize);
	}

	private QuotaSettings.Limits limits(String written, @Nullable Operation operation,
			ImAccountProperties.Limits limits) {
		String key = "quota.limits." + written;
		Integer calls = limits.getCallsPerSecond();
		Integer perSecond = limits.getMessagesPerSecond();
		Integer perMinute = limits.getMessagesPerMinute();
		atLeast(1, key + ".calls-per-second", (calls != null) ? calls : 1);
		atLeast(1, key + ".messages-per-second", (perSecond != null) ? perSecond : 1);
		atLeast(1, key + ".messages-per-minute", (perMinute != null) ? perMinute : 1);
		if (perSecond != null && perMinute != null) {
			throw misconfigured(key + ".messages-per-second", "is set, and so is 'messages-per-minute'.",
					"Remove '%s' or the other one: the service limits messages by the second or by the minute.");
		}
		if (operation != null) {
			checkNotShared(key, operation, calls, (perSecond != null) ? perSecond : perMinute);
			checkWindow(key, operation, perSecond, perMinute);
		}
		return new QuotaSettings.Limits(calls, perSecond, perMinute);
	}

	private void checkWindow(String key, Operation operation, @Nullable Integer perSecond,
			@Nullable Integer perMinute) {
		for (Quota quota : operation.quotas()) {
			if (quota.unit() == Unit.MESSAGES) {
				boolean second = quota.window().equals(Duration.ofSeconds(1));
				String wrong = second ? "messages-per-minute" : "messages-per-second";
				if ((second ? perMinute : perSecond) != null) {
					throw misconfigured(key + "." + wrong,
							"is set, but the service limits the messages of '%s' by the %s.".formatted(operation.name(),
									second ? "second" : "minute"),
							"Set '" + this.prefix + key + "." + (second ? "messages-per-second" : "messages-per-minute")
									+ "' instead of '%s'.");
				}
			}
		}
	}

	private void checkNotShared(String key, Operation operation, @Nullable Integer calls, @Nullable Integer messages) {
		for (Quota quota : operation.quotas()) {
			Integer limit = (quota.unit() == Unit.CALLS) ? calls : messages;
			if (limit != null && !quota.operation().equals(operation.name())) {
				throw new ImConfigurationException(
						"'%s%s' is set, but '%s' shares the quota of '%s'.".formatted(this.prefix, key,
								operation.name(), quota.operation()),
						"Move the limit to '%squota.limits.%s'.".formatted(this.prefix, quota.operation()));
			}
		}
	}

	private void check() {
		Http http = this.properties.getHttp();
		Retry retry = this.properties.getRetry();
		ImAccountProperties.Quota quota = this.properties.getQuota();
		ImAccountProperties.Bulk bulk = this.properties.getBulk();
		ImAccountProperties.Chatroom chatroom = this.properties.getChatroom();
		positive("timeout", this.properties.getTimeout());
		notNegative("shutdown-timeout", this.properties.getShutdownTimeout());
		positive("http.connect-timeout", http.getConnectTimeout());
		positive("http.read-timeout", http.getReadTimeout());
		positive("http.max-connection-life", http.getMaxConnectionLife());
		atLeast(1, "http.max-connections", http.getMaxConnections());
		within(1, MAX_EVENT_LOOPS, "http.event-loops", http.getEventLoops());
		checkMaxResponseSize(http.getMaxResponseSize());
		String proxyHost = http.getProxy().getHost();
		if (proxyHost != null && proxyHost.contains("/")) {
			throw misconfigured("http.proxy.host",
					"is '" + proxyHost.replaceFirst("//.*@", "//******@") + "', an address.",
					"Set '%s' to the name of the host alone, proxy.example.com for example.");
		}
		within(1, MAX_PORT, "http.proxy.port", http.getProxy().getPort());
		atLeast(1, "retry.max-attempts", retry.getMaxAttempts());
		notNegative("retry.backoff", retry.getBackoff());
		notNegative("retry.max-backoff", retry.getMaxBackoff());
		notNegative("quota.max-wait", quota.getMaxWait());
		atLeast(0, "quota.max-waiting", quota.getMaxWaiting());
		atLeast(1, "quota.instances", quota.getInstances());
		within(1, BulkOptions.MAX_CHUNK_SIZE, "bulk.chunk-size", bulk.getChunkSize());
		if (!(bulk.getShare() > 0 && bulk.getShare() <= 1)) {
			throw outOfRange("bulk.share", bulk.getShare(), "a number above 0 and at most 1");
		}
		atLeast(1, "chatroom.max-custom-length", chatroom.getMaxCustomLength());
		atLeast(1, "chatroom.max-users", chatroom.getMaxUsers());
		within(1, 1000, "chatroom.page-size", chatroom.getPageSize());
		checkTtl(this.properties.getAuth().getTtl());
	}

	private void checkMaxResponseSize(DataSize size) {
		if (size.toBytes() < 1 || size.toBytes() > Integer.MAX_VALUE) {
			throw outOfRange("http.max-response-size", size, "a size from 1B to " + Integer.MAX_VALUE + "B");
		}
	}

	private void checkTtl(@Nullable Duration ttl) {
		if (ttl == null) {
			return;
		}
		boolean local = this.details.getAppCertificate() != null;
		Duration shortest = Duration.ofSeconds(local ? 1 : 0);
		Duration longest = local ? TokenSources.MAX_LIFE : Duration.ofSeconds(Integer.MAX_VALUE);
		if (ttl.compareTo(shortest) < 0 || ttl.compareTo(longest) > 0) {
			throw outOfRange("auth.ttl", ttl,
					local ? "a time from 1s to 24h" : "a time from 0s to " + Integer.MAX_VALUE + "s");
		}
		if (ttl.toNanosPart() != 0) {
			throw outOfRange("auth.ttl", ttl, "a time of whole seconds, 3600s for example");
		}
	}

	private void positive(String key, Duration value) {
		if (value.isZero() || value.isNegative()) {
			throw outOfRange(key, value, "a time above 0");
		}
	}

	private void notNegative(String key, Duration value) {
		if (value.isNegative()) {
			throw outOfRange(key, value, "a time of 0 or more");
		}
	}

	private void atLeast(int least, String key, int value) {
		if (value < least) {
			throw outOfRange(key, value, "at least " + least);
		}
	}

	private void within(int least, int most, String key, int value) {
		if (value < least || value > most) {
			throw outOfRange(key, value, "a number from " + least + " to " + most);
		}
	}

	/**
	 * An exception for a setting that cannot work.
	 * @param key the key behind {@code im.} or {@code im.accounts.<name>.}
	 * @param problem what is wrong, to follow the key
	 * @param action what to write instead, with one place for the key
	 */
	ImConfigurationException misconfigured(String key, String problem, String action) {
		String whole = this.prefix + key;
		return new ImConfigurationException("'%s' %s".formatted(whole, problem), action.formatted(whole));
	}

	private ImConfigurationException outOfRange(String key, Object value, String range) {
		Object shown = (value instanceof Duration duration) ? shown(duration) : value;
		return misconfigured(key, "is " + shown + ".", "Set '%s' to " + range + ".");
	}

	/**
	 * A time as one writes it, in the largest unit that has no fraction.
	 */
	private static String shown(Duration duration) {
		long millis = duration.toMillis();
		ChronoUnit unit = Stream.of(ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS)
			.filter((larger) -> millis != 0 && millis % larger.getDuration().toMillis() == 0)
			.findFirst()
			.orElse((millis == 0) ? ChronoUnit.SECONDS : ChronoUnit.MILLIS);
		return DurationStyle.SIMPLE.print(duration, unit);
	}

}
