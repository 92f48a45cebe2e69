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

/**
 * How the callbacks of an account stand at a moment.
 *
 * @param received the callbacks that came, whatever became of them
 * @param refused those that were not what the service sends: forged, expired, replayed,
 * malformed or too large
 * @param overflowed the events that are lost because the queue was full
 * @param failed the events that a listener failed for
 * @param queued the events that wait for the listeners or are with them
 * @param capacity the most events that do so
 * @param full whether further events are lost for now
 * @since 0.1.0
 */
public record CallbackSnapshot(long received, long refused, long overflowed, long failed, int queued, int capacity,
		boolean full) {
}
