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

package io.github.imspring.chatroom;

import java.util.List;

import io.github.imspring.exchange.ResponseEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * A page of the list of all chatrooms, newest first.
 *
 * @param chatrooms the chatrooms, possibly none
 * @param cursor where the next page starts, or {@code null} if this is the last one; a
 * page that is full has a cursor even if nothing follows
 * @param count how many chatrooms the service says the page has, or {@code null} if it
 * does not say
 * @param envelope what surrounds the data
 * @since 0.1.0
 */
public record ChatroomPage(List<ChatroomSummary> chatrooms, @Nullable String cursor, @Nullable Integer count,
		ResponseEnvelope envelope) {

	/**
	 * Copies the chatrooms.
	 * @param chatrooms the chatrooms
	 * @param cursor where the next page starts
	 * @param count how many chatrooms the service says the page has
	 * @param envelope what surrounds the data
	 */
	public ChatroomPage {
		chatrooms = List.copyOf(chatrooms);
	}

}
