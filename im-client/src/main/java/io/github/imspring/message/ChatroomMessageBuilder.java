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

package io.github.imspring.message;

import org.jspecify.annotations.Nullable;

/**
 * Builds a message to chatrooms, or to some members of one.
 *
 * @since 0.1.0
 */
public final class ChatroomMessageBuilder extends MessageBuilder<ChatroomMessageBuilder> {

	private final MessageBody body;

	private final Addressing addressing;

	private @Nullable ChatroomPriority priority;

	ChatroomMessageBuilder(MessageBody body, Addressing addressing) {
		this.body = body;
		this.addressing = addressing;
	}

	@Override
	ChatroomMessageBuilder self() {
		return this;
	}

	@Override
	MessageBody body() {
		return this.body;
	}

	@Override
	Addressing addressing() {
		return new Addressing(this.addressing.destination(), this.addressing.recipients(), this.addressing.within(),
				false, false, false, this.priority);
	}

	/**
	 * Says how much the message matters when a chatroom has more of them than it can
	 * deliver.
	 * @param priority the priority; the service takes {@link ChatroomPriority#NORMAL}
	 * unless it is set
	 * @return this builder
	 */
	public ChatroomMessageBuilder priority(ChatroomPriority priority) {
		this.priority = priority;
		return this;
	}

}
