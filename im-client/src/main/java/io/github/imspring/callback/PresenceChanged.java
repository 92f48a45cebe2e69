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

package io.github.imspring.callback;

import org.jspecify.annotations.Nullable;

/**
 * A user came online or went offline on a device ("Log-in and log-out").
 *
 * @param envelope what surrounds the event
 * @param user the user, without the app, the domain and the device that the service puts
 * around it
 * @param device the device as the service calls it, {@code ios_6d58…} for example;
 * {@code null} if not given
 * @param online whether the user is online
 * @param reason {@code login}, {@code logout}, {@code replaced}, or one that is new;
 * {@code null} if not given
 * @param os the operating system, if given
 * @param ip the address and the port, if given
 * @param version the version of the client, if given
 * @since 0.1.0
 */
public record PresenceChanged(CallbackEnvelope envelope, String user, @Nullable String device, boolean online,
		@Nullable String reason, @Nullable String os, @Nullable String ip,
		@Nullable String version) implements CallbackEvent {

	@Override
	public String kind() {
		return "presence";
	}

}
