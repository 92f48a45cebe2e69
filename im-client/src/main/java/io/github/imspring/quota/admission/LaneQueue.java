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

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

import io.github.imspring.operation.Quota.Unit;
import org.jspecify.annotations.Nullable;

/**
 * The calls that wait in one lane of a group, in the order in which they joined.
 */
final class LaneQueue {

	private final Set<WaitingCall> waiting = new LinkedHashSet<>();

	private long calls;

	private long messages;

	void join(WaitingCall call) {
		this.waiting.add(call);
		count(call, 1);
	}

	void leave(WaitingCall call) {
		this.waiting.remove(call);
		count(call, -1);
	}

	private void count(WaitingCall call, int sign) {
		this.calls += (long) sign * call.slots(Unit.CALLS);
		this.messages += (long) sign * call.slots(Unit.MESSAGES);
	}

	@Nullable WaitingCall first() {
		return this.waiting.isEmpty() ? null : this.waiting.iterator().next();
	}

	/**
	 * The call that the longest wait ends first.
	 */
	@Nullable WaitingCall firstBounded() {
		for (WaitingCall call : this.waiting) {
			if (call.bounded()) {
				return call;
			}
		}
		return null;
	}

	Collection<WaitingCall> waiting() {
		return this.waiting;
	}

	int size() {
		return this.waiting.size();
	}

	/**
	 * What all who wait take of a quota.
	 */
	long slots(Unit unit) {
		return (unit == Unit.CALLS) ? this.calls : this.messages;
	}

}
