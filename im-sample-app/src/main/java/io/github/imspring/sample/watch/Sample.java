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

package io.github.imspring.sample.watch;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What happened in one second.
 *
 * @param at the end of the second, in milliseconds since 1970
 * @param succeeded the calls that succeeded
 * @param failed the calls that failed
 * @param retried how often a call was repeated
 * @param waiting the calls that wait at its end
 * @param latency how long the calls took, waiting included; absent if none ended
 * @param queueing how long those that had to wait did until their grant; absent if none
 * had to
 * @param granted the calls that each quota let go; those that let none are left out
 */
record Sample(long at, long succeeded, long failed, long retried, int waiting, Timings.@Nullable Summary latency,
		Timings.@Nullable Summary queueing, Map<String, Long> granted) {
}
