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

package io.github.imspring.quota.admission;

import java.util.Arrays;

import io.github.imspring.operation.Quota.Unit;

/**
 * Who waits for one quota: the lanes of every group that has it.
 */
final class Backlog {

	private final Unit unit;

	private LaneQueue[] singles = {};

	private LaneQueue[] bulks = {};

	Backlog(Unit unit) {
		this.unit = unit;
	}

	void attach(LaneQueue single, LaneQueue bulk) {
		this.singles = append(this.singles, single);
		this.bulks = append(this.bulks, bulk);
	}

	private static LaneQueue[] append(LaneQueue[] lanes, LaneQueue lane) {
		LaneQueue[] longer = Arrays.copyOf(lanes, lanes.length + 1);
		longer[lanes.length] = lane;
		return longer;
	}

	boolean isEmpty() {
		return calls() == 0;
	}

	int calls() {
		return calls(false) + calls(true);
	}

	int calls(boolean bulk) {
		int calls = 0;
		for (LaneQueue lane : lanes(bulk)) {
			calls += lane.size();
		}
		return calls;
	}

	long slots() {
		return slots(false) + slots(true);
	}

	long slots(boolean bulk) {
		long slots = 0;
		for (LaneQueue lane : lanes(bulk)) {
			slots += lane.slots(this.unit);
		}
		return slots;
	}

	private LaneQueue[] lanes(boolean bulk) {
		return bulk ? this.bulks : this.singles;
	}

}
