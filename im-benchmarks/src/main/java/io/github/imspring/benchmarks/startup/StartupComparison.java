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

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Prints how long a tiny WebFlux application takes from the start of its process to the
 * end, with the starter and without, in turns. Without the starter it has the same
 * libraries but this one and Resilience4j. The argument is the number of runs of each, 10
 * by default.
 */
public final class StartupComparison {

	/**
	 * What other benchmarks need, and a tiny application has not.
	 */
	private static final Pattern OTHERS = Pattern
		.compile("im-emulator|test|junit|mockito|assert|hamcrest|awaitility|jmh|jopt-simple|commons-math"
				+ "|micrometer-core|redis|lettuce|spring-(data|oxm|tx)|spring-boot-(data|transaction|persistence)");

	private static final Pattern STARTER = Pattern.compile("im-(client|spring-boot)|resilience4j");

	private static final Path CLASSES = Path.of("target", "classes");

	private static final Pattern STARTED = Pattern.compile("^started (true|false) ([0-9]+) ([0-9]+)$",
			Pattern.MULTILINE);

	private StartupComparison() {
	}

	/**
	 * Runs the application and prints the table.
	 * @param arguments the number of runs, if not 10
	 * @throws IOException if a process cannot be started
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		int runs = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 10;
		List<Run> without = new ArrayList<>();
		List<Run> with = new ArrayList<>();
		run(false);
		run(true);
		System.out.printf(
				"Milliseconds of the whole process: wall clock (processor time until started, classes loaded until then)%n%n");
		System.out.printf("| run | without | with |%n| --- | --- | --- |%n");
		for (int number = 1; number <= runs; number++) {
			// In turns, and each first as often as the other.
			boolean withFirst = number % 2 == 0;
			(withFirst ? with : without).add(run(withFirst));
			(withFirst ? without : with).add(run(!withFirst));
			System.out.printf("| %d | %s | %s |%n", number, without.get(number - 1), with.get(number - 1));
		}
		System.out.printf("| median | %s | %s |%n", median(without), median(with));
		System.out.printf("%nWith the starter: %+.1f %% (%+.1f %%, %+.1f %%); the limit is +3 %% of each%n",
				more(without, with, Run::wall), more(without, with, Run::cpu), more(without, with, Run::classes));
	}

	private static Run run(boolean starter) throws IOException, InterruptedException {
		List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				classPath(starter), TinyApplication.class.getName(), "--server.port=0", "--spring.main.banner-mode=off",
				"--im.base-url=http://localhost", "--im.org-name=org", "--im.app-name=app", "--im.auth.client-id=id",
				"--im.auth.client-secret=secret");
		long start = System.nanoTime();
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		int status = process.waitFor();
		long wall = (System.nanoTime() - start) / 1_000_000;
		Matcher started = STARTED.matcher(output);
		if (status != 0 || !started.find() || Boolean.parseBoolean(started.group(1)) != starter) {
			throw new IllegalStateException("Not started as it should be:\n" + output);
		}
		return new Run(wall, Long.parseLong(started.group(2)), Long.parseLong(started.group(3)));
	}

	private static String classPath(boolean starter) {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !OTHERS.matcher(name(entry)).find())
			.filter((entry) -> starter || !STARTER.matcher(name(entry)).find())
			.collect(Collectors.joining(File.pathSeparator));
	}

	/**
	 * The name of a jar, or of the module that the classes are of.
	 */
	private static String name(String entry) {
		Path path = Path.of(entry).toAbsolutePath();
		int behind = path.endsWith(CLASSES) ? CLASSES.getNameCount() : 0;
		return path.getName(path.getNameCount() - 1 - behind).toString();
	}

	private static double more(List<Run> without, List<Run> with, ToLongFunction<Run> figure) {
		return 100.0 * Median.of(with, figure) / Median.of(without, figure) - 100;
	}

	private static Run median(List<Run> runs) {
		return new Run(Median.of(runs, Run::wall), Median.of(runs, Run::cpu), Median.of(runs, Run::classes));
	}

	private record Run(long wall, long cpu, long classes) {

		@Override
		public String toString() {
			return "%d (%d, %d)".formatted(this.wall, this.cpu, this.classes);
		}

	}

}
