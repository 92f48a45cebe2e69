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

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Prints how long the example takes from the start of its process until it says that it
 * has started, as {@code spring-boot:run} starts it: with the emulator in it, and without
 * one, in turns. The arguments are the file that has its class path and the number of
 * runs of each, 5 by default.
 */
public final class SampleStart {

	private static final String STARTED = "Started SampleApplication in";

	private static final Map<String, String> SETTINGS = Map.of("IM_BASE_URL", "http://localhost", "IM_ORG_NAME", "org",
			"IM_APP_NAME", "app", "IM_CLIENT_ID", "id", "IM_CLIENT_SECRET", "secret", "IM_CALLBACK_SECRET", "secret");

	private SampleStart() {
	}

	/**
	 * Starts the example and prints the table.
	 * @param arguments the file and the number of runs
	 * @throws IOException if a process cannot be started
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		String classPath = Files.readString(Path.of(arguments[0])).strip();
		int runs = (arguments.length > 1) ? Integer.parseInt(arguments[1]) : 5;
		List<Run> with = new ArrayList<>();
		List<Run> without = new ArrayList<>();
		run(classPath, "emulator");
		System.out.printf("Milliseconds until started: wall clock (processor time)%n%n");
		System.out.printf("| run | with the emulator | without |%n| --- | --- | --- |%n");
		for (int number = 1; number <= runs; number++) {
			with.add(run(classPath, "emulator"));
			without.add(run(classPath, "easemob"));
			System.out.printf("| %d | %s | %s |%n", number, with.get(number - 1), without.get(number - 1));
		}
		System.out.printf("| median | %s | %s |%n", median(with), median(without));
	}

	private static Run run(String classPath, String profile) throws IOException, InterruptedException {
		List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", classPath, "io.github.imspring.sample.SampleApplication",
				"--server.port=0", "--spring.profiles.active=" + profile);
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().putAll(SETTINGS);
		long start = System.nanoTime();
		Process process = builder.start();
		try (BufferedReader output = process.inputReader()) {
			List<String> lines = new ArrayList<>();
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				lines.add(line);
				if (line.contains(STARTED)) {
					Duration cpu = process.info().totalCpuDuration().orElse(Duration.ZERO);
					return new Run((System.nanoTime() - start) / 1_000_000, cpu.toMillis());
				}
			}
			throw new IllegalStateException("Not started:\n" + String.join("\n", lines));
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	private static Run median(List<Run> runs) {
		return new Run(Median.of(runs, Run::wall), Median.of(runs, Run::cpu));
	}

	private record Run(long wall, long cpu) {

		@Override
		public String toString() {
			return "%d (%d)".formatted(this.wall, this.cpu);
		}

	}

}
