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

package io.github.imspring.emulator.room;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.imspring.emulator.service.Fields;
import io.github.imspring.emulator.service.ServiceError;
import tools.jackson.databind.JsonNode;

/**
 * What chatrooms and groups may be called, and how many they may hold.
 */
final class RoomRules {

	private static final int MAX_NAME = 128;

	private static final int MAX_DESCRIPTION = 512;

	private static final int MAX_USERS = 10_000;

	private RoomRules() {
	}

	static void requireOnly(Set<String> known, JsonNode body) {
		List<String> unknown = new ArrayList<>(body.propertyNames());
		unknown.removeAll(known);
		if (!unknown.isEmpty()) {
			throw ServiceError.invalidParameter("some of [" + String.join(", ", unknown) + "] are not valid fields");
		}
	}

	static void requireName(String name) {
		if (Fields.length(name) > MAX_NAME) {
			throw ServiceError.exceedLimit("title cannot exceed to " + MAX_NAME);
		}
	}

	static void requireDescription(String description) {
		if (Fields.length(description) > MAX_DESCRIPTION) {
			throw ServiceError.exceedLimit("desc cannot exceed to " + MAX_DESCRIPTION);
		}
	}

	static void requireMaxUsers(int maxUsers) {
		if (maxUsers < 1) {
			throw ServiceError.invalidParameter("maxusers must be 1 or more");
		}
		if (maxUsers > MAX_USERS) {
			throw ServiceError.exceedLimit("maxUsers cannot exceed " + MAX_USERS);
		}
	}

	static void requireCustom(String custom, int max) {
		if (Fields.length(custom) > max) {
			throw ServiceError.exceedLimit("custom cannot exceed to " + max);
		}
	}

	static void requireBatch(int size, int max, String otherwise) {
		if (size > max) {
			throw ServiceError.invalidParameter(otherwise + max);
		}
	}

}
