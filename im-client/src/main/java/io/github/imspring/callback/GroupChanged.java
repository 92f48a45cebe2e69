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
 * Something happened to a group or a chatroom ("Group and chatroom events").
 *
 * @param envelope what surrounds the event
 * @param groupId the group or the chatroom
 * @param chatroom whether it is a chatroom
 * @param operator who acted; {@value #REST} for the REST API and the console;
 * {@code null} if not given
 * @param memberCount how many members there are now, if given
 * @param change what happened
 * @since 0.1.0
 */
public record GroupChanged(CallbackEnvelope envelope, String groupId, boolean chatroom, @Nullable String operator,
		@Nullable Long memberCount, GroupChange change) implements CallbackEvent {

	/**
	 * What the service calls the REST API and the console as an operator.
	 */
	public static final String REST = "@ppAdmin";

	@Override
	public String kind() {
		return this.chatroom ? "chatroom" : "group";
	}

}
