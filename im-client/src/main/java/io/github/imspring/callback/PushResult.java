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
 * What became of a push notification ("Offline push"). The callback as it came holds what
 * the push service answered, and the token of the device.
 *
 * @param envelope what surrounds the event
 * @param target the user whom it was meant for
 * @param status {@code success}, {@code fail} or {@code error}
 * @param detail why it failed, if given
 * @param channel the push service, {@code APNS} for example, if given
 * @param notifierName the certificate, if given
 * @param deviceId the device, if given
 * @param messageId the message that it is about, if given
 * @since 0.1.0
 */
public record PushResult(CallbackEnvelope envelope, String target, String status, @Nullable String detail,
		@Nullable String channel, @Nullable String notifierName, @Nullable String deviceId,
		@Nullable String messageId) implements CallbackEvent {

	@Override
	public String kind() {
		return "push";
	}

}
