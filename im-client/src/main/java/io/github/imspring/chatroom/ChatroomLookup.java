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
 * What became of one ID that was looked up among others.
 *
 * @param id the ID as it was asked for
 * @param chatroom the chatroom, or {@code null} if the service knows none of this ID
 * @since 0.1.0
 */
public record ChatroomLookup(String id, @Nullable Chatroom chatroom) {

	/**
	 * Whether the service knows the chatroom.
	 * @return whether there is one
	 */
	public boolean found() {
		return this.chatroom != null;
	}

}
