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

package io.github.imspring.token;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How a {@link ManagedTokenProvider} stands at one moment, without the token.
 *
 * @param available whether there is a token to hand out
 * @param issuedAt when that token was issued, if there is one
 * @param expiresAt when it expires, if there is one and that is known
 * @param age how long ago it was issued, if there is one
 * @param remaining how long it is until it expires, if there is one and that is known
 * @param refreshing whether a token is being fetched
 * @param consecutiveFailures how many fetches have failed since the last that did not
 * @param lastFailureAt when a fetch failed last, if any did
 * @param lastFailure the message of that failure, if any
 * @since 0.1.0
 */
public record TokenSnapshot(boolean available, @Nullable Instant issuedAt, @Nullable Instant expiresAt,
		@Nullable Duration age, @Nullable Duration remaining, boolean refreshing, int consecutiveFailures,
		@Nullable Instant lastFailureAt, @Nullable String lastFailure) {
}
