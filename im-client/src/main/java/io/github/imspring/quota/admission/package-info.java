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
 * Which call may go when: a pure core that knows no thread, no lock and no clock. It
 * takes what happens and when, and gives what is to be done. All times are nanoseconds on
 * the caller's clock, which never runs backward; nothing in here is thread-safe.
 */
@NullMarked
package io.github.imspring.quota.admission;

import org.jspecify.annotations.NullMarked;
