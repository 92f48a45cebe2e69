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

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.imspring.operation.Operations;
import io.github.imspring.validation.Bounds;

import org.springframework.util.Assert;

/**
 * A group to be created ("Create a group"):
 *
 * <pre class="code">
 * NewGroup.privateOf("alice").name("Hikers").members("bob", "carol").build()
 * </pre>
 *
 * @since 0.1.0
 */
public final class NewGroup {

	private static final int DEFAULT_MAX_USERS = 200;

	private static final Bounds BOUNDS = Bounds.of(Operations.CREATE_GROUP);

	private final boolean isPublic;

	private final String owner;

	private final GroupProfile profile;

	private final List<String> members;

	private NewGroup(Builder builder) {
		this.isPublic = builder.isPublic;
		this.owner = builder.owner;
		this.profile = builder.profile();
		this.members = builder.members.stream().toList();
		check();
	}

	private void check() {
		BOUNDS.id("owner", this.owner);
		GroupBounds.profile(BOUNDS, this.profile);
		int max = (this.profile.maxUsers() != null) ? this.profile.maxUsers() : DEFAULT_MAX_USERS;
		if (this.members.size() > max) {
			throw BOUNDS.violated("members", "must not name more users than the %d of 'maxusers'%s but names %d"
				.formatted(max, (this.profile.maxUsers() != null) ? "" : ", its default,", this.members.size()));
		}
		this.members.forEach((member) -> BOUNDS.id("members", member));
		if (this.members.stream().anyMatch(this.owner::equalsIgnoreCase)) {
			throw BOUNDS.violated("members", "must not name the owner, who is a member anyway");
		}
		if (!this.isPublic && Boolean.TRUE.equals(this.profile.membersOnly())) {
			throw BOUNDS.violated("membersonly", "must not be set for a private group, which nobody joins uninvited");
		}
		if (this.isPublic && Boolean.TRUE.equals(this.profile.allowInvites())) {
			throw BOUNDS.violated("allowinvites",
					"must not be set when a public group is created, because the service does not heed it: update "
							+ "the group afterwards");
		}
	}

	/**
	 * Starts a public group: users find it in the list of groups and can ask to join.
	 * @param owner the owner's user ID
	 * @return a builder
	 */
	public static Builder publicOf(String owner) {
		return new Builder(true, owner);
	}

	/**
	 * Starts a private group: users come in by invitation.
	 * @param owner the owner's user ID
	 * @return a builder
	 */
	public static Builder privateOf(String owner) {
		return new Builder(false, owner);
	}

	Map<String, Object> fields() {
		Map<String, Object> fields = new LinkedHashMap<>(this.profile.fields());
		fields.put("public", this.isPublic);
		fields.put("owner", this.owner);
		if (!this.members.isEmpty()) {
			fields.put("members", this.members);
		}
		return fields;
	}

	@Override
	public String toString() {
		return "NewGroup[name=%s, owner=%s, public=%s, members=%d]".formatted(this.profile.name(), this.owner,
				this.isPublic, this.members.size());
	}

	/**
	 * Builds a group whose owner is known.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder extends GroupProfileBuilder<Builder> {

		private final boolean isPublic;

		private final String owner;

		private final Set<String> members = new LinkedHashSet<>();

		private Builder(boolean isPublic, String owner) {
			this.isPublic = isPublic;
			this.owner = owner;
		}

		@Override
		Builder self() {
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
		 * members; who is named twice counts once
		 * @return this builder
		 */
		public Builder members(Collection<String> members) {
			Assert.notNull(members, "'members' must not be null");
			this.members.addAll(members);
			return this;
		}

		/**
		 * Builds the group.
		 * @return the group
		 * @throws io.github.imspring.error.ImValidationException if a value is out of its
		 * bounds
		 */
		public NewGroup build() {
			return new NewGroup(this);
		}

	}

}
