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

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.github.imspring.operation.Operations;
import io.github.imspring.validation.Bounds;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A chatroom to be created ("Create a chatroom"). Name, description and owner are
 * required, which the steps of the builder see to:
 *
 * <pre class="code">
 * NewChatroom.named("Stage").description("Live on Friday").owner("alice")
 * 	.members("bob", "carol")
 * 	.maxUsers(300)
 * 	.build()
 * </pre>
 *
 * @since 0.1.0
 */
public final class NewChatroom {

	private static final int DEFAULT_MAX_USERS = 1000;

	private static final Bounds BOUNDS = Bounds.of(Operations.CREATE_CHATROOM);

	private static final Predicate<String> OWN_ID = Pattern.compile("[a-z0-9]{1,64}").asMatchPredicate();

	private final String name;

	private final String description;

	private final String owner;

	private final @Nullable Integer maxUsers;

	private final @Nullable List<String> members;

	private final @Nullable String custom;

	private final @Nullable String id;

	private NewChatroom(Builder builder) {
		this.name = builder.name;
		this.description = builder.description;
		this.owner = builder.owner;
		this.maxUsers = builder.maxUsers;
		this.members = builder.members.isEmpty() ? null : builder.members.stream().toList();
		this.custom = builder.custom;
		this.id = builder.id;
		check();
	}

	private void check() {
		BOUNDS.characters("name", this.name, 1, ChatroomBounds.NAME);
		BOUNDS.characters("description", this.description, 0, ChatroomBounds.DESCRIPTION);
		BOUNDS.id("owner", this.owner);
		if (this.maxUsers != null) {
			BOUNDS.range("maxusers", this.maxUsers, 1, Integer.MAX_VALUE);
		}
		if (this.members != null) {
			checkMembers(this.members);
		}
		if (this.id != null && !OWN_ID.test(this.id)) {
			throw BOUNDS.violated("roomid", "must consist of 1 to 64 of the characters a-z and 0-9");
		}
	}

	private void checkMembers(List<String> members) {
		int max = (this.maxUsers != null) ? this.maxUsers : DEFAULT_MAX_USERS;
		if (members.size() > max) {
			throw BOUNDS.violated("members", "must not name more users than the %d of 'maxusers'%s but names %d"
				.formatted(max, (this.maxUsers != null) ? "" : ", its default,", members.size()));
		}
		members.forEach((member) -> BOUNDS.id("members", member));
		if (members.contains(this.owner)) {
			throw BOUNDS.violated("members", "must not name the owner, who is a member anyway");
		}
	}

	/**
	 * Starts a chatroom.
	 * @param name the name, 1 to 128 characters
	 * @return the next step
	 */
	public static DescriptionStep named(String name) {
		return (description) -> (owner) -> new Builder(name, description, owner);
	}

	/**
	 * The name.
	 * @return the name, 1 to 128 characters
	 */
	public String name() {
		return this.name;
	}

	/**
	 * The description.
	 * @return the description, at most 512 characters
	 */
	public String description() {
		return this.description;
	}

	/**
	 * The owner.
	 * @return the owner's user ID
	 */
	public String owner() {
		return this.owner;
	}

	/**
	 * The most members, the owner among them.
	 * @return the number, at least 1, or {@code null} for the service's default of 1,000
	 */
	public @Nullable Integer maxUsers() {
		return this.maxUsers;
	}

	/**
	 * The members apart from the owner.
	 * @return at least one user ID, none twice, or {@code null} if none are given
	 */
	public @Nullable List<String> members() {
		return this.members;
	}

	/**
	 * The application's own data.
	 * @return the data, or {@code null} if none is given
	 */
	public @Nullable String custom() {
		return this.custom;
	}

	/**
	 * The ID that the chatroom shall have.
	 * @return the ID, or {@code null} if the service chooses one
	 */
	public @Nullable String id() {
		return this.id;
	}

	@Override
	public String toString() {
		return "NewChatroom[name=%s, owner=%s, members=%d, maxUsers=%s]".formatted(this.name, this.owner,
				(this.members != null) ? this.members.size() : 0, this.maxUsers);
	}

	/**
	 * The step that asks for the description.
	 *
	 * @since 0.1.0
	 */
	@FunctionalInterface
	public interface DescriptionStep {

		/**
		 * Sets the description.
		 * @param description the description, at most 512 characters
		 * @return the next step
		 */
		OwnerStep description(String description);

	}

	/**
	 * The step that asks for the owner.
	 *
	 * @since 0.1.0
	 */
	@FunctionalInterface
	public interface OwnerStep {

		/**
		 * Sets the owner.
		 * @param owner the owner's user ID
		 * @return a builder for what is optional
		 */
		Builder owner(String owner);

	}

	/**
	 * Builds a chatroom of which what is required is known.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder {

		private final String name;

		private final String description;

		private final String owner;

		private @Nullable Integer maxUsers;

		private final Set<String> members = new LinkedHashSet<>();

		private @Nullable String custom;

		private @Nullable String id;

		private Builder(String name, String description, String owner) {
			this.name = name;
			this.description = description;
			this.owner = owner;
		}

		/**
		 * Sets the most members, the owner among them.
		 * @param maxUsers the number, 1 to 10,000 unless the provider grants more
		 * ({@link ChatroomSettings#maxUsers()}); the service takes 1,000 if it is not set
		 * @return this builder
		 */
		public Builder maxUsers(int maxUsers) {
			this.maxUsers = maxUsers;
			return this;
		}

		/**
		 * Adds members.
		 * @param members their user IDs, without the owner's; who is named twice counts
		 * once
		 * @return this builder
		 */
		public Builder members(String... members) {
			Assert.notNull(members, "'members' must not be null");
			return members(Arrays.asList(members));
		}

		/**
		 * Adds members.
		 * @param members their user IDs, without the owner's, no more than the most
		 * members; who is named twice counts once, and if there are none at all, the
		 * field is left out
		 * @return this builder
		 */
		public Builder members(Collection<String> members) {
			Assert.notNull(members, "'members' must not be null");
			this.members.addAll(members);
			return this;
		}

		/**
		 * Sets the application's own data.
		 * @param custom the data, at most 8,192 characters unless
		 * {@link ChatroomSettings#maxCustomLength()} says otherwise
		 * @return this builder
		 */
		public Builder custom(String custom) {
			this.custom = custom;
			return this;
		}

		/**
		 * Sets the ID that the chatroom shall have, which the provider must have allowed.
		 * @param id 1 to 64 of the characters a-z and 0-9, not that of a chatroom or
		 * group that exists
		 * @return this builder
		 * @since 0.1.0
		 */
		public Builder id(String id) {
			this.id = id;
			return this;
		}

		/**
		 * Builds the chatroom.
		 * @return the chatroom
		 * @throws io.github.imspring.error.ImValidationException if a value is out of its
		 * bounds; those that {@link ChatroomSettings} can move are checked when the
		 * chatroom is created
		 */
		public NewChatroom build() {
			return new NewChatroom(this);
		}

	}

}
