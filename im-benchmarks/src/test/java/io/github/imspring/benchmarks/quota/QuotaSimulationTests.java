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

import java.time.Duration;
import java.util.stream.Stream;

import io.github.imspring.benchmarks.quota.QuotaSimulation.Lanes;
import io.github.imspring.quota.Lane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@link QuotaSimulation} must show, on a few seeds.
 */
class QuotaSimulationTests {

	private static final int SEEDS = 2;

	@ParameterizedTest
	@MethodSource("loadsAndNetworks")
	void nothingIsRefusedAndTheQuotaIsUsed(Load load, Network network) {
		for (int seed = 100; seed < 100 + SEEDS; seed++) {
			Simulation simulation = QuotaSimulation.run(false, load, network, seed);
			assertThat(simulation.rejectedBySliding()).isZero();
			assertThat(simulation.rejectedByFixed()).isZero();
			double used = simulation.used(QuotaSimulation.DURATION);
			switch (load) {
				case SINGLES -> assertThat(used).isGreaterThan(0.97);
				case CHUNKS, BULK_CHUNKS -> assertThat(used).isGreaterThan(0.98);
				case HEAVY -> assertThat(used).isGreaterThan(0.9);
				case BURSTS -> assertThat(used).isGreaterThan(0.5);
			}
		}
	}

	static Stream<Arguments> loadsAndNetworks() {
		return Stream.of(Load.values())
			.flatMap((load) -> QuotaSimulation.ROUND_TRIPS.stream()
				.flatMap((roundTrip) -> QuotaSimulation.TAILS.stream()
					.map((tail) -> Arguments.of(load, new Network(roundTrip, tail)))));
	}

	@Test
	void theServiceRefusesWhatStockLimitersLetThrough() {
		Network network = new Network(Duration.ofMillis(20), Duration.ZERO);
		assertThat(QuotaSimulation.run(true, Load.SINGLES, network, 100).rejectedBySliding()).isGreaterThan(1000);
		assertThat(QuotaSimulation.run(true, Load.BURSTS, network, 100).rejectedByFixed()).isGreaterThan(1000);
	}

	@Test
	void hundredthCallAfterIdleGoesAtOnce() {
		Simulation simulation = Simulation.ofOurs(new Network(Duration.ofMillis(20), Duration.ZERO), 100);
		assertThat(simulation.lastOf(100)).isZero();
		assertThat(simulation.lastOf(100)).isZero();
		assertThat(simulation.rejectedBySliding() + simulation.rejectedByFixed()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "0.98, 1, 100", "0.98, 5, 1200", "0.9, 5, 100" })
	void singleCallsBesideASaturatedBulkLaneHardlyWait(double bulkShare, double callsPerSecond, long millis) {
		Lanes lanes = Lanes.run(bulkShare, callsPerSecond, 100);
		assertThat(lanes.wait99()).isLessThan(Duration.ofMillis(millis));
		assertThat(lanes.used()).isGreaterThan(bulkShare - 0.01);
		assertThat(lanes.rejected()).isZero();
	}

	@Test
	void bulkLaneGetsItsShareBesideSaturatedSingleCalls() {
		Simulation simulation = Simulation.ofOurs(new Network(Duration.ofMillis(20), Duration.ZERO), 100);
		Load.SINGLES.start(simulation);
		Load.BULK_CHUNKS.start(simulation);
		simulation.run(QuotaSimulation.DURATION);
		assertThat(simulation.fraction(Lane.BULK)).isBetween(0.05, 0.08);
		assertThat(simulation.used(QuotaSimulation.DURATION)).isGreaterThan(0.97);
		assertThat(simulation.rejectedBySliding() + simulation.rejectedByFixed()).isZero();
	}

}
