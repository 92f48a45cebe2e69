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

import io.github.imspring.operation.Operations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A secret is hidden however it is spelled, and only after the error that it is in has
 * been understood.
 */
class SecretMaskTests {

	private static final String SECRET = "007eJx/Y+a=tEn0==";

	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

	private final ErrorDecoder decoder = new ErrorDecoder(JsonMapper.shared(), InstantSource.fixed(NOW));

	@ParameterizedTest
	@ValueSource(strings = { "007eJx/Y+a=tEn0==", "007eJx\\/Y+a=tEn0==", "007eJx/Y+a\\u003dtEn0\\u003d\\u003d",
			"007eJx\\u002FY\\u002ba=tEn0\\u003D=", "007eJx%2FY%2Ba%3DtEn0%3d%3D", "007eJx\\\\\\/Y+a\\\\u003dtEn0==",
			"007eJx/Y+a=tEn", "007eJx/Y+a=tEn0\\u00", "007eJx%2", "007eJx\\u002", "007eJx\\" })
	void everySpellingIsHidden(String spelling) {
		String hidden = new SecretMask(List.of(SECRET)).hide("got Bearer " + spelling);
		assertThat(hidden).isEqualTo("got Bearer ******");
	}

	@ParameterizedTest
	@ValueSource(strings = { "007eJx%41Y+a=tEn0==", "007eJx%3ZY+a=tEn0==", "007eJx\\u0041Y+a=tEn0==", "007eJx\\u0041",
			"007eJ", "ends with \\" })
	void whatSpellsSomethingElseIsShown(String text) {
		assertThat(new SecretMask(List.of(SECRET)).hide(text)).isEqualTo(text);
	}

	@Test
	void everyPlaceIsHiddenAndNothingElse() {
		String hidden = new SecretMask(List.of("", SECRET, "\bpa\"ss\nword-that-is-long"))
			.hide("a " + SECRET + SECRET + " b \\bpa\\\"ss\\nword-that-is-long c 007eJx/Y+a=tEn1==");
		assertThat(hidden).isEqualTo("a ************ b ****** c 007eJx/Y+a=tEn1==");
	}

	@Test
	void shortSecretIsHiddenAsAWord() {
		assertThat(new SecretMask(List.of("user")).hide("superuser of user 'user' user_id"))
			.isEqualTo("superuser of ****** '******' user_id");
		assertThat(new SecretMask(List.of("user")).hide("user")).isEqualTo("******");
		assertThat(new SecretMask(List.of("abcdefghijkl", "mnopqrstuvw")).hide("xabcdefghijkly xmnopqrstuvwy"))
			.isEqualTo("x******y xmnopqrstuvwy");
	}

	@Test
	void secretAtTheMarkWhereTheBodyIsCut() {
		ImApiException ex = decode(500, "x".repeat(2040) + SECRET, SECRET);
		assertThat(ex.body()).doesNotContain("007e").endsWith("x******");
	}

	@Test
	void tokenThatIsPartOfTheErrorDoesNotHideIt() {
		ImApiException ex = decode(401,
				"{\"error\":\"auth_bad_access_token\",\"error_description\":\"bad token-that-is-secret\"}", "token");
		assertThat(ex).isInstanceOfSatisfying(ImAuthenticationException.class,
				(rejected) -> assertThat(rejected.tokenRejected()).isTrue());
		assertThat(decode(429, "{\"error\":\"resource_limited\"}", "resource_limited"))
			.isInstanceOfSatisfying(ImQuotaExceededException.class, (exceeded) -> {
				assertThat(exceeded.retryable()).isFalse();
				assertThat(exceeded.error()).isEqualTo("******");
			});
		assertThat(decode(400, "{\"error\":\"e\",\"error_description\":\"u1 does not exist in app\"}", "app"))
			.isInstanceOf(ImNotFoundException.class);
	}

	@Test
	void dateOfRetryAfterIsComparedWithTheServicesOwnClock() {
		assertThat(retryAfter("Sun, 01 Mar 2026 13:00:02 GMT", "Sun, 01 Mar 2026 13:00:00 GMT"))
			.isEqualTo(Duration.ofSeconds(2));
		assertThat(retryAfter("Sun, 01 Mar 2026 12:00:02 GMT", "nonsense")).isEqualTo(Duration.ofSeconds(2));
	}

	private Duration retryAfter(String header, String date) {
		ImApiException ex = this.decoder.decode(Operations.SEND_MESSAGE, ErrorHints.NONE,
				new ErrorDecoder.Answer(429, header, date, new byte[0], List.of()), false);
		return ((ImQuotaExceededException) ex).retryAfter();
	}

	@ParameterizedTest
	@CsvSource({ "11:00:00, 60 minutes ahead of", "11:54:59, 5 minutes ahead of", "12:05:01, 5 minutes behind" })
	void clockThatIsWrongIsNamed(String time, String off) {
		assertThat(hintAt(time)).contains(off + " the service's");
	}

	@ParameterizedTest
	@ValueSource(strings = { "11:55:00", "12:00:00", "12:05:00" })
	void clockThatIsNearlyRightIsNotBlamed(String time) {
		assertThat(hintAt(time)).startsWith("Check that the credentials");
	}

	private String hintAt(String time) {
		byte[] body = "{\"error\":\"unauthorized\"}".getBytes(StandardCharsets.UTF_8);
		return this.decoder.decode(Operations.SEND_MESSAGE, ErrorHints.NONE,
				new ErrorDecoder.Answer(401, null, "Sun, 01 Mar 2026 %s GMT".formatted(time), body, List.of()), false)
			.hint();
	}

	@ParameterizedTest
	@ValueSource(ints = { 100, 102, 103, 300, 303, 304 })
	void statusThatSaysNothingLeavesOpenWhatWasDone(int status) {
		assertThat(decode(status, "", "secret").mayHaveBeenProcessed()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 307, 308, 400 })
	void otherStatusesSayThatNothingWasDone(int status) {
		assertThat(decode(status, "", "secret").mayHaveBeenProcessed()).isFalse();
	}

	private ImApiException decode(int status, String body, String secret) {
		return this.decoder.decode(Operations.SEND_MESSAGE, ErrorHints.NONE,
				new ErrorDecoder.Answer(status, null, null, body.getBytes(StandardCharsets.UTF_8), List.of(secret)),
				false);
	}

}
