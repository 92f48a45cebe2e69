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

package io.github.imspring.group;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A member of a group.
 *
 * @param username the user ID
 * @param role what the user is in the group
 * @param joined when the user joined, or {@code null} if the answer does not say
 * @since 0.1.0
 */
public record GroupMember(String username, Role role, @Nullable Instant joined) {

	/**
	 * What a user is in a group.
	 *
	 * @since 0.1.0
	 */
	public enum Role {

		/**
		 * The owner, of whom there is one.
		 */
		OWNER,

		/**
		 * An administrator, where the service tells administrators from members: in the
		 * list of members, but not in the details of a group.
		 */
		ADMIN,

		/**
		 * Any other member.
		 */
		MEMBER

	}

}
