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

package io.github.imspring.metadata;

import java.io.Serializable;

import io.github.imspring.error.ImException;
import org.jspecify.annotations.Nullable;

/**
 * Why an attribute was not set or deleted.
 *
 * @param reason why: in the service's words, if it said anything about the attribute or
 * the request that the attribute was in
 * @param mayHaveBeenProcessed whether it may have been set or deleted all the same;
 * {@code false} if it surely was not
 * @param cause the failure of the whole request, or {@code null} if the request succeeded
 * and only this attribute did not
 */
public record AttributeError(String reason, boolean mayHaveBeenProcessed,
		@Nullable ImException cause) implements Serializable {
}
