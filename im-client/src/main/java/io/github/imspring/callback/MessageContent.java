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

import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.imspring.message.MessageBody;
import org.jspecify.annotations.Nullable;

/**
 * What a message carries.
 *
 * @param bodies its bodies: one for a message that was sent or edited, none for a
 * recalled one; unmodifiable
 * @param ext its extension, empty if there is none: strings, numbers, booleans,
 * {@code null}, lists and maps, unmodifiable all the way down
 * @since 0.1.0
 */
public record MessageContent(List<ReceivedBody> bodies, Map<String, @Nullable Object> ext) {

	/**
	 * Copies the bodies.
	 * @param bodies the bodies
	 * @param ext the extension, which nobody may change any more
	 */
	public MessageContent {
		bodies = List.copyOf(bodies);
	}

	/**
	 * The first body, as one would send it.
	 * @return the body, or {@code null} if there is none that one could send
	 */
	public @Nullable MessageBody body() {
		return this.bodies.stream().map(ReceivedBody::body).filter(Objects::nonNull).findFirst().orElse(null);
	}

	/**
	 * The text of a text message.
	 * @return the text, or {@code null} if the message is of another type
	 */
	public @Nullable String text() {
		return (body() instanceof MessageBody.Text text) ? text.msg() : null;
	}

}
