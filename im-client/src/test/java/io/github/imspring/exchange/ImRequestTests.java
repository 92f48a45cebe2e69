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

package io.github.imspring.exchange;

import java.time.Duration;

import io.github.imspring.error.ImValidationException;
import io.github.imspring.operation.Operations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a request may be made of.
 */
class ImRequestTests {

	private final ImRequest.Builder builder = ImRequest.post(Operations.SEND_MESSAGE);

	@Test
	void lastBodyThatIsGivenIsSent() {
		this.builder.json("first").encodedJson(new byte[] { '1' });
		assertThat(this.builder.build().encodedJson()).containsExactly('1');
		this.builder.json(2);
		assertThat(this.builder.build().encodedJson()).containsExactly('2');
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "a value\twith blanks", "", "\u00e9", "x\u00a0", "~" })
	void headerTakesWhatHttpTakes(String value) {
		HttpHeaders headers = this.builder.header("X-Any_1", value).build().headers();
		assertThat(headers.getFirst("x-any_1")).isEqualTo(value);
	}

	@ParameterizedTest
	@ValueSource(strings = { " x", "x ", "a\rb", "a\nb", "a\u0000", "\u007f", "\u0080", "\u0100", "\t" })
	void headerTakesNothingThatBreaksTheHead(String value) {
		assertThatExceptionOfType(ImValidationException.class).isThrownBy(() -> this.builder.header("X-Any", value))
			.withMessageContaining("'X-Any'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a b", "a:", "a\n", "\u00e9" })
	void nameOfAHeaderIsAToken(String name) {
		assertThatExceptionOfType(ImValidationException.class).isThrownBy(() -> this.builder.header(name, "x"));
	}

	@Test
	void headersWithoutAValueAndTheTokenAreLeftOut() {
		HttpHeaders headers = this.builder.header("X-None", null)
			.header("authorization", "Bearer mine")
			.build()
			.headers();
		assertThat(headers.isEmpty()).isTrue();
	}

	@Test
	void queryIsInTheOrderInWhichItWasGivenAndLeavesOutWhatIsNull() {
		ImRequest request = this.builder.query("limit", 10).query("cursor", null).query("a", "\ud83d\ude00").build();
		assertThat(request.query().keySet()).containsExactly("limit", "a");
		assertThat(request.query()).containsEntry("limit", "10").containsEntry("a", "\ud83d\ude00");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\ud83d", "x\ude00", "\ude00\ud83d", "a\ud83dx" })
	void halvesOfACharacterAreRefused(String text) {
		assertThatExceptionOfType(ImValidationException.class).isThrownBy(() -> this.builder.query("a", text));
		assertThatExceptionOfType(ImValidationException.class).isThrownBy(() -> this.builder.query(text, "a"));
		assertThatExceptionOfType(ImValidationException.class).isThrownBy(() -> this.builder.path(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", ".." })
	void segmentsThatWouldChangeThePathAreRefused(String segment) {
		assertThatExceptionOfType(ImValidationException.class).isThrownBy(() -> this.builder.path("a", segment));
		assertThat(this.builder.build().path()).containsExactly("a");
		assertThat(ImRequest.get(Operations.GET_CHATROOMS).path("..." + segment, "a/b").build())
			.hasToString("get-chatrooms GET /..." + segment + "/a/b");
	}

	@Test
	void callCountsAsAtLeastOneMessage() {
		assertThat(this.builder.messages(1).build().quotaRequest().messages()).isOne();
		assertThatExceptionOfType(ImValidationException.class).isThrownBy(() -> this.builder.messages(0));
	}

	@Test
	void secretsAreKeptIfThereAreAny() {
		assertThat(this.builder.secret(null).secret("").secret("a").secret("b").build().secrets()).containsExactly("a",
				"b");
	}

	@Test
	void boundsOfRepeatingAreChecked() {
		Duration none = Duration.ZERO;
		assertThat(new RetrySettings(1, none, none, false).maxAttempts()).isOne();
		Duration negative = Duration.ofNanos(-1);
		assertThatIllegalArgumentException().isThrownBy(() -> new RetrySettings(0, none, none, false));
		assertThatIllegalArgumentException().isThrownBy(() -> new RetrySettings(1, negative, none, false));
		assertThatIllegalArgumentException().isThrownBy(() -> new RetrySettings(1, none, negative, false));
	}

}
