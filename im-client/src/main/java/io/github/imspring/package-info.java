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

/**
 * The client put together, for use with and without Spring Boot.
 * <p>
 * Where {@code null} is not said to be allowed, in this package and those below, an
 * operation fails with an {@link io.github.imspring.error.ImValidationException}, and
 * what builds a client or a request throws an {@link java.lang.IllegalArgumentException}.
 */
@NullMarked
package io.github.imspring;

import org.jspecify.annotations.NullMarked;
