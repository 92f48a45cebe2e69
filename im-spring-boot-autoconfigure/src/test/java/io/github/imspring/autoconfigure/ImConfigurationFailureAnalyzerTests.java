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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ImConfigurationFailureAnalyzer}, and for what stops the start.
 */
class ImConfigurationFailureAnalyzerTests {

	private static final String APP_ID = "im.app-id=970CA35de60c44645bbae8a215061b33";

	private static final String[] ADDRESS = { "im.base-url=https://a1.example.com", "im.org-name=o", "im.app-name=a" };

	@Test
	void nothingSet() {
		FailureAnalysis analysis = analysisOf();
		assertThat(analysis.getDescription()).contains("nothing is set under 'im.'");
		assertThat(analysis.getAction()).contains("'im.base-url'", "'im.org-name'", "'im.app-id'", "'im.enabled'",
				"for Agora 'im.org-name' and 'im.app-name' besides");
	}

	@Test
	void noNameOfTheApp() {
		FailureAnalysis analysis = analysisOf("im.base-url=https://a1.example.com", "im.auth.token=t");
		assertThat(analysis.getDescription()).contains("nothing names the app under 'im.'");
		assertThat(analysis.getAction()).contains("'im.org-name'", "'im.app-name'", "'im.app-id'");
	}

