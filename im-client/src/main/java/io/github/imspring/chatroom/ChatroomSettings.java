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

/**
 * Bounds of chatrooms that the provider grants by contract or that differ between the
 * service's documents.
 *
 * @param maxCustomLength the most characters of a chatroom's {@code custom}, at least 1
 * @param maxUsers the highest maximum of members that a chatroom can have, at least 1
 * @param pageSize the most chatrooms that a listing asks for in one call, 1 to 1000; the
 * documents of Agora say 100
 * @since 0.1.0
 */
public record ChatroomSettings(int maxCustomLength, int maxUsers, int pageSize) {

	/**
	 * 8,192 characters, 10,000 members, 1,000 chatrooms a call.
	 */
	public static final ChatroomSettings DEFAULTS = new ChatroomSettings(8192, 10_000, 1000);

	static final int MAX_PAGE_SIZE = 1000;

	/**
	 * Checks the settings.
	 * @param maxCustomLength the most characters of {@code custom}
	 * @param maxUsers the highest maximum of members
	 * @param pageSize the most chatrooms a call
	 * @throws IllegalArgumentException if a setting is out of its range
	 */
	public ChatroomSettings {
		if (maxCustomLength < 1 || maxUsers < 1) {
			throw new IllegalArgumentException("A chatroom needs room for at least 1 character and 1 member");
		}
		if (pageSize < 1 || pageSize > MAX_PAGE_SIZE) {
			throw new IllegalArgumentException("A page must have 1 to 1000 chatrooms but would have " + pageSize);
		}
	}

}
