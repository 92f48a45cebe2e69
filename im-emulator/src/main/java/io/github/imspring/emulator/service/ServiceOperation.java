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

package io.github.imspring.emulator.service;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * One operation of the service, and what it may be called how often.
 *
 * @param name the operation's name, by which faults and requests are told apart
 * @param quota the quota that counts it; several operations may share one
 * @param callsPerSecond the calls that the quota accepts in a second
 * @param messages the messages that the quota accepts, or nothing if it counts none
 * @since 0.1.0
 */
public record ServiceOperation(String name, String quota, int callsPerSecond, @Nullable MessageLimit messages) {

	private static final int USUAL_CALLS_PER_SECOND = 100;

	/** An operation with the usual quota, 100 calls a second. */
	public static ServiceOperation of(String name) {
		return of(name, USUAL_CALLS_PER_SECOND);
	}

	public static ServiceOperation of(String name, int callsPerSecond) {
		return new ServiceOperation(name, name, callsPerSecond, null);
	}

	/** Another operation that counts against the quota of this one. */
	public ServiceOperation sharedBy(String other) {
		return new ServiceOperation(other, this.quota, this.callsPerSecond, this.messages);
	}

	public ServiceOperation withMessages(int limit, Duration window) {
		return new ServiceOperation(this.name, this.quota, this.callsPerSecond, new MessageLimit(limit, window));
	}

	/**
	 * How many messages are accepted.
	 *
	 * @param limit the messages
	 * @param window in what time
	 * @since 0.1.0
	 */
	public record MessageLimit(int limit, Duration window) {
	}

}
