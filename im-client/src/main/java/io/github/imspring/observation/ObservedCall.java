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

package io.github.imspring.observation;

import io.github.imspring.operation.Operation;
import org.jspecify.annotations.Nullable;

/**
 * A call as its observers see it: nothing of whom it is for or what it says.
 *
 * @param operation the operation that is called
 * @param messageType the type of the messages that it sends, {@code txt} for example, or
 * {@code null} if it sends none
 * @param messages how many messages it counts as, at least 1; 1 also if it sends none
 * @since 0.1.0
 */
public record ObservedCall(Operation operation, @Nullable String messageType, int messages) {
}
