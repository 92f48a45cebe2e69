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

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.imspring.test.AutoConfigureImEmulator;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.TestContextManager;
import org.springframework.test.context.TestPropertySource;

/**
 * Prints how long the first {@code @SpringBootTest} class of a process takes until its
 * test may begin, counted from the start of the process, and the second one, with another
 * context: with an emulator each and without one, in turns. The argument is the number of
 * runs of each, 5 by default.
 */
public final class TestClassStart {

	private static final Pattern PREPARED = Pattern.compile("^prepared ([0-9]+) ([0-9]+) ([0-9]+)$", Pattern.MULTILINE);

	private TestClassStart() {
	}

	/**
	 * Runs the test classes and prints the table.
	 * @param arguments the number of runs, if not 5
	 * @throws Exception if a process cannot be started, or a test class in it
	 */
	public static void main(String[] arguments) throws Exception {
		int runs = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 5;
		List<Run> with = new ArrayList<>();
		List<Run> without = new ArrayList<>();
		run(WithEmulator.class);
		System.out.printf("Milliseconds of the first test class (processor time), and of the second%n%n");
		System.out.printf("| run | with the emulator | without |%n| --- | --- | --- |%n");
		for (int number = 1; number <= runs; number++) {
			with.add(run(WithEmulator.class));
			without.add(run(WithoutEmulator.class));
			System.out.printf("| %d | %s | %s |%n", number, with.get(number - 1), without.get(number - 1));
		}
		System.out.printf("| median | %s | %s |%n", median(with), median(without));
	}

	private static Run run(Class<?> tests) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), tests.getName())
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		Matcher prepared = PREPARED.matcher(output);
		if (process.waitFor() != 0 || !prepared.find()) {
			throw new IllegalStateException("Not prepared:\n" + output);
		}
		return new Run(Long.parseLong(prepared.group(1)), Long.parseLong(prepared.group(2)),
				Long.parseLong(prepared.group(3)));
	}

	private static void prepare(Class<?> first, Class<?> second) throws Exception {
		prepare(first);
		long firstPrepared = ManagementFactory.getRuntimeMXBean().getUptime();
		Duration processorTime = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
		prepare(second);
		System.out.printf("prepared %d %d %d%n", firstPrepared, processorTime.toMillis(),
				ManagementFactory.getRuntimeMXBean().getUptime() - firstPrepared);
		System.exit(0);
	}

	private static void prepare(Class<?> tests) throws Exception {
		TestContextManager manager = new TestContextManager(tests);
		manager.beforeTestClass();
		manager.prepareTestInstance(tests.getDeclaredConstructor().newInstance());
	}

	private static Run median(List<Run> runs) {
		return new Run(Median.of(runs, Run::first), Median.of(runs, Run::processorTime), Median.of(runs, Run::second));
	}

	private record Run(long first, long processorTime, long second) {

		@Override
		public String toString() {
			return "%d (%d), %d".formatted(this.first, this.processorTime, this.second);
		}

	}

	/**
	 * A test of an application that runs on the emulator.
	 */
	@SpringBootTest(classes = TinyApplication.class)
	@AutoConfigureImEmulator
	static class WithEmulator {

		public static void main(String[] arguments) throws Exception {
			prepare(WithEmulator.class, AnotherWithEmulator.class);
		}

		@TestPropertySource(properties = "context=another")
		static class AnotherWithEmulator extends WithEmulator {

		}

	}

	/**
	 * The same without one, and without a call.
	 */
	@SpringBootTest(classes = TinyApplication.class, properties = { "im.base-url=http://localhost", "im.org-name=org",
			"im.app-name=app", "im.auth.client-id=id", "im.auth.client-secret=secret" })
	static class WithoutEmulator {

		public static void main(String[] arguments) throws Exception {
			prepare(WithoutEmulator.class, AnotherWithoutEmulator.class);
		}

		@TestPropertySource(properties = "context=another")
		static class AnotherWithoutEmulator extends WithoutEmulator {

		}

	}

}
