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

package io.github.imspring.sample.viewer;

import java.time.Instant;

import io.github.imspring.user.UserToken;
import org.jspecify.annotations.Nullable;

/**
 * What the client of a viewer logs in with. It is the viewer's own secret, unlike the
 * token of this application, which never leaves it.
 *
 * @param user the user ID
 * @param token the token
 * @param expiresAt when it expires; absent if it does not
 */
record ViewerPass(String user, String token, @Nullable Instant expiresAt) {

	static ViewerPass of(UserToken token) {
		return new ViewerPass(token.username(), token.value(), token.expiresAt());
	}

	@Override
	public String toString() {
		return "ViewerPass[user=" + this.user + ", expiresAt=" + this.expiresAt + "]";
	}

}
