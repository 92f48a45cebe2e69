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

package io.github.imspring.token;

import java.time.Duration;

import io.github.imspring.error.ImException;
import org.jspecify.annotations.Nullable;

/**
 * Hears how each fetch of a token ended.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TokenRefreshListener {

	/**
	 * A fetch has ended. Called once for each, on a thread that must not be blocked.
	 * @param duration how long the source took
	 * @param failure why no token came of it, or {@code null} if one did
	 */
	void onRefresh(Duration duration, @Nullable ImException failure);

}
