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

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A user of the app.
 *
 * @param username the user ID, which the service keeps in lower case
 * @param uuid what the service knows the user by inside, and what tokens are built from
 * with Shengwang and Agora; {@code null} if the answer does not say
 * @param nickname the name that push notifications show, or {@code null} if none is set
 * @param activated whether the user may log in; {@code null} if the answer does not say
 * @param created when the user was registered; {@code null} if the answer does not say
 * @param modified when the user was last changed; {@code null} if the answer does not say
 * @since 0.1.0
 */
public record User(String username, @Nullable String uuid, @Nullable String nickname, @Nullable Boolean activated,
		@Nullable Instant created, @Nullable Instant modified) {
}
