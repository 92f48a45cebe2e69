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

/**
 * A user of a chatroom and what the user is there.
 *
 * @param username the user ID
 * @param role what the user is
 * @since 0.1.0
 */
public record Affiliation(String username, Role role) {

	/**
	 * What a user is in a chatroom.
	 *
	 * @since 0.1.0
	 */
	public enum Role {

		/**
		 * The owner, of whom there is one.
		 */
		OWNER,

		/**
		 * Any other member: the service lists administrators as members too.
		 */
		MEMBER

	}

}
