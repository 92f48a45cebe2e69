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
import java.util.function.Consumer;

import io.github.imspring.quota.Lane;

/**
 * What is asked of a limiter.
 */
enum Load {

	SINGLES("singles without end", (simulation) -> simulation.saturate(200, Lane.SINGLE, (chance) -> 1)),

	HEAVY("10 % calls of 600",
			(simulation) -> simulation.saturate(20, Lane.SINGLE, (chance) -> (chance < 10) ? 600 : 1)),

	BURSTS("bursts of 150", (simulation) -> simulation.bursts(150, Duration.ofSeconds(5))),

	CHUNKS("chunks of 100", (simulation) -> simulation.saturate(8, Lane.SINGLE, (chance) -> 100)),

	BULK_CHUNKS("chunks of 100, bulk lane", (simulation) -> simulation.saturate(8, Lane.BULK, (chance) -> 100));

	private final String title;

	private final Consumer<Simulation> start;

	Load(String title, Consumer<Simulation> start) {
		this.title = title;
		this.start = start;
	}

	String title() {
		return this.title;
	}

	void start(Simulation simulation) {
		this.start.accept(simulation);
	}

}
