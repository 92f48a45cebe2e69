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

/**
 * Somebody read a message and said so ("Read receipts" of one-to-one and of group
 * messages).
 *
 * @param envelope what surrounds the event
 * @param reader who read it
 * @param to who is notified: the sender of a one-to-one message, or the group
 * @param readMessageId the message that was read
 * @param group whether it is a message of a group
 * @since 0.1.0
 */
public record MessageRead(CallbackEnvelope envelope, String reader, String to, String readMessageId,
		boolean group) implements CallbackEvent {

	@Override
	public String kind() {
		return "read";
	}

}
