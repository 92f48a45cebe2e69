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

package io.github.imspring.quota.store;

import java.time.Duration;

/**
 * What an instance may have of a quota, in slots.
 *
 * @param most the most that it may hold, at least what it claimed
 * @param fair what it should keep to, if that is less, so that the others get theirs
 * @param bulkMost the most that it may hold when a call of the bulk lane has gone
 * @param free what nobody has
 * @param pause for how long everybody must pause, zero if nobody must
 * @param trips the round trips that the other instances have seen
 * @since 0.1.0
 */
public record QuotaShare(int most, int fair, int bulkMost, int free, Duration pause, RoundTrips trips) {
}
