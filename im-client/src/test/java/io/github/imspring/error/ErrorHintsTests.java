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
import java.time.InstantSource;
import java.util.List;

import io.github.imspring.error.ErrorDecoder.Answer;
import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Operations;
import io.github.imspring.operation.Quota;
import io.github.imspring.operation.Quota.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ErrorHints}.
 */
class ErrorHintsTests {

	private final ErrorHints hints = ErrorHints.NONE.on(400, "too long", "Shorten it.")
		.on(400, "too", "Change it.")
		.on(413, "", Hint.of("Raise %s.", Setting.MAX_RESPONSE_SIZE))
		.on(404, "username", "Use another user.");

	@Test
	void firstOfTheSubjectsOwnThatFits() {
		assertThat(hint(400, "the name is too long")).isEqualTo("Shorten it.");
		assertThat(hint(400, "the name is too short")).isEqualTo("Change it.");
		assertThat(hint(413, "anything")).isEqualTo("Raise ImClientBuilder.maxResponseSize.");
	}

	@Test
	void ownHintComesBeforeTheOneForAnyOperation() {
		assertThat(hint(404, "username u1 doesn't exist!")).isEqualTo("Use another user.");
	}

	@Test
	void otherStatusHasTheHintForAnyOperation() {
		assertThat(hint(409, "the name is too long"))
			.isEqualTo("Something else changed the same thing at the same time: repeat the call.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			199 | Look at what stands between
			300 | Redirects are not followed: set the base URL of ImEndpoint
			302 | Redirects are not followed
			303 | Look at what stands between
			304 | Look at what stands between
			399 | Redirects are not followed
			400 | Compare the request
			401 | Check that the credentials
			403 | Check that the app's plan
			404 | Check that what the call names exists
			405 | The service does not take this verb
			407 | Give the HTTP client the user name
			408 | The request took too long
			409 | Something else changed the same thing
			413 | Make the request smaller
			415 | The service does not take this content type
			429 | Call less often
			499 | Compare the request
			500 | The service or a gateway before it failed
			503 | The service or a gateway before it failed
			""")
	void everyStatusHasAHintThatFits(int status, String hint) {
		assertThat(decode(Operations.LIST_CHATROOMS, ErrorHints.NONE, status, "no").hint()).startsWith(hint);
	}

	@ParameterizedTest
	@ValueSource(strings = { "unsupported_service_operation", "web_application" })
	void callThatTheServiceDoesNotKnowIsWrong(String description) {
		assertThat(decode(Operations.LIST_CHATROOMS, ErrorHints.NONE, 500, description).hint())
			.startsWith("The service does not know this verb or URL");
	}

	@Test
	void limitOfMessagesIsNamedByItsWindow() {
		assertThat(sendLimit(Duration.ofSeconds(1))).startsWith("Send fewer messages a second")
			.contains("the messages per second of 'send'");
		assertThat(sendLimit(Duration.ofMinutes(1))).startsWith("Send fewer messages a minute")
			.contains("the messages per minute of 'send'");
	}

	private static String sendLimit(Duration window) {
		Operation operation = new Operation("send-any", false, List.of(new Quota("other", Unit.CALLS, 1),
				new Quota("send", Unit.MESSAGES, 100, window), new Quota("calls", Unit.CALLS, 1)));
		return decode(operation, ErrorHints.NONE, 403, "message send reach limit").hint();
	}

	private String hint(int status, String description) {
		return decode(Operations.LIST_CHATROOMS, this.hints, status, description).hint();
	}

	private static ImApiException decode(Operation operation, ErrorHints hints, int status, String description) {
		byte[] body = "{\"error\":\"e\",\"error_description\":\"%s\"}".formatted(description)
			.getBytes(StandardCharsets.UTF_8);
		return new ErrorDecoder(JsonMapper.shared(), InstantSource.system()).decode(operation, hints,
				new Answer(status, null, null, body, List.of()), false);
	}

}
