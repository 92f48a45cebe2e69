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

/**
 * Builds the tokens that users log in with, without asking the service, as Shengwang and
 * Agora have it.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface UserTokenBuilder {

	/**
	 * Builds a token for a user.
	 * @param uuid the UUID that the service gave the user, which is not the user ID
	 * @param life how long the token lives, in whole seconds, from a second to
	 * {@link TokenSources#MAX_LIFE}
	 * @return a new token
	 * @throws IllegalArgumentException if the UUID is empty or too long, or the life is
	 * out of its bounds
	 */
	AccessToken build(String uuid, Duration life);

}
