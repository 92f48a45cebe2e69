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

import org.jspecify.annotations.Nullable;

/**
 * Somebody edited a message ("Edit a message").
 *
 * @param envelope what surrounds the event
 * @param from who sent the message
 * @param to the receiver of the message: a user, a group or a chatroom
 * @param editedMessageId the message that was edited
 * @param operator who edited it, if given; {@code easemob_rest_app_admin} for the REST
 * API
 * @param count how often it has been edited, if given
 * @param editedAt when it was edited, if given
 * @param sentAt when it was sent, if given
 * @param content what it carries now
 * @since 0.1.0
 */
public record MessageEdited(CallbackEnvelope envelope, String from, String to, String editedMessageId,
		@Nullable String operator, @Nullable Long count, @Nullable Instant editedAt, @Nullable Instant sentAt,
		MessageContent content) implements CallbackEvent {

	@Override
	public String kind() {
		return "edit";
	}

}
