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

import java.nio.charset.StandardCharsets;

import io.github.imspring.validation.Bounds;
import org.jspecify.annotations.Nullable;

/**
 * The documented bounds of groups ("Manage groups").
 */
final class GroupBounds {

	static final int MAX_PAGE = 1000;

	static final int MAX_JOINED_PAGE = 20;

	static final int MAX_ANNOUNCEMENT = 512;

	private static final int MAX_NAME = 128;

	private static final int MAX_DESCRIPTION = 512;

	private static final int MAX_AVATAR = 1024;

	private static final int MAX_CUSTOM_BYTES = 8 * 1024;

	private GroupBounds() {
	}

	/**
	 * Checks what is set of a group's own data.
	 */
	static void profile(Bounds bounds, GroupProfile profile) {
		if (profile.name() != null) {
			bounds.characters("groupname", profile.name(), 0, MAX_NAME);
		}
		if (profile.avatar() != null) {
			bounds.characters("avatar", profile.avatar(), 0, MAX_AVATAR);
		}
		if (profile.description() != null) {
			bounds.characters("description", profile.description(), 0, MAX_DESCRIPTION);
		}
		if (profile.maxUsers() != null) {
			bounds.range("maxusers", profile.maxUsers(), 1, Integer.MAX_VALUE);
		}
		custom(bounds, profile.custom());
	}

	private static void custom(Bounds bounds, @Nullable String custom) {
		int bytes = (custom != null) ? custom.getBytes(StandardCharsets.UTF_8).length : 0;
		if (bytes > MAX_CUSTOM_BYTES) {
			throw bounds.violated("custom", "must be at most %d bytes but is %d".formatted(MAX_CUSTOM_BYTES, bytes));
		}
	}

}
