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

package io.github.imspring.benchmarks.startup;

import java.util.Arrays;

import io.github.imspring.emulator.ImEmulator;

/**
 * Prints how long the emulator takes to start and stop: the first time in a process, as
 * the first test class pays for it, and after that, as each further one does. The
 * argument is the number of further ones, 50 by default.
 */
public final class EmulatorStart {

	private EmulatorStart() {
	}

	/**
	 * Starts emulators and prints the times.
	 * @param arguments the number of further starts, at least 1, if not 50
	 */
	public static void main(String[] arguments) {
		int further = (arguments.length > 0) ? Math.max(1, Integer.parseInt(arguments[0])) : 50;
		System.out.printf("the first: %.0f ms%n", startAndStop() / 1e6);
		long[] times = new long[further];
		Arrays.setAll(times, (number) -> startAndStop());
		Arrays.sort(times);
		System.out.printf("%d further: median %.1f ms, longest %.1f ms%n", further, times[further / 2] / 1e6,
				times[further - 1] / 1e6);
	}

	private static long startAndStop() {
		long start = System.nanoTime();
		ImEmulator.start().close();
		return System.nanoTime() - start;
	}

}
