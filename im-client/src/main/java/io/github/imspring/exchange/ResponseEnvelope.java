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

package io.github.imspring.exchange;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What surrounds the data in every answer of the service ("Common parameters"). Any part
 * may be missing.
 *
 * @param action the method of the request
 * @param application the service's identifier of the app
 * @param applicationName the name of the app
 * @param organization the name of the organization
 * @param host the host of the service
 * @param uri the address of the request
 * @param path the path of the request
 * @param timestamp when the service answered
 * @param duration how long the service took
 * @since 0.1.0
 */
public record ResponseEnvelope(@Nullable String action, @Nullable String application, @Nullable String applicationName,
		@Nullable String organization, @Nullable String host, @Nullable String uri, @Nullable String path,
		@Nullable Instant timestamp, @Nullable Duration duration) {
}
