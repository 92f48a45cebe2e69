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

package io.github.imspring.observation;

import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.imspring.operation.Operations;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the context keeps its key values as any other of Micrometer's does.
 */
class ImClientObservationContextTests {

	static Stream<Consumer<Observation.Context>> changes() {
		return Stream.of((context) -> {
		}, (context) -> context.addLowCardinalityKeyValues(KeyValues.of("b", "1", "a", "2")), (context) -> {
			context.addLowCardinalityKeyValues(KeyValues.of("a", "1", "c", "2"));
			context.addLowCardinalityKeyValues(KeyValues.of("b", "3", "c", "4"));
		}, (context) -> {
			context.addLowCardinalityKeyValue(KeyValue.of("b", "1"));
			context.addLowCardinalityKeyValue(KeyValue.of("a", "2"));
			context.addLowCardinalityKeyValue(KeyValue.of("b", "3"));
		}, (context) -> {
			context.addLowCardinalityKeyValues(KeyValues.of("a", "1", "b", "2", "c", "3"));
			context.removeLowCardinalityKeyValue("b");
			context.removeLowCardinalityKeyValue("d");
		}, (context) -> {
			context.addLowCardinalityKeyValues(KeyValues.of("a", "1", "b", "2", "c", "3"));
			context.removeLowCardinalityKeyValues("a", "c");
			context.addHighCardinalityKeyValue(KeyValue.of("d", "4"));
		});
	}

	@ParameterizedTest
	@MethodSource("changes")
	void keepsKeyValuesAsMicrometerDoes(Consumer<Observation.Context> change) {
		Observation.Context micrometers = new Observation.Context();
		Observation.Context ours = new ImClientObservationContext(Operations.SEND_MESSAGE, "default");
		change.accept(micrometers);
		change.accept(ours);
		assertThat(ours.getLowCardinalityKeyValues()).isEqualTo(micrometers.getLowCardinalityKeyValues());
		assertThat(ours.getAllKeyValues()).isEqualTo(micrometers.getAllKeyValues());
		assertThat(Stream.of("a", "b", "c", "d").map(ours::getLowCardinalityKeyValue)).containsExactlyElementsOf(
				Stream.of("a", "b", "c", "d").map(micrometers::getLowCardinalityKeyValue).toList());
		assertThat(ours).hasToString(micrometers.toString());
	}

}
