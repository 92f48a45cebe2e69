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

package io.github.imspring.callback;

import io.github.imspring.message.MessageBody;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One body of a message that somebody sent.
 *
 * @param type the type as the service calls it, {@code txt} for example;
 * {@code sub_combine} for a merged message, and {@code unknown} if there is none
 * @param body the body as one would send it; {@code null} if nobody can send such a one:
 * a merged message, a type that is new, or values out of the bounds of
 * {@link MessageBody}, such as a text without a character
 * @param json the body as it came, a JSON object with all its fields
 * @since 0.1.0
 */
public record ReceivedBody(String type, @Nullable MessageBody body, JsonNode json) {

	/**
	 * The body as it came.
	 * @return a copy
	 */
	@Override
	public JsonNode json() {
		return this.json.deepCopy();
	}

	@Override
	public String toString() {
		return "ReceivedBody[type=%s, body=%s]".formatted(this.type, this.body);
	}

}
