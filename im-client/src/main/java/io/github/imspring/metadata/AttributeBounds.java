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

package io.github.imspring.metadata;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.github.imspring.operation.Operation;
import io.github.imspring.validation.Bounds;
import org.jspecify.annotations.Nullable;

/**
 * The documented bounds of attributes.
 */
final class AttributeBounds {

	private static final int MAX_ATTRIBUTES = 100;

	private static final int MAX_KEY = 128;

	private static final int MAX_VALUE = 4096;

	private static final Predicate<String> KEY_CHARACTERS = Pattern.compile("[a-zA-Z0-9_.-]+").asMatchPredicate();

	private final Bounds bounds;

	AttributeBounds(Operation operation) {
		this.bounds = Bounds.of(operation);
	}

	void chatroom(String chatroomId) {
		this.bounds.id("chatroom_id", chatroomId);
	}

	void user(String username) {
		this.bounds.id("username", username);
	}

	/**
	 * Checks keys and takes each once, in order.
	 */
	List<String> keys(Collection<String> keys) {
		this.bounds.strings("keys", keys);
		List<String> distinct = keys.stream().distinct().toList();
		this.bounds.count("keys", "attributes", distinct.size(), 1, MAX_ATTRIBUTES);
		distinct.forEach((key) -> key("keys", key));
		return distinct;
	}

	void attributes(@Nullable Map<String, String> attributes) {
		if (attributes == null) {
			throw this.bounds.violated("metaData", "must be given");
		}
		this.bounds.strings("metaData", attributes.keySet());
		this.bounds.strings("metaData", attributes.values());
		this.bounds.count("metaData", "attributes", attributes.size(), 1, MAX_ATTRIBUTES);
		attributes.forEach((key, value) -> {
			key("metaData", key);
			this.bounds.characters("metaData." + key, value, 0, MAX_VALUE);
		});
	}

	private void key(String field, String key) {
		this.bounds.characters(field + " key", key, 1, MAX_KEY);
		if (!KEY_CHARACTERS.test(key)) {
			throw this.bounds.violated(field + " key", "must consist of a-z, A-Z, 0-9, '_', '-' and '.' only");
		}
	}

}
