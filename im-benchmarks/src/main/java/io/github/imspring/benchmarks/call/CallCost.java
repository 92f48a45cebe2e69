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
package io.github.imspring.benchmarks.call;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Compares what a call costs with the starter, by hand, with the vendor's SDK and with
 * the HTTP client alone. Each client runs in a process of its own against one service
 * that always gives the same answer; the rounds alternate, and the figures are medians.
 * <p>
 * Options: {@code --shape=one} ({@code hundred}, {@code attributes}, {@code rooms}),
 * {@code --rounds=7}, {@code --calls=20000} a round, {@code --only=starter,by_hand};
 * {@code --vendor=FILE} with the class path of the vendor's SDK, and
 * {@code --before=FILE} with the class path of another version of the starter.
 */
public final class CallCost {

	/**
	 * Warm is a client whose last rounds allocated the same, and took no less CPU than
	 * those before: the least, because a busy machine only ever adds to it.
	 */
	private static final double STILL = 0.05;

	private static final int LAST_ROUNDS = 3;

	/**
	 * Many methods are compiled for good late only, in a process that shares its cores.
	 */
	private static final int LEAST_WARM_UP_ROUNDS = 12;

	private static final int WARM_UP_ROUNDS = 25;

	private final List<Measured> measured = new ArrayList<>();

	private final int calls;

	private CallCost(int calls) {
		this.calls = calls;
	}

	/**
	 * Runs the comparison and prints the table.
	 * @param arguments see the description of the class
	 * @throws Exception if a process cannot be started or fails
	 */
	public static void main(String[] arguments) throws Exception {
		List<String> given = List.of(arguments);
		Shape shape = Shape.valueOf(option(given, "shape", "one").toUpperCase(Locale.ROOT));
		CallCost comparison = new CallCost(Integer.parseInt(option(given, "calls", "20000")));
		String own = System.getProperty("java.class.path");
		Process service = java(own, List.of(CannedService.class.getName(), shape.name()));
		try {
			String url = "http://127.0.0.1:" + service.inputReader().readLine();
			List<String> only = Stream.of(option(given, "only", "").split(",")).map(String::toUpperCase).toList();
			for (Client client : Client.values()) {
				if (only.contains("") || only.contains(client.name())) {
					comparison.add(client.title(), own, Client.class.getName(), client.name(), shape.name(), url);
				}
			}
			String before = option(given, "before", "");
			if (!before.isEmpty()) {
				comparison.add("the starter, the version before", Files.readString(Path.of(before)).strip(),
						Client.class.getName(), Client.STARTER.name(), shape.name(), url);
			}
			String vendor = option(given, "vendor", "");
			if (!vendor.isEmpty()) {
				comparison.add("the vendor's SDK", Files.readString(Path.of(vendor)).strip(),
						"io.github.imspring.benchmarks.vendor.VendorClient", shape.name(), url);
			}
			comparison.run(Integer.parseInt(option(given, "rounds", "7")));
			comparison.print(System.out, shape);
		}
		finally {
			comparison.measured.forEach((row) -> row.process.destroy());
			service.destroy();
		}
	}

	private static String option(List<String> arguments, String name, String otherwise) {
		String prefix = "--" + name + "=";
		return arguments.stream()
			.filter((argument) -> argument.startsWith(prefix))
			.map((argument) -> argument.substring(prefix.length()))
			.findFirst()
			.orElse(otherwise);
	}

	private static Process java(String classPath, List<String> arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-Xms512m",
						"-XX:+UseSerialGC", "-cp", classPath));
		command.addAll(arguments);
		return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
	}

	private void add(String title, String classPath, String... arguments) throws IOException {
		this.measured.add(new Measured(title, java(classPath, List.of(arguments))));
	}

	private void run(int rounds) throws IOException {
		for (Measured row : this.measured) {
			row.warmUp(this.calls);
		}
		for (int round = 0; round < rounds; round++) {
			for (Measured row : this.measured) {
				row.rounds.add(row.round(this.calls));
			}
		}
	}

	private void print(PrintStream out, Shape shape) {
		out.printf("%s, %d rounds of %d calls, ten in flight; medians, and their ratio to the first row%n%n", shape,
				this.measured.get(0).rounds.size(), this.calls);
		out.printf("| client | CPU a call | allocated a call | calls/s |%n| --- | --- | --- | --- |%n");
		Measured first = this.measured.get(0);
		for (Measured row : this.measured) {
			out.printf("| %s | %.1f µs (%.2f) | %.1f KB (%.2f) | %,.0f (%.2f) |%n", row.title,
					row.median(Figures::cpuMicros), row.median(Figures::cpuMicros) / first.median(Figures::cpuMicros),
					row.median(Figures::kilobytes), row.median(Figures::kilobytes) / first.median(Figures::kilobytes),
					row.median(Figures::callsPerSecond),
					row.median(Figures::callsPerSecond) / first.median(Figures::callsPerSecond));
		}
	}

	/**
	 * A client in its process.
	 */
	private static final class Measured {

		private final String title;

		private final Process process;

		private final BufferedReader output;

		private final PrintStream input;

		private final List<Figures> rounds = new ArrayList<>();

		Measured(String title, Process process) {
			this.title = title;
			this.process = process;
			this.output = process.inputReader();
			this.input = new PrintStream(process.getOutputStream(), true);
		}

		void warmUp(int calls) throws IOException {
			List<Figures> last = new ArrayList<>();
			for (int round = 0; round < WARM_UP_ROUNDS && !still(last); round++) {
				last.add(round(calls));
			}
		}

		private static boolean still(List<Figures> all) {
			int before = all.size() - LAST_ROUNDS;
			if (all.size() < LEAST_WARM_UP_ROUNDS) {
				return false;
			}
			List<Figures> last = all.subList(before, all.size());
			double most = last.stream().mapToDouble(Figures::kilobytes).max().orElseThrow();
			return most < least(last, Figures::kilobytes) * (1 + STILL) && least(last,
					Figures::cpuMicros) > least(all.subList(0, before), Figures::cpuMicros) * (1 - STILL);
		}

		private static double least(List<Figures> figures, ToDoubleFunction<Figures> figure) {
			return figures.stream().mapToDouble(figure).min().orElseThrow();
		}

		Figures round(int calls) throws IOException {
			this.input.println(calls);
			Figures figures = null;
			StringBuilder otherwise = new StringBuilder();
			while (figures == null) {
				String line = this.output.readLine();
				if (line == null) {
					throw new IllegalStateException(this.title + " failed:\n" + otherwise);
				}
				figures = Figures.parse(line, calls);
				otherwise.append(line).append('\n');
			}
			return figures;
		}

		double median(ToDoubleFunction<Figures> figure) {
			List<Figures> sorted = this.rounds.stream().sorted(Comparator.comparingDouble(figure)).toList();
			return figure.applyAsDouble(sorted.get(sorted.size() / 2));
		}

	}

	/**
	 * What a call cost in one round.
	 *
	 * @param cpuMicros CPU time of the process in microseconds
	 * @param kilobytes what the process allocated in KB
	 * @param callsPerSecond calls a second
	 */
	private record Figures(double cpuMicros, double kilobytes, double callsPerSecond) {

		static @Nullable Figures parse(String line, int calls) {
			if (!line.matches("\\d+ \\d+ \\d+")) {
				return null;
			}
			String[] figures = line.split(" ");
			return new Figures(Double.parseDouble(figures[0]) / 1e3 / calls,
					Double.parseDouble(figures[1]) / 1024 / calls, calls / (Double.parseDouble(figures[2]) / 1e9));
		}

	}

}
