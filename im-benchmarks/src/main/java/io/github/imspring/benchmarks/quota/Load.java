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

import io.github.imspring.quota.Lane;

/**
 * What is asked of a limiter.
 */
enum Load {

	SINGLES("singles without end"),

	HEAVY("10 % calls of 600"),

	BURSTS("bursts of 150"),

	CHUNKS("chunks of 100"),

	BULK_CHUNKS("chunks of 100, bulk lane");

	private final String title;

	Load(String title) {
		this.title = title;
	}

	String title() {
		return this.title;
	}

	void start(Simulation simulation) {
		switch (this) {
			case SINGLES -> simulation.saturate(200, Lane.SINGLE, (chance) -> 1);
			case HEAVY -> simulation.saturate(20, Lane.SINGLE, (chance) -> (chance < 10) ? 600 : 1);
			case BURSTS -> simulation.bursts(150, Duration.ofSeconds(5));
			case CHUNKS -> simulation.saturate(8, Lane.SINGLE, (chance) -> 100);
			case BULK_CHUNKS -> simulation.saturate(8, Lane.BULK, (chance) -> 100);
		}
	}

}
