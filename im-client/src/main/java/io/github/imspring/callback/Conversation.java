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
 * Where a message belongs.
 *
 * @param type what kind of conversation it is
 * @param id the receiver of a one-to-one message, or the group or chatroom
 * @since 0.1.0
 */
public record Conversation(Type type, String id) {

	/**
	 * A kind of conversation.
	 *
	 * @since 0.1.0
	 */
	public enum Type {

		/**
		 * A conversation of two users.
		 */
		USER,

		/**
		 * A group.
		 */
		GROUP,

		/**
		 * A chatroom.
		 */
		CHATROOM,

		/**
		 * A group or a chatroom: the service did not say which of them.
		 */
		GROUP_OR_CHATROOM

	}

}
