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

package io.github.imspring.emulator.room;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that happened to a chatroom or a group.
 *
 * @param type {@code CHATROOM} or {@code GROUP}
 * @param id which one; empty for what concerns all chatrooms
 * @param operation what was done, such as {@code JOIN}
 * @param payload to whom, and the like; nothing if there is no more to say
 * @since 0.1.0
 */
public record GroupEvent(String type, String id, String operation, @Nullable ObjectNode payload) {
}
