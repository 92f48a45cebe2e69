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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.github.imspring.error.ImDecodingException;
import io.github.imspring.operation.Operations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ImResponse}.
 */
class ImResponseTests {

	private static ImResponse response(String json) {
		return new ImResponse(Operations.SEND_MESSAGE, json.getBytes(StandardCharsets.UTF_8), false);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"post\"", "\"\"", "12", "-7", "9223372036854775808", "3000000000", "1.5", "true",
			"\"false\"", "\"17\"", "\"3000000000\"", "null", "[1]", "{\"a\":1}" })
	void valuesAreAsLenientWhereTheyStandAsInTheTree(String json) {
		JsonNode tree = response("{\"x\":%s}".formatted(json)).body().path("x");
		response("{\"x\":%s,\"data\":1}".formatted(json)).read((name, value) -> {
			if (name.equals("x")) {
				assertThat(value.isObject()).isEqualTo(tree.isObject());
				assertThat(value.isArray()).isEqualTo(tree.isArray());
				assertThat(value.isString()).isEqualTo(tree.isString());
				assertThat(value.isInteger()).isEqualTo(tree.isIntegralNumber());
				assertThat(value.isNull()).isEqualTo(tree.isNull());
				assertThat(value.text()).isEqualTo(tree.asStringOpt().orElse(null));
				assertThat(value.flag()).isEqualTo(tree.asBooleanOpt().orElse(null));
				assertThat(value.number()).isEqualTo(tree.asIntOpt().isPresent() ? (Integer) tree.asInt() : null);
				assertThat(value.longNumber()).isEqualTo(tree.asLongOpt().isPresent() ? (Long) tree.asLong() : null);
				assertThat(value.tree()).isEqualTo(tree);
			}
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"action\":\"post\",\"application\":1,\"timestamp\":1700000000000,\"duration\":3",
			"{\"uri\":\"u\",\"path\":null,\"host\":[],\"timestamp\":\"17\",\"duration\":\"x\"",
			"{\"organization\":{\"a\":[{}]},\"applicationName\":\"n\",\"timestamp\":1.5,\"host\":true",
			"{\"action\":\"first\",\"action\":\"last\"" })
	void envelopeIsTheSameAsOfTheTree(String fields) {
		String json = fields + ",\"data\":{}}";
		assertThat(response(json).read((name, value) -> {
		})).isEqualTo(response(json).envelope());
	}

	@Test
	void whatIsNotReadIsSkipped() {
		List<String> read = new ArrayList<>();
		response("{\"a\":{\"b\":[1,{}]},\"data\":[{\"x\":[[]],\"id\":\"1\"},[2],{\"id\":\"3\"}],\"z\":1}")
			.read((name, value) -> {
				read.add(name);
				JsonValue.Elements elements = value.elements();
				while (name.equals("data") && elements.next()) {
					readId(elements.value(), read);
				}
			});
		assertThat(read).containsExactly("a", "data", "1", "3", "z");
	}

	private static void readId(JsonValue value, List<String> read) {
		if (value.isObject()) {
			JsonValue.Elements fields = value.elements();
			while (fields.next()) {
				if (fields.name().equals("id")) {
					read.add(fields.value().text());
				}
			}
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			''                 | the answer is empty
			x                  | the answer of 1 bytes is not JSON
			{"data":1          | the answer of 9 bytes is not JSON
			{"data":1} {}      | the answer of 13 bytes is not JSON
			{"a":1}            | the answer has no 'data'
			{"data":null}      | the answer has no 'data'
			{"data":1,"data":null} | the answer has no 'data'
			[1]                | the answer is JSON but no object
			1                  | the answer is JSON but no object
			""")
	void saysWhatIsWrongWithAnAnswer(String json, String problem) {
		assertThatExceptionOfType(ImDecodingException.class).isThrownBy(() -> response(json).read((name, value) -> {
		})).withMessageContaining(problem);
		assertThatExceptionOfType(ImDecodingException.class).isThrownBy(() -> response(json).data())
			.withMessageContaining(problem);
	}

	@Test
	void answerIsCheckedEvenIfNothingOfItIsRead() {
		ImResponse broken = response("{\"data\":");
		assertThatExceptionOfType(ImDecodingException.class).isThrownBy(broken::check);
		response("{}").check();
	}

}
