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

package io.github.imspring.sample.emulator;

import java.util.List;
import java.util.Set;

import io.github.imspring.emulator.DeliveredMessage;

/**
 * How the emulator stands.
 *
 * @param delivered how many messages it delivered
 * @param deliveries the last of them, the newest first
 * @param faults what it does wrong
 * @param trafficPerSecond how many messages a second are sent to it for show
 */
record EmulatorState(long delivered, List<DeliveredMessage> deliveries, Set<FaultKind> faults, int trafficPerSecond) {
}
