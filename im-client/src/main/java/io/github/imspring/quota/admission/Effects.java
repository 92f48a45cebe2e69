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

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What is left to do once the lock is left.
 *
 * @since 0.1.0
 */
public final class Effects {

	/**
	 * No time.
	 */
	public static final long NEVER = SlidingWindowLog.UNKNOWN;

	private @Nullable WaitingCall immediate;

	private @Nullable List<WaitingCall> decided;

	private long wakeAt = NEVER;

	private boolean slotsWanted;

	/**
	 * Nothing to do so far.
	 */
	public Effects() {
	}

	/**
	 * The call that was just brought, if it was decided at once.
	 * @return the call, or {@code null} if there is none
	 */
	public @Nullable WaitingCall immediate() {
		return this.immediate;
	}

	/**
	 * The calls that waited and were decided.
	 * @return the calls, possibly none
	 */
	public List<WaitingCall> decided() {
		return (this.decided != null) ? this.decided : List.of();
	}

	/**
	 * When calls that wait are to be looked at again.
	 * @return the time, or {@link #NEVER}
	 */
	public long wakeAt() {
		return this.wakeAt;
	}

	/**
	 * Whether the store should be asked without delay.
	 * @return whether a call lacks slots that the store may have
	 */
	public boolean slotsWanted() {
		return this.slotsWanted;
	}

	void decide(WaitingCall call) {
		if (this.decided == null) {
			this.decided = new ArrayList<>();
		}
		this.decided.add(call);
	}

	void decideAtOnce(WaitingCall call) {
		if (this.decided != null) {
			this.decided.remove(call);
		}
		this.immediate = call;
	}

	void wakeNoLaterThan(long time) {
		this.wakeAt = Math.min(this.wakeAt, time);
	}

	void wantSlots(boolean wanted) {
		this.slotsWanted |= wanted;
	}

}
