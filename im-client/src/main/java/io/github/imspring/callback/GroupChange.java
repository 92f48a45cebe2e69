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
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What happened to a group or a chatroom. The service says that it will add more:
 * {@link Other} keeps them. All lists and maps are unmodifiable.
 *
 * @since 0.1.0
 */
public sealed interface GroupChange {

	/**
	 * It was created.
	 *
	 * @param roles the roles that were given, {@code owner} or {@code admin}, by user
	 * @param members who was brought in
	 * @param info its properties as the service writes them
	 */
	record Created(Map<String, String> roles, List<String> members, Map<String, String> info) implements GroupChange {
	}

	/**
	 * It was dissolved.
	 */
	record Deleted() implements GroupChange {
	}

	/**
	 * Members joined.
	 *
	 * @param members who joined
	 * @param type {@code DIRECT}, {@code INVITE}, {@code APPLY}, or one that is new
	 */
	record Joined(List<String> members, String type) implements GroupChange {
	}

	/**
	 * Members left. Who is offline for two minutes leaves a chatroom.
	 *
	 * @param members who left
	 * @param type {@code QUIT}, {@code KICK}, {@code BLOCK}, or one that is new
	 */
	record Left(List<String> members, String type) implements GroupChange {
	}

	/**
	 * Its properties were changed.
	 *
	 * @param info its properties as the service writes them
	 */
	record InfoChanged(Map<String, String> info) implements GroupChange {
	}

	/**
	 * It was handed over.
	 *
	 * @param owner the owner before, if given
	 * @param newOwner the owner from now on
	 */
	record OwnerChanged(@Nullable String owner, String newOwner) implements GroupChange {
	}

	/**
	 * All members were muted or unmuted.
	 *
	 * @param muted whether they are muted
	 */
	record AllMuted(boolean muted) implements GroupChange {
	}

	/**
	 * Its announcement was changed.
	 *
	 * @param announcement the announcement, empty if it was removed
	 */
	record AnnouncementChanged(String announcement) implements GroupChange {
	}

	/**
	 * It was disabled or enabled.
	 *
	 * @param disabled whether it is disabled
	 */
	record Disabled(boolean disabled) implements GroupChange {
	}

	/**
	 * Members became admins, or are admins no longer.
	 *
	 * @param admins whom it concerns
	 * @param added whether they are admins
	 */
	record AdminsChanged(List<String> admins, boolean added) implements GroupChange {
	}

	/**
	 * Members were muted or unmuted.
	 *
	 * @param members whom it concerns
	 * @param added whether they are muted
	 * @param expires when they may speak again, if given
	 */
	record MutesChanged(List<String> members, boolean added, @Nullable Instant expires) implements GroupChange {
	}

	/**
	 * Members came on the allow list, or were taken off it.
	 *
	 * @param members whom it concerns
	 * @param added whether they are on it
	 */
	record AllowListChanged(List<String> members, boolean added) implements GroupChange {
	}

	/**
	 * Members came on the block list, or were taken off it.
	 *
	 * @param members whom it concerns
	 * @param added whether they are on it
	 * @param expires when they leave it, if given
	 */
	record BlockListChanged(List<String> members, boolean added, @Nullable Instant expires) implements GroupChange {
	}

	/**
	 * The operator turned the messages of the group off or on for himself.
	 *
	 * @param shielded whether they are off
	 */
	record Shielded(boolean shielded) implements GroupChange {
	}

	/**
	 * Files were shared or removed.
	 *
	 * @param files their identifiers
	 * @param added whether they are shared
	 */
	record SharedFilesChanged(List<String> files, boolean added) implements GroupChange {
	}

	/**
	 * Users became super admins of chatrooms, or are so no longer. It concerns all
	 * chatrooms: the identifier of the chatroom is empty.
	 *
	 * @param admins whom it concerns
	 * @param added whether they are super admins
	 */
	record SuperAdminsChanged(List<String> admins, boolean added) implements GroupChange {
	}

	/**
	 * Something that is new, or lacks what its record needs.
	 *
	 * @param operation the operation as the service calls it
	 * @param type the kind of operation, if given
	 * @param payload what came with it, a JSON object or an empty one
	 */
	record Other(String operation, @Nullable String type, JsonNode payload) implements GroupChange {

		/**
		 * What came with it.
		 * @return a copy
		 */
		@Override
		public JsonNode payload() {
			return this.payload.deepCopy();
		}

		@Override
		public String toString() {
			return "Other[operation=%s, type=%s]".formatted(this.operation, this.type);
		}

	}

}
