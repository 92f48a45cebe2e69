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

import org.jspecify.annotations.Nullable;

/**
 * A chatroom in the list of all chatrooms ("Get the chatrooms of the app").
 *
 * @param id the ID of the chatroom
 * @param name the name, empty if the service gives none
 * @param owner the user ID of the owner, or {@code null} if the service gives none
 * @param affiliationsCount how many members the chatroom has, the owner among them, or
 * {@code null} if the service does not say
 * @param disabled whether the chatroom is disabled, or {@code null} if the service does
 * not say
 * @since 0.1.0
 */
public record ChatroomSummary(String id, String name, @Nullable String owner, @Nullable Integer affiliationsCount,
		@Nullable Boolean disabled) {
}
