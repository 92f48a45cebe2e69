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

package io.github.imspring.emulator;

/**
 * How the emulator counts against its quotas. The documents do not say which kind of
 * window the service uses; a client that is never rejected under {@link #SLIDING} is
 * rejected by no window of any alignment.
 *
 * @since 0.1.0
 */
public enum QuotaMode {

	/** No window, wherever it begins, may hold more than the limit: the strictest. */
	SLIDING,

	/** Windows begin at the multiples of their length, moved by the alignment. */
	FIXED,

	/** Nothing is limited, and nothing counted. */
	OFF

}
