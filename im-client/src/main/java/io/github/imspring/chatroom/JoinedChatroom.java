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
 * A chatroom that a user joined ("Get the chatrooms that a user joined").
 *
 * @param id the ID of the chatroom
 * @param name the name, empty if the service gives none
 * @param disabled whether the chatroom is disabled, or {@code null} if the service does
 * not say
 * @since 0.1.0
 */
public record JoinedChatroom(String id, String name, @Nullable Boolean disabled) {
}
