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
 * Builds a message to users.
 *
 * @since 0.1.0
 */
public final class UserMessageBuilder extends MessageBuilder<UserMessageBuilder> {

	private final MessageBody body;

	private final List<String> to = new ArrayList<>();

	private boolean syncDevice;

	private boolean onlineOnly;

	UserMessageBuilder(MessageBody body) {
		this.body = body;
	}

	UserMessageBuilder(Message message) {
		this(message.body());
		content(message);
		if (message.destination() == Destination.USERS) {
			this.to.addAll(message.to());
		}
		this.syncDevice = message.syncDevice();
		this.onlineOnly = message.onlineOnly();
	}

	@Override
	UserMessageBuilder self() {
		return this;
	}

	@Override
	MessageBody body() {
		return this.body;
	}

	@Override
	Addressing addressing() {
		return new Addressing(Destination.USERS, this.to, null, this.syncDevice, this.onlineOnly, false, null);
	}

	/**
	 * Adds recipients.
	 * @param users the user IDs, none of them empty
	 * @return this builder
	 * @throws ImValidationException if a user ID is empty
	 */
	public UserMessageBuilder to(String... users) {
		Assert.notNull(users, "'users' must not be null");
		return to(Arrays.asList(users));
	}

	/**
	 * Adds recipients.
	 * @param users the user IDs, none of them empty
	 * @return this builder
	 * @throws ImValidationException if a user ID is empty
	 */
	public UserMessageBuilder to(Collection<String> users) {
		MessageBounds.strings("to", users);
		users.forEach((user) -> this.to.add(MessageBounds.notEmpty("to", user)));
		return this;
	}

	/**
	 * Has the message delivered to the sender's online devices, too.
	 * @return this builder
	 */
	public UserMessageBuilder syncDevice() {
		this.syncDevice = true;
		return this;
	}

	/**
	 * Has the message delivered only to recipients who are online; it is lost on the
	 * others.
	 * @return this builder
	 */
	public UserMessageBuilder onlineOnly() {
		this.onlineOnly = true;
		return this;
	}

	/**
	 * Has no push notification sent to recipients who are offline; they get the message
	 * when they come back. Sets the field {@code em_ignore_notification} of the
	 * extension.
	 * @return this builder
	 */
	public UserMessageBuilder silent() {
		return ext(IGNORE_NOTIFICATION, true);
	}

}
