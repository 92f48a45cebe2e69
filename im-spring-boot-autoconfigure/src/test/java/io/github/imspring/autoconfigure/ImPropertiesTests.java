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
import java.util.Map;
import java.util.stream.Collectors;

import io.github.imspring.operation.Quota;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.quota.QuotaSettings;
import io.github.imspring.quota.QuotaSnapshot;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ImProperties} in the spellings that Spring Boot allows.
 */
class ImPropertiesTests {

	private static final String[] MINIMUM = { "im.base-url=http://localhost", "im.org-name=o", "im.app-name=a",
			"im.auth.token=t" };

	@Test
	void comeFromVariablesOfTheEnvironment() {
		withEnvironment(Map.of("IM_BASEURL", "http://localhost", "IM_APP_ID", "970CA35de60c44645bbae8a215061b33",
				"IM_AUTH_APPCERTIFICATE", "5CFd2fd1755d40ecb72977518be15d3b", "IM_PATHSTYLE", "app_id",
				"IM_HTTP_MAXRESPONSESIZE", "4MB", "IM_QUOTA_MAX_WAIT", "90s", "IM_RETRY_BACKOFF", "PT0.5S",
				"IM_ACCOUNTS_SALES_BASEURL", "http://localhost", "IM_ACCOUNTS_SALES_AUTH_TOKEN", "t"))
			.withPropertyValues("im.accounts.sales.appId=0123456789abcdef0123456789abcdef")
			.run((context) -> {
				ImProperties properties = context.getBean(ImProperties.class);
				assertThat(properties.getBaseUrl()).isEqualTo("http://localhost");
				assertThat(properties.getPathStyle()).isEqualTo(ImPathStyle.APP_ID);
				assertThat(properties.getHttp().getMaxResponseSize()).isEqualTo(DataSize.ofMegabytes(4));
				assertThat(properties.getQuota().getMaxWait()).isEqualTo(Duration.ofSeconds(90));
				assertThat(properties.getRetry().getBackoff()).isEqualTo(Duration.ofMillis(500));
				assertThat(properties.getAccounts().get("sales").getAuth().getToken()).isEqualTo("t");
				assertThat(context).hasBean("imMessageOperations").hasBean("salesImMessageOperations");
			});
	}

	@Test
	void numbersAreMillisecondsAndBytes() {
		withEnvironment(Map.of())
			.withPropertyValues("im.base-url=http://localhost", "im.org-name=o", "im.app-name=a", "im.auth.token=t",
					"im.timeout=1500", "im.http.max-response-size=2048")
			.run((context) -> {
				ImProperties properties = context.getBean(ImProperties.class);
				assertThat(properties.getTimeout()).isEqualTo(Duration.ofMillis(1500));
				assertThat(properties.getHttp().getMaxResponseSize()).isEqualTo(DataSize.ofBytes(2048));
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "IM_QUOTA_LIMITS_SENDMESSAGE_CALLSPERSECOND", "im.quota.limits.sendMessage.callsPerSecond",
			"im.quota.limits.SEND-MESSAGE.calls-per-second", "im.quota.limits.[send_message].calls_per_second" })
	void limitsKnowTheOperationInAnySpelling(String key) {
		limited(key).run((context) -> {
			assertThat(limits(context)).containsEntry("send-message-calls", 5)
				.containsEntry("send-message-messages", 6000);
		});
	}

	@ParameterizedTest
	@CsvSource({ "7, true", "5, false" })
	void whatOutweighsInOneSpellingDoesInAll(int limit, boolean propertyFirst) {
		Map<String, Object> properties = Map.of("im.quota.limits.send-message.calls-per-second", "7",
				"im.quota.limits.send-message.messages-per-minute", "50");
		MapPropertySource source = new MapPropertySource("properties", properties);
		limited("IM_QUOTA_LIMITS_SENDMESSAGE_CALLSPERSECOND").withInitializer((context) -> {
			MutablePropertySources sources = context.getEnvironment().getPropertySources();
			if (propertyFirst) {
				sources.addFirst(source);
			}
			else {
				sources.addLast(source);
			}
		})
			.run((context) -> assertThat(limits(context)).containsEntry("send-message-calls", limit)
				.containsEntry("send-message-messages", 50));
	}

	@Test
	void noCallHasMoreRecipientsThanAQuotaFromTheEnvironment() {
		withEnvironment(Map.of("IM_QUOTA_LIMITS_SENDMESSAGE_MESSAGESPERMINUTE", "50")).withPropertyValues(MINIMUM)
			.run((context) -> assertThat(context.getBean(ImAccount.class).bulkOptions().chunkSize()).isEqualTo(50));
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', value = { "send-chatroom-message, messages-per-second, ",
			"send-message, messages-per-minute, ", "users, calls-per-second, ",
			"send-chatroom-message, messages-per-minute, limits the messages of 'send-chatroom-message' by the second",
			"send-message, messages-per-second, limits the messages of 'send-message' by the minute",
			"register-user, calls-per-second, 'register-user' shares the quota of 'users'" })
	void limitsAreOfWhatTheServiceCounts(String operation, String limit, @Nullable String problem) {
		limited("im.quota.limits." + operation + "." + limit).run((context) -> {
			if (problem == null) {
				assertThat(quotaSettings(context).limits()).containsOnlyKeys(operation);
			}
			else {
				assertThat(context).getFailure().rootCause().hasMessageContaining(problem);
			}
		});
	}

	@Test
	void messagesAreLimitedByTheSecondOrByTheMinute() {
		limited("im.quota.limits.own.messages-per-second")
			.withPropertyValues("im.quota.limits.own.messages-per-minute=5")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("is set, and so is 'messages-per-minute'"));
	}

	@Test
	void operationOfTheApplicationKeepsItsName() {
		limited("im.quota.limits.list-members.calls-per-second")
			.run((context) -> assertThat(quotaSettings(context).limits()).containsOnlyKeys("list-members"));
	}

	@Test
	void blankLimitOfAnOperationOfTheServiceIsTheDefault() {
		withEnvironment(Map.of()).withPropertyValues(MINIMUM)
			.withPropertyValues("im.quota.limits.send-message.calls-per-second=${NO_SUCH_VARIABLE:}")
			.run((context) -> assertThat(limits(context)).containsEntry("send-message-calls", 100));
	}

	/**
	 * An application that sets a limit of 5, in a variable of the environment or in a
	 * property as the key looks.
	 */
	private static ApplicationContextRunner limited(String key) {
		boolean variable = key.startsWith("IM_");
		ApplicationContextRunner runner = withEnvironment(variable ? Map.of(key, "5") : Map.of())
			.withPropertyValues(MINIMUM);
		return variable ? runner : runner.withPropertyValues(key + "=5");
	}

	private static QuotaSettings quotaSettings(ApplicationContext context) {
		return context.getBean(ImAccount.class).quotaSettings();
	}

	/**
	 * The limits that the quotas of a message have.
	 */
	private static Map<String, Integer> limits(ApplicationContext context) {
		return context.getBean(QuotaLimiter.class)
			.snapshots()
			.stream()
			.map(QuotaSnapshot::quota)
			.filter((quota) -> quota.operation().equals("send-message"))
			.collect(Collectors.toMap(Quota::name, Quota::limit));
	}

	private static ApplicationContextRunner withEnvironment(Map<String, Object> variables) {
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ImAutoConfiguration.class))
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
						new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
								variables)));
	}

}
