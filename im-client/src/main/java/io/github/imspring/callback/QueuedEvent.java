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

package io.github.imspring.callback;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * An event that waits for the listeners.
 *
 * @param event the event
 * @param conversation what the events have in common that are handled one after the other
 * @param bytes the size of the callback
 * @param receiving the observation of the request that it came with, if there is one
 */
record QueuedEvent(CallbackEvent event, String conversation, int bytes, @Nullable Observation receiving) {
}
