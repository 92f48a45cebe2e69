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
 * Something that happened, as the service reports it afterwards ("Post-delivery
 * callbacks"): one record for each documented kind, and {@link UnknownEvent} for
 * everything else. A kind that is new to this library, or lacks what its record needs, is
 * an unknown event rather than an error.
 *
 * @since 0.1.0
 */
public sealed interface CallbackEvent
		permits MessageSent, MessageRecalled, MessageEdited, MessageRead, ConversationRead, ContactChanged,
		ReactionsChanged, ThreadChanged, GroupChanged, GroupNotice, PresenceChanged, PushResult, UnknownEvent {

	/**
	 * What surrounds the event, and the callback as it came.
	 * @return the envelope
	 */
	CallbackEnvelope envelope();

	/**
	 * The kind of event, as metrics call it.
	 * @return {@code message}, {@code recall}, {@code edit}, {@code read},
	 * {@code conversation-read}, {@code contact}, {@code reaction}, {@code thread},
	 * {@code group}, {@code chatroom}, {@code group-notice}, {@code presence},
	 * {@code push} or {@code unknown}
	 */
	String kind();

	/**
	 * The account that the event belongs to.
	 * @return the name under {@code im.accounts}, or {@code default}
	 */
	default String account() {
		return envelope().account();
	}

	/**
	 * The identifier that the service gave the callback.
	 * @return the identifier, or {@code null} if the callback came without one
	 */
	default @Nullable String callId() {
		return envelope().callId();
	}

}