	@Test
	void noBaseUrl() {
		FailureAnalysis analysis = analysisOf("im.org-name=o", "im.app-name=a", "im.auth.token=t");
		assertThat(analysis.getDescription()).contains("'im.base-url' is not set");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a1.easemob.com", "ftp://a1.easemob.com", "https://", "not a url" })
	void malformedBaseUrl(String baseUrl) {
		FailureAnalysis analysis = analysisOf("im.base-url=" + baseUrl, "im.org-name=o", "im.app-name=a",
				"im.auth.token=t");
		assertThat(analysis.getDescription()).contains("'im.base-url' is '" + baseUrl + "'");
		assertThat(analysis.getAction()).contains("https://a1.easemob.com");
	}

	@ParameterizedTest
	@CsvSource({ "https://joe:s3cret@a1.example.com, https://******@a1.example.com",
			"https://joe:s3/cret@a1.example.com, https://******@a1.example.com",
			"https://joe:s3?cret@a1.example.com, https://******@a1.example.com",
			"joe:s3cret@a1.example.com, ******@a1.example.com",
			"https://a1.example.com/x?share-secret=s3cret, https://a1.example.com/x?******",
			"https://a1.example.com#s3cret?s3cret, https://a1.example.com#******" })
	void userInfoAndQueryOfTheBaseUrlAreNotShown(String baseUrl, String shown) {
		FailureAnalysis analysis = analysisOf("im.base-url=" + baseUrl, "im.org-name=o", "im.app-name=a",
				"im.auth.token=t");
		assertThat(analysis.getDescription()).contains("'im.base-url' is '" + shown + "'")
			.doesNotContain("s3", "cret", "joe");
	}

	@Test
	void organizationWithoutApp() {
		FailureAnalysis analysis = analysisOf("im.base-url=https://a1.example.com", "im.org-name=o", "im.auth.token=t");
		assertThat(analysis.getDescription()).contains("'im.app-name' is not set");
	}

	@Test
	void noCredentials() {
		FailureAnalysis analysis = analysisOf(ADDRESS);
		assertThat(analysis.getDescription()).contains("no credentials");
		assertThat(analysis.getAction()).contains("'im.auth.client-id'", "'im.auth.client-secret'",
				"'im.auth.app-certificate'", "TokenSource");
	}

	@Test
	void clientIdWithoutSecret() {
		assertThat(analysisOf(with(ADDRESS, "im.auth.client-id=id")).getDescription())
			.contains("'im.auth.client-secret' is not set");
	}

	@Test
	void placeholderWithoutAValue() {
		FailureAnalysis analysis = analysisOf(
				with(ADDRESS, "im.auth.client-id=${NO_SUCH_VARIABLE}", "im.auth.client-secret=s3cret"));
		assertThat(analysis.getDescription())
			.contains("'im.auth.client-id' is the placeholder '${NO_SUCH_VARIABLE}', for which there is no value");
	}

	@Test
	void placeholderWithoutAValueIsNoToken() {
		assertThat(analysisOf(with(ADDRESS, "im.auth.token=${NO_SUCH_TOKEN}")).getDescription())
			.contains("'im.auth.token' is the placeholder '${NO_SUCH_TOKEN}', for which there is no value");
	}

	@Test
	void placeholderWithoutAValueIsNoCertificate() {
		assertThat(analysisOf(with(ADDRESS, APP_ID, "im.auth.app-certificate=${NO_SUCH_CERTIFICATE}")).getDescription())
			.contains("'im.auth.app-certificate' is the placeholder '${NO_SUCH_CERTIFICATE}'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Bearer s3cret", "s3cret\nX-Other: 1", "s3cret\u00e9" })
	void tokenThatCannotGoIntoAHeaderIsNotShown(String token) {
		FailureAnalysis analysis = analysisOf(with(ADDRESS, "im.auth.token=" + token));
		assertThat(analysis.getDescription()).contains("'im.auth.token' is empty, or has a space or another character");
		assertThat(analysis.getAction()).contains("'im.auth.token'", "without 'Bearer '");
		assertThat(analysis.getDescription() + analysis.getAction()).doesNotContain("s3cret");
	}

	@Test
	void beansOfTokensAreSuggestedWhereTheyAreUsed() {
		String[] sales = { "im.accounts.sales.base-url=https://a1.example.com", "im.accounts.sales.org-name=o",
				"im.accounts.sales.app-name=a" };
		FailureAnalysis analysis = analysisOf(sales);
		assertThat(analysis.getDescription()).contains("no credentials under 'im.accounts.sales.auth'");
		assertThat(analysis.getAction()).contains("'im.accounts.sales.auth.client-id'").doesNotContain("TokenSource");
	}

	@Test
	void namedAccountWithoutNamesOfTheApp() {
		FailureAnalysis analysis = analysisOf("im.accounts.sales.base-url=https://a1.example.com",
				"im.accounts.sales.auth.token=t");
		assertThat(analysis.getDescription()).contains("nothing names the app under 'im.accounts.sales.'");
		assertThat(analysis.getAction()).contains("'im.accounts.sales.org-name'");
	}

	@Test
	void namedAccountMayNotBeCalledLikeThePrimaryOne() {
		FailureAnalysis analysis = analysisOf("im.accounts.default.base-url=https://a1.example.com",
				"im.accounts.default.org-name=o", "im.accounts.default.app-name=a", "im.accounts.default.auth.token=t");
		assertThat(analysis.getDescription())
			.contains("'im.accounts.default' has the name of the account directly under 'im'");
		assertThat(analysis.getAction()).isEqualTo("Give it another name.");
	}

	@ParameterizedTest
	@CsvSource({ "25h, 25h, a time from 1s to 24h", "86401s, 86401s, a time from 1s to 24h",
			"0s, 0s, a time from 1s to 24h", "1500ms, 1500ms, a time of whole seconds" })
	void lifeOfTokensThatAreBuiltHere(String ttl, String shown, String range) {
		FailureAnalysis analysis = analysisOf(with(ADDRESS, APP_ID,
				"im.auth.app-certificate=5CFd2fd1755d40ecb72977518be15d3b", "im.auth.ttl=" + ttl));
		assertThat(analysis.getDescription()).contains("'im.auth.ttl' is " + shown + ".");
		assertThat(analysis.getAction()).contains("Set 'im.auth.ttl' to " + range);
	}

	@Test
	void lifeOfTokensThatAreAskedFor() {
		FailureAnalysis analysis = analysisOf(with(ADDRESS, "im.auth.token=t", "im.auth.ttl=2147483648s"));
		assertThat(analysis.getAction()).isEqualTo("Set 'im.auth.ttl' to a time from 0s to 2147483647s.");
	}

	@Test
	void sizeHasAUnit() {
		FailureAnalysis analysis = analysisOf(with(ADDRESS, "im.auth.token=t", "im.http.max-response-size=3GB"));
		assertThat(analysis.getDescription()).contains("'im.http.max-response-size' is 3221225472B.");
		assertThat(analysis.getAction()).isEqualTo("Set 'im.http.max-response-size' to a size from 1B to 2147483647B.");
	}

	@Test
	void limitOfAQuotaThatIsShared() {
		FailureAnalysis analysis = analysisOf(
				with(ADDRESS, "im.auth.token=t", "im.quota.limits.transfer-chatroom.calls-per-second=5"));
		assertThat(analysis.getDescription()).contains("'im.quota.limits.transfer-chatroom' is set",
				"'transfer-chatroom' shares the quota of 'update-chatroom'");
		assertThat(analysis.getAction()).isEqualTo("Move the limit to 'im.quota.limits.update-chatroom'.");
	}

	@Test
	void limitOfWhatCannotBeAnOperation() {
		FailureAnalysis analysis = analysisOf(
				with(ADDRESS, "im.auth.token=t", "im.quota.limits.listMembers.calls-per-second=5"));
		assertThat(analysis.getDescription()).contains("'im.quota.limits.listMembers' is not the name of an operation");
		assertThat(analysis.getAction()).contains("kebab case");
	}

	@Test
	void bothKindsOfCredentials() {
		FailureAnalysis analysis = analysisOf(with(ADDRESS, APP_ID, "im.auth.client-id=id",
				"im.auth.client-secret=s3cret", "im.auth.app-certificate=5CFd2fd1755d40ecb72977518be15d3b"));
		assertThat(analysis.getDescription()).contains("2 kinds of credentials", "client-id and client-secret",
				"app-certificate");
		assertThat(analysis.getDescription() + analysis.getAction()).doesNotContain("s3cret", "5CFd2fd");
	}

	@ParameterizedTest
	@ValueSource(strings = { "970CA35de60c44645bbae8a215061b3", "970CA35de60c44645bbae8a215061b333",
			"970CA35de60c44645bbae8a215061b3g" })
	void appIdThatIsNotHexadecimal(String appId) {
		FailureAnalysis analysis = analysisOf("im.base-url=https://a1.example.com", "im.app-id=" + appId,
				"im.auth.app-certificate=5CFd2fd1755d40ecb72977518be15d3b");
		assertThat(analysis.getDescription()).contains("'im.app-id' is '" + appId + "', not 32 hexadecimal digits");
	}

	@Test
	void certificateThatIsNotHexadecimalIsNotShown() {
		FailureAnalysis analysis = analysisOf("im.base-url=https://a1.example.com", APP_ID,
				"im.auth.app-certificate=5CFd2fd1755d40ecb72977518be15d3");
		assertThat(analysis.getDescription())
			.contains("'im.auth.app-certificate' is a value of 31 characters, not 32 hexadecimal digits")
			.doesNotContain("5CFd2");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			im.auth.client-id | im: { auth: { client-id: 007, client-secret: s } }
			im.auth.client-id | im: { auth: { client-id: 12e5, client-secret: s } }
			im.auth.client-secret | im: { auth: { client-id: id, client-secret: 0x1f } }
			im.app-id | im: { app-id: 123456789012345678901234567890e1, auth: { token: t } }
			im.app-name | im: { app-name: on, auth: { token: t } }
			im.accounts.sales.org-name | im: { accounts: { sales: { org-name: 1_000, auth: { token: t } } } }
			im.callback.secrets[1] | im: { auth: { token: t }, callback: { secrets: [a, 1.10] } }
			im.http.proxy.password | im: { auth: { token: t }, http: { proxy: { host: h, password: 010 } } }
			""")
	void textThatYamlTakesForSomethingElse(String key, String yaml) {
		FailureAnalysis analysis = analysisOf(runner(ADDRESS)
			.withInitializer((context) -> context.getEnvironment().getPropertySources().addFirst(load(yaml))));
		assertThat(analysis.getDescription()).contains("'" + key + "' is written without quotes (")
			.contains("YAML takes it for something else than a text");
		assertThat(analysis.getAction()).isEqualTo("Put the value of '" + key + "' in quotes.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "im: { auth: { client-id: '007', client-secret: 12 }, quota: { instances: 0x1 } }",
			"im: { auth: { client-id: 12345678901234567890123, client-secret: true } } # all",
			"im:\n  auth:\n    client-id: 1.5\n    client-secret: -3 # a comment\n" })
	void numberThatStaysAsItIsWritten(String yaml) {
		runner(ADDRESS).withInitializer((context) -> context.getEnvironment().getPropertySources().addFirst(load(yaml)))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void textThatIsOverriddenDoesNotMatter() {
		runner(with(ADDRESS, "im.auth.client-id=007", "im.auth.client-secret=s"))
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addLast(load("im: { auth: { client-id: 007 } }")))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private static PropertySource<?> load(String yaml) {
		try {
			return new YamlPropertySourceLoader()
				.load("yaml", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
				.get(0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void unknownPathStyleIsReportedByTheBinder() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ImAutoConfiguration.class))
			.withPropertyValues("im.path-style=query")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("query"));
	}

	private static String[] with(String[] properties, String... more) {
		List<String> all = new ArrayList<>(Arrays.asList(properties));
		all.addAll(Arrays.asList(more));
		return all.toArray(String[]::new);
	}

	private static ApplicationContextRunner runner(String... properties) {
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ImAutoConfiguration.class))
			.withPropertyValues(properties);
	}

	private static FailureAnalysis analysisOf(String... properties) {
		return analysisOf(runner(properties));
	}

	private static FailureAnalysis analysisOf(ApplicationContextRunner runner) {
		FailureAnalysis[] analysis = new FailureAnalysis[1];
		runner
			.run((context) -> analysis[0] = new ImConfigurationFailureAnalyzer().analyze(context.getStartupFailure()));
		assertThat(analysis[0]).isNotNull();
		return analysis[0];
	}

}
