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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import io.github.imspring.error.ImValidationException;

import org.springframework.util.Assert;

/**
 * Builds a message to groups, or to some members of one.
 *
 * @since 0.1.0
 */
public final class GroupMessageBuilder extends MessageBuilder<GroupMessageBuilder> {

	private static final String MENTIONED = "em_at_list";

	private static final String EVERYBODY = "all";

	private final MessageBody body;

	private final Addressing addressing;

	private final List<String> mentioned = new ArrayList<>();

	private boolean needGroupAck;

	private boolean onlineOnly;

	GroupMessageBuilder(MessageBody body, Addressing addressing) {
		this.body = body;
		this.addressing = addressing;
	}

	@Override
	GroupMessageBuilder self() {
		return this;
	}

	@Override
	MessageBody body() {
		return this.body;
	}

	@Override
	Addressing addressing() {
		return new Addressing(this.addressing.destination(), this.addressing.recipients(), this.addressing.within(),
				false, this.onlineOnly, this.needGroupAck, null);
	}

	/**
	 * Has the clients say who has read the message.
	 * @return this builder
	 */
	public GroupMessageBuilder needGroupAck() {
		this.needGroupAck = true;
		return this;
	}

	/**
	 * Has the message delivered only to members who are online; it is lost on the others.
	 * @return this builder
	 */
	public GroupMessageBuilder onlineOnly() {
		this.onlineOnly = true;
		return this;
	}

	/**
	 * Mentions members, so that those hear of the message who only want to hear of what
	 * mentions them. Adds to the field {@code em_at_list} of the extension.
	 * @param users the user IDs, none of them empty
	 * @return this builder
	 * @throws ImValidationException if a user ID is empty
	 */
	public GroupMessageBuilder mention(String... users) {
		Assert.notNull(users, "'users' must not be null");
		return mention(Arrays.asList(users));
	}

	/**
	 * Mentions members, as {@link #mention(String...)} does.
	 * @param users the user IDs, none of them empty
	 * @return this builder
	 * @throws ImValidationException if a user ID is empty
	 */
	public GroupMessageBuilder mention(Collection<String> users) {
		MessageBounds.strings("ext." + MENTIONED, users);
		users.forEach((user) -> this.mentioned.add(MessageBounds.notEmpty("ext." + MENTIONED, user)));
		return ext(MENTIONED, this.mentioned);
	}

	/**
	 * Mentions everybody. Sets the field {@code em_at_list} of the extension to
	 * {@code all}.
	 * @return this builder
	 */
	public GroupMessageBuilder mentionAll() {
		return ext(MENTIONED, EVERYBODY);
	}

	/**
	 * Has no push notification sent to members who are offline; they get the message when
	 * they come back. Sets the field {@code em_ignore_notification} of the extension.
	 * @return this builder
	 */
	public GroupMessageBuilder silent() {
		return ext(IGNORE_NOTIFICATION, true);
	}

}
