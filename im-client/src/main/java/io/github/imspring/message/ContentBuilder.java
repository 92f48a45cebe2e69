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

package io.github.imspring.message;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.imspring.error.ImValidationException;
import org.jspecify.annotations.Nullable;

import org.springframework.lang.CheckReturnValue;
import org.springframework.util.Assert;

/**
 * Builds what a message says, and asks to whom it goes: {@link #to}, {@link #toChatrooms}
 * and the like give the builder that knows what there is to say of such a destination,
 * with which to go on. Each type of message has a builder that knows what this type
 * takes, in any order.
 *
 * @param <B> the type of the builder
 * @since 0.1.0
 */
public abstract sealed class ContentBuilder<B extends ContentBuilder<B>> extends MessageBuilder<B>
		permits AttachmentBuilder, ContentBuilder.Plain, ContentBuilder.Custom {

	private boolean addressed;

	ContentBuilder() {
	}

	@Override
	final Addressing addressing() {
		if (this.addressed) {
			throw new IllegalStateException("Go on with the builder that the call naming the destination returned: "
					+ "this one does not know the destination");
		}
		return Addressing.of(Destination.USERS, List.of());
	}

	private <T extends MessageBuilder<T>> T addressed(T builder) {
		this.addressed = true;
		return builder.content(this);
	}

	private UserMessageBuilder toUsers() {
		return addressed(new UserMessageBuilder(body()));
	}

	/**
	 * Sends the message to users.
	 * @param users the user IDs, none of them empty
	 * @return the builder to go on with
	 * @throws ImValidationException if a user ID is empty, or the body is out of its
	 * documented bounds
	 */
	@CheckReturnValue
	public UserMessageBuilder to(String... users) {
		Assert.notNull(users, "'users' must not be null");
		return to(Arrays.asList(users));
	}

	/**
	 * Sends the message to users.
	 * @param users the user IDs, none of them empty
	 * @return the builder to go on with
	 * @throws ImValidationException if a user ID is empty, or the body is out of its
	 * documented bounds
	 */
	@CheckReturnValue
	public UserMessageBuilder to(Collection<String> users) {
		return toUsers().to(users);
	}

	/**
	 * Sends the message to users, and to the sender's online devices, too.
	 * @return the builder to go on with
	 */
	@CheckReturnValue
	public UserMessageBuilder syncDevice() {
		return toUsers().syncDevice();
	}

	/**
	 * Sends the message only to users who are online; it is lost on the others.
	 * @return the builder to go on with
	 */
	@CheckReturnValue
	public UserMessageBuilder onlineOnly() {
		return toUsers().onlineOnly();
	}

	/**
	 * Sends the message to users, without a push notification.
	 * @return the builder to go on with
	 */
	@CheckReturnValue
	public UserMessageBuilder silent() {
		return toUsers().silent();
	}

	/**
	 * Sends the message to all who are in chatrooms.
	 * @param chatroomIds the IDs of the chatrooms, none of them empty; none at all for a
	 * template
	 * @return the builder to go on with
	 * @throws ImValidationException if an ID is empty, or the body is out of its
	 * documented bounds
	 */
	@CheckReturnValue
	public ChatroomMessageBuilder toChatrooms(String... chatroomIds) {
		Assert.notNull(chatroomIds, "'chatroomIds' must not be null");
		return toChatrooms(Arrays.asList(chatroomIds));
	}

	/**
	 * Sends the message to all who are in chatrooms.
	 * @param chatroomIds the IDs of the chatrooms, none of them empty; none at all for a
	 * template
	 * @return the builder to go on with
	 * @throws ImValidationException if an ID is empty, or the body is out of its
	 * documented bounds
	 */
	@CheckReturnValue
	public ChatroomMessageBuilder toChatrooms(Collection<String> chatroomIds) {
		return addressed(new ChatroomMessageBuilder(body(), Addressing.of(Destination.CHATROOMS, chatroomIds)));
	}

	/**
	 * Sends the message to some members of one chatroom.
	 * @param chatroomId the ID of the chatroom, not empty
	 * @param users the user IDs of the members, none of them empty; none at all for a
	 * template
	 * @return the builder to go on with
	 * @throws ImValidationException if an ID is empty, or the body is out of its
	 * documented bounds
	 */
	@CheckReturnValue
	public ChatroomMessageBuilder toChatroomMembers(String chatroomId, String... users) {
		Assert.notNull(users, "'users' must not be null");
		return toChatroomMembers(chatroomId, Arrays.asList(users));
	}

	/**
	 * Sends the message to some members of one chatroom.
	 * @param chatroomId the ID of the chatroom, not empty
	 * @param users the user IDs of the members, none of them empty; none at all for a
	 * template
	 * @return the builder to go on with
	 * @throws ImValidationException if an ID is empty, or the body is out of its
	 * documented bounds
	 */
	@CheckReturnValue
	public ChatroomMessageBuilder toChatroomMembers(String chatroomId, Collection<String> users) {
		return addressed(new ChatroomMessageBuilder(body(),
				Addressing.of(Destination.CHATROOM_MEMBERS, users).within(chatroomId)));
	}

	/**
	 * Sends the message to groups.
	 * @param groupIds the IDs of the groups, none of them empty; none at all for a
	 * template
	 * @return the builder to go on with
	 * @throws ImValidationException if an ID is empty, or the body is out of its
	 * documented bounds
	 */
	@CheckReturnValue
	public GroupMessageBuilder toGroups(String... groupIds) {
		Assert.notNull(groupIds, "'groupIds' must not be null");
		return toGroups(Arrays.asList(groupIds));
	}

	/**
	 * Sends the message to groups.
	 * @param groupIds the IDs of the groups, none of them empty; none at all for a
	 * template
	 * @return the builder to go on with
	 * @throws ImValidationException if an ID is empty, or the body is out of its
	 * documented bounds
	 */
	@CheckReturnValue
	public GroupMessageBuilder toGroups(Collection<String> groupIds) {
		return addressed(new GroupMessageBuilder(body(), Addressing.of(Destination.GROUPS, groupIds)));
	}

	/**
	 * Sends the message to some members of one group.
	 * @param groupId the ID of the group, not empty
	 * @param users the user IDs of the members, none of them empty; none at all for a
	 * template
	 * @return the builder to go on with
	 * @throws ImValidationException if an ID is empty, or the body is out of its
	 * documented bounds
	 */
	@CheckReturnValue
	public GroupMessageBuilder toGroupMembers(String groupId, String... users) {
		Assert.notNull(users, "'users' must not be null");
		return toGroupMembers(groupId, Arrays.asList(users));
	}

	/**
	 * Sends the message to some members of one group.
	 * @param groupId the ID of the group, not empty
	 * @param users the user IDs of the members, none of them empty; none at all for a
	 * template
	 * @return the builder to go on with
	 * @throws ImValidationException if an ID is empty, or the body is out of its
	 * documented bounds
	 */
	@CheckReturnValue
	public GroupMessageBuilder toGroupMembers(String groupId, Collection<String> users) {
		return addressed(
				new GroupMessageBuilder(body(), Addressing.of(Destination.GROUP_MEMBERS, users).within(groupId)));
	}

	/**
	 * Builds a message whose body is complete.
	 *
	 * @since 0.1.0
	 */
	public static final class Plain extends ContentBuilder<Plain> {

		private final MessageBody body;

		Plain(MessageBody body) {
			this.body = body;
		}

		@Override
		Plain self() {
			return this;
		}

		@Override
		MessageBody body() {
			return this.body;
		}

	}

	/**
	 * Builds a custom message.
	 *
	 * @since 0.1.0
	 */
	public static final class Custom extends ContentBuilder<Custom> {

		private final @Nullable String event;

		private final Map<String, String> extensions = new LinkedHashMap<>();

		Custom(@Nullable String event) {
			this.event = event;
		}

		/**
		 * Adds a property of the event, in place of one of the same name.
		 * @param name the name
		 * @param value the value
		 * @return this builder
		 */
		public Custom extension(String name, String value) {
			this.extensions.put(name, value);
			return this;
		}

		/**
		 * Adds properties of the event, in place of those of the same names.
		 * @param extensions the names and values; at most 16 in the end
		 * @return this builder
		 */
		public Custom extensions(Map<String, String> extensions) {
			Assert.notNull(extensions, "'extensions' must not be null");
			MessageBounds.strings("body.customExts", extensions.keySet());
			MessageBounds.strings("body.customExts", extensions.values());
			this.extensions.putAll(extensions);
			return this;
		}

		@Override
		Custom self() {
			return this;
		}

		@Override
		MessageBody body() {
			return new MessageBody.Custom(this.event, this.extensions);
		}

	}

}
