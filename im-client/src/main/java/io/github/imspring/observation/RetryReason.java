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

import java.util.Locale;

/**
 * Why a call is repeated.
 *
 * @since 0.1.0
 */
public enum RetryReason {

	/**
	 * The service rejected the token.
	 */
	TOKEN,

	/**
	 * The service refused the call for its rate.
	 */
	QUOTA,

	/**
	 * No answer came, or half of one.
	 */
	TRANSPORT,

	/**
	 * The service failed.
	 */
	SERVER;

	/**
	 * The reason as metrics name it.
	 * @return the name in lower case, {@code token} for example
	 */
	public String tag() {
		return name().toLowerCase(Locale.ROOT);
	}

}
