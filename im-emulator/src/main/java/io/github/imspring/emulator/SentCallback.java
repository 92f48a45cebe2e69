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

import tools.jackson.databind.JsonNode;

/**
 * A callback that the emulator sent, or tried to.
 *
 * @param body what it said, all but the signature
 * @param attempts how often it was tried: once, or twice if the first try failed
 * @param status what the last try was answered with; 0 if there was no answer
 * @since 0.1.0
 */
public record SentCallback(JsonNode body, int attempts, int status) {

	/**
	 * Whether the receiver took it.
	 * @return {@code true} if the last try was answered with 200
	 */
	public boolean received() {
		return this.status == 200;
	}

}
