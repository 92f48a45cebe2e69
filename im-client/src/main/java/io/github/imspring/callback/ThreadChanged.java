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

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A message of a thread was sent, recalled or edited ("Threads").
 *
 * @param envelope what surrounds the event
 * @param threadId the thread
 * @param groupId the group that it belongs to, if given
 * @param name its name, if given
 * @param operation {@code update_msg}, or one that is new
 * @param operator who acted, if given
 * @param parentMessageId the message that it hangs on, if given
 * @param messageCount how many messages it has, if given
 * @param at when, if given
 * @param lastMessageId its last message, if given
 * @param lastMessage what the last message carries; {@code null} if there is none
 * @since 0.1.0
 */
public record ThreadChanged(CallbackEnvelope envelope, String threadId, @Nullable String groupId, @Nullable String name,
		String operation, @Nullable String operator, @Nullable String parentMessageId, @Nullable Long messageCount,
		@Nullable Instant at, @Nullable String lastMessageId,
		@Nullable MessageContent lastMessage) implements CallbackEvent {

	@Override
	public String kind() {
		return "thread";
	}

}
