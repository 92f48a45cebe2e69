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

package io.github.imspring.quota;

import java.time.Duration;

import io.github.imspring.operation.Quota;

/**
 * The state of a quota at one moment.
 *
 * @param quota the quota, with the limit in force
 * @param available the slots that are free, 0 while the quota is held back
 * @param waiting the calls that wait for it
 * @param heldBackFor for how long nothing goes because the service refused a call; zero
 * if it did not
 * @param throttled the calls that the service refused for their rate, since the limiter
 * was made
 * @since 0.1.0
 */
public record QuotaSnapshot(Quota quota, int available, int waiting, Duration heldBackFor, long throttled) {
}
