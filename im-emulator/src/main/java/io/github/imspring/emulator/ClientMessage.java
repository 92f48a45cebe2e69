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

import org.jspecify.annotations.Nullable;

/**
 * What became of a message that a client sent.
 *
 * @param messageId the message's id, or {@code null} if it was not delivered
 * @param error what the client is told if the message was not delivered, such as
 * {@code custom logic denied}, or {@code null}
 * @since 0.1.0
 */
public record ClientMessage(@Nullable String messageId, @Nullable String error) {

	/**
	 * Whether the message was delivered.
	 * @return {@code true} if it was
	 */
	public boolean delivered() {
		return this.error == null;
	}

}
