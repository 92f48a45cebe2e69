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

import io.github.imspring.operation.Quota;

/**
 * What an instance has of a quota and needs of it, in slots.
 *
 * @param quota the quota, with its whole limit
 * @param claimed what the instance may hold now: the store takes it as given
 * @param needed what it needs for the calls that are under way, that count in the window,
 * and that wait
 * @param neededBySingles the same without the calls of the bulk lane that wait
 * @param idle what it likes to have in stock as long as nobody lacks it
 * @param bulkMost how much of the quota calls of the bulk lane may fill
 * @param pause for how long everybody must pause because the service has refused a call
 * of this instance since the last exchange, zero if it has not
 * @param trips the round trips that this instance has seen
 * @since 0.1.0
 */
public record QuotaClaim(Quota quota, int claimed, int needed, int neededBySingles, int idle, int bulkMost,
		Duration pause, RoundTrips trips) {
}
