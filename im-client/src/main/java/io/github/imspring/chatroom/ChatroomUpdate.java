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

import io.github.imspring.operation.Operations;
import io.github.imspring.validation.Bounds;
import org.jspecify.annotations.Nullable;

/**
 * What to change of a chatroom: any of name, description and the most members ("Update a
 * chatroom"). What is not set stays as it is.
 *
 * <pre class="code">
 * ChatroomUpdate.builder().name("Backstage").maxUsers(50).build()
 * </pre>
 *
 * @since 0.1.0
 */
public final class ChatroomUpdate {

	private static final Bounds BOUNDS = Bounds.of(Operations.UPDATE_CHATROOM);

	private final @Nullable String name;

	private final @Nullable String description;

	private final @Nullable Integer maxUsers;

	private final @Nullable String custom;

	private ChatroomUpdate(Builder builder) {
		this.name = builder.name;
		this.description = builder.description;
		this.maxUsers = builder.maxUsers;
		this.custom = builder.custom;
		check();
	}

	private void check() {
		if (this.name == null && this.description == null && this.maxUsers == null && this.custom == null) {
			throw BOUNDS.violated("name", "must be given unless 'description', 'maxusers' or 'custom' is");
		}
		if (this.name != null) {
			BOUNDS.characters("name", this.name, 1, ChatroomBounds.NAME);
		}
		if (this.description != null) {
			BOUNDS.characters("description", this.description, 0, ChatroomBounds.DESCRIPTION);
		}
		if (this.maxUsers != null) {
			BOUNDS.range("maxusers", this.maxUsers, 1, Integer.MAX_VALUE);
		}
	}

	/**
	 * Starts an update.
	 * @return a builder with nothing set
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * The new name.
	 * @return the name, 1 to 128 characters, or {@code null} if it stays
	 */
	public @Nullable String name() {
		return this.name;
	}

	/**
	 * The new description.
	 * @return the description, at most 512 characters, or {@code null} if it stays
	 */
	public @Nullable String description() {
		return this.description;
	}

	/**
	 * The new maximum of members, the owner among them.
	 * @return the number, at least 1, or {@code null} if it stays
	 */
	public @Nullable Integer maxUsers() {
		return this.maxUsers;
	}

	/**
	 * The application's own data.
	 * @return the data, or {@code null} if it stays
	 */
	public @Nullable String custom() {
		return this.custom;
	}

	@Override
	public String toString() {
		return "ChatroomUpdate[name=%s, description=%s, maxUsers=%s]".formatted(this.name, this.description,
				this.maxUsers);
	}

	/**
	 * Builds an update.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder {

		private @Nullable String name;

		private @Nullable String description;

		private @Nullable Integer maxUsers;

		private @Nullable String custom;

		private Builder() {
		}

		/**
		 * Sets the name.
		 * @param name the name, 1 to 128 characters
		 * @return this builder
		 */
		public Builder name(String name) {
			this.name = name;
			return this;
		}

		/**
		 * Sets the description.
		 * @param description the description, at most 512 characters
		 * @return this builder
		 */
		public Builder description(String description) {
			this.description = description;
			return this;
		}

		/**
		 * Sets the most members, the owner among them.
		 * @param maxUsers the number, 1 to 10,000 unless the provider grants more
		 * ({@link ChatroomSettings#maxUsers()})
		 * @return this builder
		 */
		public Builder maxUsers(int maxUsers) {
			this.maxUsers = maxUsers;
			return this;
		}

		/**
		 * Sets the application's own data. The vendor's own clients send it; a service
		 * that does not take it refuses the update.
		 * @param custom the data, at most 8,192 characters unless
		 * {@link ChatroomSettings#maxCustomLength()} says otherwise
		 * @return this builder
		 */
		public Builder custom(String custom) {
			this.custom = custom;
			return this;
		}

		/**
		 * Builds the update.
		 * @return the update
		 * @throws io.github.imspring.error.ImValidationException if nothing is set or a
		 * value is out of its bounds; those that {@link ChatroomSettings} can move are
		 * checked when the chatroom is updated
		 */
		public ChatroomUpdate build() {
			return new ChatroomUpdate(this);
		}

	}

}
