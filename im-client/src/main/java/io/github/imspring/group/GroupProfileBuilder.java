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

import org.jspecify.annotations.Nullable;

/**
 * Builds what can be said of a group both at its creation and later.
 *
 * @param <B> the type of the builder
 * @since 0.1.0
 */
public abstract sealed class GroupProfileBuilder<B extends GroupProfileBuilder<B>>
		permits NewGroup.Builder, GroupUpdate.Builder {

	private @Nullable String name;

	private @Nullable String avatar;

	private @Nullable String description;

	private @Nullable Integer maxUsers;

	private @Nullable Boolean allowInvites;

	private @Nullable Boolean membersOnly;

	private @Nullable Boolean inviteNeedConfirm;

	private @Nullable String custom;

	GroupProfileBuilder() {
	}

	abstract B self();

	final GroupProfile profile() {
		return new GroupProfile(this.name, this.avatar, this.description, this.maxUsers, this.allowInvites,
				this.membersOnly, this.inviteNeedConfirm, this.custom);
	}

	/**
	 * Sets the name.
	 * @param name the name, at most 128 characters
	 * @return this builder
	 */
	public B name(String name) {
		this.name = name;
		return self();
	}

	/**
	 * Sets the picture.
	 * @param avatar its address, at most 1,024 characters
	 * @return this builder
	 */
	public B avatar(String avatar) {
		this.avatar = avatar;
		return self();
	}

	/**
	 * Sets the description.
	 * @param description the description, at most 512 characters
	 * @return this builder
	 */
	public B description(String description) {
		this.description = description;
		return self();
	}

	/**
	 * Sets the most members, the owner among them. The service takes 200 if it is never
	 * set; the plan may allow fewer than are asked for.
	 * @param maxUsers the number, at least 1; with more than 3,000 there are no push
	 * notifications unless the provider has turned them on before
	 * @return this builder
	 */
	public B maxUsers(int maxUsers) {
		this.maxUsers = maxUsers;
		return self();
	}

	/**
	 * Sets whether every member may invite others, rather than the owner and the
	 * administrators alone. The service does not heed it when a public group is created:
	 * update the group then.
	 * @param allowInvites whether they may
	 * @return this builder
	 */
	public B allowInvites(boolean allowInvites) {
		this.allowInvites = allowInvites;
		return self();
	}

	/**
	 * Sets whether joining needs the approval of the owner or an administrator. Only
	 * public groups can be joined without an invitation.
	 * @param membersOnly whether it does
	 * @return this builder
	 */
	public B membersOnly(boolean membersOnly) {
		this.membersOnly = membersOnly;
		return self();
	}

	/**
	 * Sets whether who is invited must accept.
	 * @param inviteNeedConfirm whether they must; the service takes {@code true} if it is
	 * never set
	 * @return this builder
	 */
	public B inviteNeedConfirm(boolean inviteNeedConfirm) {
		this.inviteNeedConfirm = inviteNeedConfirm;
		return self();
	}

	/**
	 * Sets the application's own data.
	 * @param custom the data, at most 8 KB (8,192 bytes of UTF-8)
	 * @return this builder
	 */
	public B custom(String custom) {
		this.custom = custom;
		return self();
	}

}
