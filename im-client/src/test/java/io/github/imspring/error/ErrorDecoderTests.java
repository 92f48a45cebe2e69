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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import io.github.imspring.error.ErrorDecoder.Answer;
import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Operations;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ErrorDecoder}.
 */
class ErrorDecoderTests {

	private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));

	private final ErrorDecoder decoder = new ErrorDecoder(JsonMapper.shared(), CLOCK);

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			400 | message_send_error         | param to can't be empty                      | ImApiException
			400 | invalid_grant              | client_secret does not match                 | ImApiException
			400 | illegal_argument           | username u1 does not exist in app            | ImNotFoundException
			401 | unauthorized               | Unable to authenticate (OAuth)               | ImAuthenticationException
			401 | unauthorized               | registration is not open, please contact     | ImForbiddenException
			401 | auth_bad_access_token      | Unable to authenticate due to corrupt token  | ImAuthenticationException
			401 | MetadataException          | user is not in chatroom                      | ImForbiddenException
			401 | group_authorization        | you have no permission to do this            | ImForbiddenException
			403 | forbidden_op               | new owner and old owner are the same         | ImForbiddenException
			403 | message_send_error         | message send reach limit                     | ImQuotaExceededException
			403 | forbidden                  | Forbidden for url: [XXXX/XXXX/messages/users] | ImQuotaExceededException
			404 | resource_not_found         | grpID 1 does not exist!                      | ImNotFoundException
			405 | method_not_allowed         | no                                           | ImApiException
			409 | conflict                   | no                                           | ImApiException
			429 | reach_limit                | This request has reached api limit           | ImQuotaExceededException
			429 | resource_limited           | no                                           | ImQuotaExceededException
			500 | unsupported_service_operation | no                                        | ImServerException
			501 | any                        | no                                           | ImServerException
			503 | any                        | no                                           | ImServerException
			""")
	void decidesTheKindByStatusFirst(int status, String error, String description, String kind) {
		ImApiException ex = decode(Operations.SEND_MESSAGE, status, json(error, description));
		assertThat(ex.getClass().getSimpleName()).isEqualTo(kind);
		assertThat(ex.status()).isEqualTo(status);
		assertThat(ex.error()).isEqualTo(error);
		assertThat(ex.errorDescription()).isEqualTo(description);
		assertThat(ex.operation()).isEqualTo("send-message");
		assertThat(ex).hasMessageStartingWith("send-message failed: HTTP " + status + " " + error + ": " + description)
			.hasMessageContaining(ex.hint());
	}

	@Test
	void urlThatIsForbiddenIsNoLimitWhereNoMessagesAreCounted() {
		assertThat(decode(Operations.LIST_CHATROOMS, 403, json("forbidden", "Forbidden for url: [x]")))
			.isInstanceOf(ImForbiddenException.class);
	}

	@Test
	void limitOfTheRateIsNamedByTheOperationThatTheQuotaIsOf() {
		assertThat(decode(Operations.TRANSFER_CHATROOM, 429, json("reach_limit", "no")).hint())
			.contains("set the calls per second of 'update-chatroom' in QuotaSettings.limits");
		assertThat(decode(Operation.of("list-members", true), 429, json("reach_limit", "no")).hint())
			.contains("set the calls per second of 'list-members' in QuotaSettings.limits");
	}

	@Test
	void hintsNameTheSettingsAsTheyAreCalled() {
		ImApiException ex = decode(Operations.SEND_MESSAGE, 404,
				json("organization_application_not_found", "no app at im.example.com"));
		assertThat(ex).hasMessageContaining("im.example.com. Check the organization of ImEndpoint, the app name of");
		SettingNames names = (setting, operation) -> "sa%les." + setting;
		names.nameIn(ex);
		assertThat(ex.hint()).isEqualTo("Check sa%les.ORG_NAME, sa%les.APP_NAME or sa%les.APP_ID, and that "
				+ "sa%les.BASE_URL is the host that the console names for this app.");
		assertThat(ex).hasMessageContaining("im.example.com. Check sa%les.ORG_NAME");
	}

	@ParameterizedTest
	@CsvSource({ "401,unauthorized,Unable to authenticate (OAuth),true",
			"401,auth_bad_access_token,Unable to authenticate due to corrupt access token,true",
			"401,something_else,no,false" })
	void onlyTokenErrorsCallForANewToken(int status, String error, String description, boolean rejected) {
		ImApiException ex = decode(Operations.LIST_CHATROOMS, status, json(error, description));
		assertThat(ex).isInstanceOfSatisfying(ImAuthenticationException.class,
				(authentication) -> assertThat(authentication.tokenRejected()).isEqualTo(rejected));
	}

	@Test
	void missingSecretOfAFileDoesNotCallForANewToken() {
		ImApiException ex = decode(Operations.DOWNLOAD_FILE, 401, json("auth_bad_access_token", "no"));
		assertThat(((ImAuthenticationException) ex).tokenRejected()).isFalse();
		ex = decode(Operations.DOWNLOAD_FILE, 401, json("unauthorized", "Unable to authenticate (OAuth)"));
		assertThat(((ImAuthenticationException) ex).tokenRejected()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "client_id does not match", "client_secret does not match" })
	void wrongCredentialsAreAnAuthenticationErrorOfTheToken(String description) {
		ImApiException ex = decode(Operations.TOKEN, 400, json("invalid_grant", description));
		assertThat(ex).isInstanceOfSatisfying(ImAuthenticationException.class,
				(authentication) -> assertThat(authentication.tokenRejected()).isFalse());
	}

	@Test
	void readsTheMetadataErrorThatHasNoType() {
		ImApiException ex = decode(Operations.SET_ATTRIBUTES, 400,
				"{\"error_description\":\"exceed allowed batch size 10\"}");
		assertThat(ex.error()).isNull();
		assertThat(ex.hint()).isEqualTo("Compare the request with the service's documentation of this operation.");
		assertThat(ex).hasMessageContaining("HTTP 400 exceed allowed batch size 10");
	}

	@Test
	void readsTheVerbatimBodyOfAMessageThatIsTooLarge() {
		ImApiException ex = decode(Operations.SEND_MESSAGE, 400,
				"{\"error\":\"message_send_error\",\"exception\":\"MessageSendException\",\"timestamp\":1748575460150,"
						+ "\"duration\":0,\"error_code\":14007,\"error_description\":\"message is too large\"}");
		assertThat(ex.errorCode()).isEqualTo(14007);
		assertThat(ex.exception()).isEqualTo("MessageSendException");
	}

	@Test
	void keepsStatusAndHeadOfHtml() {
		ImApiException ex = decode(Operations.SEND_MESSAGE, 503, "<html>" + "x".repeat(5000) + "</html>");
		assertThat(ex.status()).isEqualTo(503);
		assertThat(ex.error()).isNull();
		assertThat(ex.body()).hasSize(2048).startsWith("<html>x");
		assertThat(ex.getMessage()).contains("HTTP 503: <html>x").hasSizeLessThan(700);
	}

	@Test
	void cutsTheBodyBetweenCharacters() {
		ImApiException ex = decode(Operations.SEND_MESSAGE, 503, "ab" + "用".repeat(1000));
		assertThat(ex.body()).isEqualTo("ab" + "用".repeat(682));
		assertThat(ex.body().getBytes(StandardCharsets.UTF_8)).hasSize(2048);
		assertThat(decode(Operations.SEND_MESSAGE, 503, "用".repeat(1000)).body()).isEqualTo("用".repeat(682));
		assertThat(decode(Operations.SEND_MESSAGE, 503, "a" + "用".repeat(1000)).body())
			.isEqualTo("a" + "用".repeat(682));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "null", "\"text\"", "{", "{\"error\":{\"a\":1},\"error_code\":\"x\"}" })
	void survivesAnyBody(String body) {
		ImApiException ex = decode(Operations.SEND_MESSAGE, 502, body);
		assertThat(ex).isInstanceOf(ImServerException.class);
		assertThat(ex.error()).isNull();
		assertThat(ex.errorCode()).isNull();
		assertThat(ex.body()).isEqualTo(body);
	}

	@Test
	void descriptionCannotForgeLogEntries() {
		ImApiException ex = decode(Operations.SEND_MESSAGE, 400, json("x", "a\\r\\n2026 ERROR forged\\u001b[0m"));
		assertThat(ex.getMessage()).contains("a 2026 ERROR forged").doesNotContain("\n", "\r", "\u001b");
	}

	@Test
	void hidesTheTokenThatTheServiceEchoes() {
		String token = "YWMte3bGuOukEei/secret";
		String body = json("unauthorized", "bad token " + token + " or YWMte3bGuOukEei\\/secret");
		ImApiException ex = this.decoder.decode(Operations.SEND_MESSAGE, ErrorHints.NONE,
				new Answer(401, null, null, body.getBytes(StandardCharsets.UTF_8), List.of("f1le", token)), false);
		assertThat(ex.getMessage() + ex.body() + ex.errorDescription()).contains("******")
			.doesNotContain(token)
			.doesNotContain("secret");
	}

	@ParameterizedTest
	@CsvSource(nullValues = "none", value = { "7,PT7S", "' 0 ',PT0S", "-3,PT0S", "none,none", "soon,none",
			"'Sun, 01 Mar 2026 12:01:30 GMT',PT1M30S", "'Sun, 01 Mar 2026 11:00:00 GMT',PT0S" })
	void readsRetryAfter(@Nullable String header, @Nullable Duration pause) {
		Answer answer = new Answer(429, header, null, json("reach_limit", "x").getBytes(StandardCharsets.UTF_8),
				List.of());
		assertThat(this.decoder.decode(Operations.SEND_MESSAGE, ErrorHints.NONE, answer, false)).isInstanceOfSatisfying(
				ImQuotaExceededException.class, (ex) -> assertThat(ex.retryAfter()).isEqualTo(pause));
	}

	@Test
	void rateFreesItselfAndPlanDoesNot() {
		assertThat(
				((ImQuotaExceededException) decode(Operations.SEND_MESSAGE, 429, json("reach_limit", "x"))).retryable())
			.isTrue();
		assertThat(((ImQuotaExceededException) decode(Operations.SEND_MESSAGE, 429, json("resource_limited", "x")))
			.retryable()).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "400,x,false", "404,x,false", "429,reach_limit,false", "500,unsupported_service_operation,false",
			"500,web_application,false", "500,x,true", "502,x,true", "504,x,true" })
	void saysWhetherTheServiceMayHaveActed(int status, String error, boolean processed) {
		assertThat(decode(Operations.SEND_MESSAGE, status, json(error, "x")).mayHaveBeenProcessed())
			.isEqualTo(processed);
	}

	@ParameterizedTest
	@CsvSource({ "500,unsupported_service_operation,true", "500,web_application,true", "500,x,false",
			"502,web_application,false" })
	void onlyACallThatTheServiceDoesNotKnowIsWrong(int status, String error, boolean wrong) {
		assertThat(((ImServerException) decode(Operations.SEND_MESSAGE, status, json(error, "x"))).wrongCall())
			.isEqualTo(wrong);
	}

	@Test
	void tokenThatWasNotGivenIsNeitherProcessedNorRejected() {
		assertThat(decode(Operations.TOKEN, 500, json("x", "x")).mayHaveBeenProcessed()).isFalse();
		ImApiException ex = decode(Operations.TOKEN, 401, json("unauthorized", "x"));
		assertThat(((ImAuthenticationException) ex).tokenRejected()).isFalse();
	}

	@Test
	void remembersThatAnEarlierAttemptMayHaveBeenProcessed() {
		ImApiException ex = this.decoder.decode(Operations.DELETE_CHATROOM, ErrorHints.NONE,
				new Answer(404, null, null, new byte[0], List.of()), true);
		assertThat(ex.mayHaveBeenProcessed()).isTrue();
		assertThat(ex).hasMessageEndingWith("The service may have processed the call.");
	}

	private ImApiException decode(Operation operation, int status, String body) {
		return this.decoder.decode(operation, ErrorHints.NONE,
				new Answer(status, null, null, body.getBytes(StandardCharsets.UTF_8), List.of()), false);
	}

	private static String json(String error, String description) {
		return "{\"error\":\"%s\",\"error_description\":\"%s\"}".formatted(error, description);
	}

}
