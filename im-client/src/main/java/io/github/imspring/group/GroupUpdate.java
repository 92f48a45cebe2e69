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

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.imspring.operation.Operations;
import io.github.imspring.validation.Bounds;
import org.jspecify.annotations.Nullable;

/**
 * What to change of a group ("Update a group"): {@code GroupUpdate.builder().name("Hikers
 * of the north").build()}. What is not set stays.
 *
 * @since 0.1.0
 */
public final class GroupUpdate {

	private static final Bounds BOUNDS = Bounds.of(Operations.UPDATE_GROUP);

	private final GroupProfile profile;

	private final @Nullable Boolean isPublic;

	private GroupUpdate(Builder builder) {
		this.profile = builder.profile();
		this.isPublic = builder.isPublic;
		GroupBounds.profile(BOUNDS, this.profile);
		if (fields().isEmpty()) {
			throw BOUNDS.violated("groupname", "must be given unless another field is");
		}
	}

	/**
	 * Starts an update.
	 * @return a builder with nothing set
	 */
	public static Builder builder() {
		return new Builder();
	}

	Map<String, Object> fields() {
		Map<String, Object> fields = new LinkedHashMap<>(this.profile.fields());
		if (this.isPublic != null) {
			fields.put("public", this.isPublic);
		}
		return fields;
	}

	@Override
	public String toString() {
		return "GroupUpdate" + fields().keySet();
	}

	/**
	 * Builds an update.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder extends GroupProfileBuilder<Builder> {

		private @Nullable Boolean isPublic;

		private Builder() {
		}

		@Override
		Builder self() {
			return this;
		}

		/**
		 * Sets whether users find the group in the list of groups and can ask to join.
		 * @param isPublic whether they do
		 * @return this builder
		 */
		public Builder isPublic(boolean isPublic) {
			this.isPublic = isPublic;
			return this;
		}

		/**
		 * Builds the update.
		 * @return the update
		 * @throws io.github.imspring.error.ImValidationException if nothing is set or a
		 * value is out of its bounds
		 */
		public GroupUpdate build() {
			return new GroupUpdate(this);
		}

	}

}
