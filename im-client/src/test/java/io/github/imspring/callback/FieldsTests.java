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

package io.github.imspring.callback;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is read of fields that are of another type than documented.
 */
class FieldsTests {

	@ParameterizedTest
	@CsvSource(nullValues = "-", delimiter = '|',
			value = { "\"a\"|a", "true|true", "5|5", "2.50|2.5", "1e400|-", "null|-", "{}|-", "[1]|-" })
	void textOfAnyValue(String json, String text) {
		assertThat(of(json).text("x")).isEqualTo(text);
		assertThat(of(json).name("x")).isEqualTo(text);
	}

	@Test
	void emptyTextIsNoName() {
		assertThat(of("\"\"").text("x")).isEmpty();
		assertThat(of("\"\"").name("x")).isNull();
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", delimiter = '|',
			value = { "12|12|12", "\"12\"|12|12", "0|0|0", "-1|-1|-", "2147483647|2147483647|2147483647",
					"2147483648|2147483648|-", "9223372036854775808|-|-", "1.5|-|-", "\"x\"|-|-", "true|-|-",
					"null|-|-" })
	void numbersAreReadIfTheyAreWholeAndInBounds(String json, Long number, Integer natural) {
		assertThat(of(json).number("x")).isEqualTo(number);
		assertThat(of(json).natural("x")).isEqualTo(natural);
		assertThat(of(json).time("x")).isEqualTo((number != null) ? Instant.ofEpochMilli(number) : null);
	}

	@ParameterizedTest
	@CsvSource({ "true,true", "'\"true\"',true", "false,false", "1,false", "null,false" })
	void flagIsSetIfItIsTrue(String json, boolean set) {
		assertThat(of(json).flag("x")).isEqualTo(set);
	}

	@Test
	void fieldMayBeThereWithoutAValue() {
		assertThat(of("null").has("x")).isTrue();
		assertThat(of("null").has("y")).isFalse();
	}

	@Test
	void listsLeaveOutWhatDoesNotFit() {
		assertThat(of("[{\"a\":1},5,{\"a\":2}]").objects("x")).extracting((object) -> object.text("a"))
			.containsExactly("1", "2");
		assertThat(of("{\"a\":1}").objects("x")).isEmpty();
		assertThat(of("[\"a\",null,1,{}]").texts("x")).containsExactly("a", "1");
		assertThat(of("\"a\"").texts("x")).containsExactly("a");
		assertThat(of("null").texts("x")).isEmpty();
		assertThat(of("{\"a\":\"b\",\"c\":1,\"d\":[]}").object("x").texts())
			.containsExactlyInAnyOrderEntriesOf(Map.of("a", "b", "c", "1"));
	}

	@Test
	void valuesKeepTheirTypes() {
		assertThat(of("{\"a\":{\"b\":[1,\"c\",null]},\"d\":true,\"e\":1.5}").object("x").values())
			.isEqualTo(Map.of("a", Map.of("b", Arrays.asList(1, "c", null)), "d", true, "e", 1.5));
		assertThat(of("[]").object("x").values()).isEmpty();
		assertThat(List.copyOf(of("{}").object("x").values().keySet())).isEmpty();
	}

	private static Fields of(String json) {
		return new Fields(SignedCallbacks.MAPPER.readTree("{\"x\":" + json + "}"));
	}

}
