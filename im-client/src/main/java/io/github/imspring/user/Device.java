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

import org.jspecify.annotations.Nullable;

/**
 * A device on which a user is logged in.
 *
 * @param resource what names it in {@link UserOperations#disconnect(String, String)},
 * {@code android_123} for example
 * @param uuid the device's UUID, or {@code null} if the answer does not say
 * @param name the device's name, or {@code null} if the answer does not say
 * @since 0.1.0
 */
public record Device(String resource, @Nullable String uuid, @Nullable String name) {
}
