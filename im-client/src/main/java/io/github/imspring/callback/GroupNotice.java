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

import org.jspecify.annotations.Nullable;

/**
 * Something happened to a group or a chatroom, in the older form that some apps still get
 * beside or instead of {@link GroupChanged}: {@code chat_type} is {@code muc}.
 *
 * @param envelope what surrounds the event
 * @param groupId the group or the chatroom
 * @param chatroom whether it is a chatroom
 * @param operation {@code create}, {@code destroy}, {@code presence}, {@code absence},
 * {@code kick}, {@code add_mute} and so on, as the service calls it
 * @param from who acted, without the app and the domain that the service puts around it;
 * {@code null} if not given
 * @param to whom it concerns, if given
 * @param reason what was said with it, if given
 * @since 0.1.0
 */
public record GroupNotice(CallbackEnvelope envelope, String groupId, boolean chatroom, String operation,
		@Nullable String from, @Nullable String to, @Nullable String reason) implements CallbackEvent {

	@Override
	public String kind() {
		return "group-notice";
	}

}
