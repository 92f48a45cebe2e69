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

import java.util.List;

import io.github.imspring.quota.admission.QuotaGroup;

/**
 * The quotas that count an operation, and who sees to them.
 *
 * @param dispatcher grants the calls
 * @param group the quotas
 * @param reports say what happens, one for each quota in the same order
 * @param wording says why a call is refused
 */
record CountedQuotas(Dispatcher dispatcher, QuotaGroup group, List<QuotaReport> reports, NotPermitted wording) {
}
