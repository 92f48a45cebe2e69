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

package io.github.imspring.test;

import io.github.imspring.emulator.ImEmulator;

import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;
import org.springframework.util.ClassUtils;

/**
 * Resets the emulator of {@link AutoConfigureImEmulator} after each test method. Is asked
 * after every test of an application that has the starter, with the emulator or without.
 */
final class ImEmulatorResetTestExecutionListener implements TestExecutionListener {

	private static final boolean EMULATOR_PRESENT = ClassUtils.isPresent("io.github.imspring.emulator.ImEmulator",
			ImEmulatorResetTestExecutionListener.class.getClassLoader());

	@Override
	public void afterTestMethod(TestContext test) {
		if (EMULATOR_PRESENT && test.hasApplicationContext()) {
			Reset.in(test);
		}
	}

	/**
	 * Apart, so that the emulator need not be there.
	 */
	private static final class Reset {

		static void in(TestContext test) {
			test.getApplicationContext()
				.getBeanProvider(EmulatedConnectionDetails.class)
				.stream()
				.map(EmulatedConnectionDetails::emulator)
				.forEach(ImEmulator::reset);
		}

	}

}
