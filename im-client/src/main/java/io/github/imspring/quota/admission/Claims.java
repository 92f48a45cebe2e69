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

package io.github.imspring.quota.admission;

import java.util.List;

import io.github.imspring.quota.store.QuotaClaim;

/**
 * What this instance claims of the quotas that it has used.
 *
 * @param at the time
 * @param quotas the quotas
 * @param claims the claims, one for each of them in the same order
 * @param parked whether this instance sends nothing and has handed its leases back
 * @param draining whether it still holds much, which comes free by itself
 * @since 0.1.0
 */
public record Claims(long at, List<QuotaState> quotas, List<QuotaClaim> claims, boolean parked, boolean draining) {
}
