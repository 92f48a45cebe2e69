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

package io.github.imspring;

import java.util.Map;

import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Operations;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Tests that what the client offers, the emulator has too.
 */
class SubjectTests {

	/**
	 * What the client does with a request of another operation, so that the service does
	 * not tell the two apart.
	 */
	private static final Map<String, String> SAME_REQUEST = Map.of("ensure-user", "register-user");

	private static ImEmulator emulator;

	@BeforeAll
	static void start() {
		emulator = ImEmulator.start();
	}

	@AfterAll
	static void close() {
		emulator.close();
	}

	@ParameterizedTest
	@MethodSource("operations")
	void emulatorHasEveryOperationUnderItsName(Operation operation) {
		assertThatCode(() -> emulator.faults()
			.fail(SAME_REQUEST.getOrDefault(operation.name(), operation.name()), Fault.status(503)))
			.doesNotThrowAnyException();
	}

	static Iterable<Operation> operations() {
		return Operations.all();
	}

}
