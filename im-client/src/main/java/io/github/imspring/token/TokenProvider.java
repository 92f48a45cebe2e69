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

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Hands out the current token. A bean of this type takes the place of the starter's own.
 *
 * @since 0.1.0
 */
public interface TokenProvider {

	/**
	 * The token to send now. Concurrent callers share one fetch, and one that cancels
	 * leaves the fetch to the others. Not called for a call that has found its token
	 * {@linkplain #tokenAtHand() at hand}: what is to see every call wraps both.
	 * @return a token that is not known to be expired or rejected, or an
	 * {@link io.github.imspring.error.ImException} if none can be had
	 */
	Mono<AccessToken> token();

	/**
	 * The token to send now, if it is at hand.
	 * @return the token that {@link #token()} would give at once, or {@code null} if that
	 * has to be asked; {@code null} unless overridden
	 */
	default @Nullable AccessToken tokenAtHand() {
		return null;
	}

	/**
	 * Reports that the service rejected a token. It is not handed out again; a newer one
	 * that has taken its place meanwhile stays.
	 * @param rejected the token that the service rejected
	 */
	void invalidate(AccessToken rejected);

}
