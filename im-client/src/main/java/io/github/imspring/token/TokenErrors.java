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

import io.github.imspring.error.ErrorHints;
import io.github.imspring.error.Hint;
import io.github.imspring.error.Setting;

/**
 * What to do about the errors that are documented for client credentials ("Authenticate
 * with an app token").
 */
final class TokenErrors {

	static final ErrorHints HINTS = ErrorHints.NONE
		.on(400, "client_id does not match", Hint.of("Check %s against the console of the service.", Setting.CLIENT_ID))
		.on(400, "client_id must be provided", Hint.of("Set %s.", Setting.CLIENT_ID))
		.on(400, "client_secret does not match",
				Hint.of("Check %s against the console of the service.", Setting.CLIENT_SECRET))
		.on(400, "client_secret must be provided", Hint.of("Set %s.", Setting.CLIENT_SECRET));

	private TokenErrors() {
	}

}
