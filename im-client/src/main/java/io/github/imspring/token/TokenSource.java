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

import reactor.core.publisher.Mono;

/**
 * Where tokens come from. With the starter, a bean of this type replaces the configured
 * credentials; the client still owns the life of what it fetches. {@link TokenSources}
 * has those that the service knows.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TokenSource {

	/**
	 * Gets a new token, on subscription, without blocking the thread. Not called again
	 * before the last call has ended, or was cancelled because it took too long.
	 * @return one token, or an error; no token is an error, and so is one that has
	 * expired
	 */
	Mono<AccessToken> fetch();

}
