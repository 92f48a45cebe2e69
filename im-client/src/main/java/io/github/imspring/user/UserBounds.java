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

package io.github.imspring.user;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.github.imspring.operation.Operation;
import io.github.imspring.validation.Bounds;
import org.jspecify.annotations.Nullable;

/**
 * The documented bounds of users ("User accounts").
 */
final class UserBounds {

	static final int MAX_PAGE = 100;

	private static final int MAX_NAME = 64;

	private static final int MAX_PASSWORD = 64;

	private static final int MAX_NICKNAME = 100;

	private static final Predicate<String> NAME = Pattern.compile("[a-zA-Z0-9_.-]+").asMatchPredicate();

	private UserBounds() {
	}

	static void user(Operation operation, String username) {
		Bounds.of(operation).id("username", username);
	}

	static void newUser(Operation operation, NewUser user) {
		Bounds bounds = Bounds.of(operation);
		bounds.given("user", user);
		bounds.id("username", user.username());
		bounds.characters("username", user.username(), 1, MAX_NAME);
		if (!NAME.test(user.username())) {
			throw bounds.violated("username", "must consist of a-z, A-Z, 0-9, '_', '-' and '.' only");
		}
		if (user.password() != null) {
			password(operation, "password", user.password());
		}
		if (user.nickname() != null) {
			bounds.characters("nickname", user.nickname(), 0, MAX_NICKNAME);
		}
	}

	static void password(Operation operation, String field, String password) {
		Bounds.of(operation).characters(field, password, 1, MAX_PASSWORD);
	}

	static void life(Operation operation, @Nullable Duration life, Duration shortest, Duration longest) {
		if (life == null) {
			return;
		}
		if (life.compareTo(shortest) < 0 || life.compareTo(longest) > 0 || life.toNanosPart() != 0) {
			throw Bounds.of(operation)
				.violated("ttl", "must be %d to %d whole seconds but is %s".formatted(shortest.toSeconds(),
						longest.toSeconds(), life));
		}
	}

	/**
	 * What the service compares user IDs by.
	 */
	static String key(String username) {
		return username.toLowerCase(Locale.ROOT);
	}

}
