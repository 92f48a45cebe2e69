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
import java.time.InstantSource;
import java.util.List;

import io.github.imspring.error.ErrorDecoder.Answer;
import io.github.imspring.operation.Operations;
import org.junit.jupiter.api.Test;
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

	private String hint(int status, String description) {
		byte[] body = "{\"error\":\"e\",\"error_description\":\"%s\"}".formatted(description)
			.getBytes(StandardCharsets.UTF_8);
		return new ErrorDecoder(JsonMapper.shared(), InstantSource.system())
			.decode(Operations.LIST_CHATROOMS, this.hints, new Answer(status, null, null, body, List.of()), false)
			.hint();
	}

}
