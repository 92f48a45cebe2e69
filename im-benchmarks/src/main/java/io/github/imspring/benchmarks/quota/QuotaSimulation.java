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

package io.github.imspring.benchmarks.quota;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.imspring.quota.Lane;

/**
 * Prints how many calls the service refuses and how much of the quota is used: the
 * limiter of this library beside Resilience4j as it comes, on virtual time. The argument
 * is the number of seeds, 20 by default.
 */
public final class QuotaSimulation {

	static final Duration DURATION = Duration.ofMinutes(5);

	static final List<Duration> ROUND_TRIPS = List.of(Duration.ofMillis(1), Duration.ofMillis(20),
			Duration.ofMillis(80));

	static final List<Duration> TAILS = List.of(Duration.ZERO, Duration.ofMillis(60), Duration.ofMillis(400));

	private final PrintStream out;

	private final int seeds;

	private QuotaSimulation(PrintStream out, int seeds) {
		this.out = out;
		this.seeds = seeds;
	}

	/**
	 * Prints the tables.
	 * @param arguments the number of seeds, if not 20
	 */
	public static void main(String[] arguments) {
		int seeds = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 20;
		new QuotaSimulation(System.out, seeds).print();
	}

	private void print() {
		print("%d runs of %d s each; each way 0-20 ms late, 1 %% of the calls late by the tail. Calls refused by a "
				+ "service with%nsliding windows / with fixed windows, the worst of 20 alignments; share of the quota "
				+ "used (least of the runs).%n%n", this.seeds, DURATION.toSeconds());
		print("| limiter | load | round trip | no tail | 60 ms | 400 ms |%n| --- | --- | --- | --- | --- | --- |%n");
		row("Resilience4j", true, Load.SINGLES, ROUND_TRIPS.get(1));
		row("Resilience4j", true, Load.BURSTS, ROUND_TRIPS.get(1));
		for (Load load : Load.values()) {
			for (Duration roundTrip : ROUND_TRIPS) {
				row("im-spring-boot", false, load, roundTrip);
			}
		}
		printIdle();
		printLanes();
	}

	private void row(String limiter, boolean stock, Load load, Duration roundTrip) {
		print("| %s | %s | %d ms |", limiter, load.title(), roundTrip.toMillis());
		for (Duration tail : TAILS) {
			long sliding = 0;
			long fixed = 0;
			double used = 1;
			for (int seed = 0; seed < this.seeds; seed++) {
				Simulation simulation = run(stock, load, new Network(roundTrip, tail), seed);
				sliding += simulation.rejectedBySliding();
				fixed += simulation.rejectedByFixed();
				used = Math.min(used, simulation.used(DURATION));
			}
			print(" %d / %d, %.1f %% |", sliding, fixed, 100 * used);
		}
		print("%n");
	}

	static Simulation run(boolean stock, Load load, Network network, long seed) {
		Simulation simulation = stock ? Simulation.ofStock(network, seed) : Simulation.ofOurs(network, seed);
		load.start(simulation);
		simulation.run(DURATION);
		return simulation;
	}

	private void printIdle() {
		Network network = new Network(ROUND_TRIPS.get(1), Duration.ZERO);
		Simulation fresh = Simulation.ofOurs(network, 0);
		Duration first = fresh.lastOf(100);
		print("%nThe 100th call of a fresh limiter waits %d ms; after two minutes of idleness %d ms.%n",
				first.toMillis(), fresh.lastOf(100).toMillis());
	}

	private void printLanes() {
		print("%n| share of bulk | single calls beside a saturated bulk lane | 99th percentile of their wait | quota used |%n"
				+ "| --- | --- | --- | --- |%n");
		for (double share : new double[] { 0.98, 0.9 }) {
			for (double rate : new double[] { 1, 5 }) {
				Lanes lanes = Lanes.run(share, rate, 0);
				print("| %.2f | %.0f/s | %d ms | %.1f %% |%n", share, rate, lanes.wait99().toMillis(),
						100 * lanes.used());
			}
		}
		Simulation both = Simulation.ofOurs(new Network(ROUND_TRIPS.get(1), Duration.ZERO), 0);
		Load.SINGLES.start(both);
		Load.BULK_CHUNKS.start(both);
		both.run(DURATION);
		print("%nBeside single calls without end the bulk lane gets %.1f %% of what is sent.%n",
				100 * both.fraction(Lane.BULK));
	}

	private void print(String format, Object... arguments) {
		this.out.printf(Locale.ROOT, format, arguments);
	}

	/**
	 * Single calls beside a saturated bulk lane.
	 *
	 * @param wait99 the 99th percentile of the single calls' wait
	 * @param used the fraction of the quota that was used
	 * @param rejected the calls that the service refused, whatever its windows
	 */
	record Lanes(Duration wait99, double used, long rejected) {

		static Lanes run(double share, double rate, long seed) {
			Simulation simulation = Simulation.ofOurs(share, new Network(ROUND_TRIPS.get(1), Duration.ZERO), seed);
			List<Duration> waits = new ArrayList<>();
			Load.BULK_CHUNKS.start(simulation);
			simulation.trickle(rate, waits);
			simulation.run(DURATION);
			waits.sort(null);
			return new Lanes(waits.get((int) (waits.size() * 0.99)), simulation.used(DURATION),
					simulation.rejectedBySliding() + simulation.rejectedByFixed());
		}

	}

}
