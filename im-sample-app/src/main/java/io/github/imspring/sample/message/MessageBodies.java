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

package io.github.imspring.sample.message;

import java.util.Map;
import java.util.TreeSet;

import io.github.imspring.message.MessageBody;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebInputException;

/**
 * Reads the body of a message by its type.
 */
@Component
class MessageBodies {

	private static final Map<String, Class<? extends MessageBody>> TYPES = Map.of("txt", MessageBody.Text.class, "img",
			MessageBody.Image.class, "audio", MessageBody.Voice.class, "video", MessageBody.Video.class, "file",
			MessageBody.File.class, "loc", MessageBody.Location.class, "cmd", MessageBody.Command.class, "custom",
			MessageBody.Custom.class);

	private final JsonMapper mapper;

	MessageBodies(JsonMapper mapper) {
		this.mapper = mapper;
	}

	/**
	 * Reads a body.
	 * @param type the type of the message
	 * @param body the body as JSON
	 * @return the body
	 * @throws ServerWebInputException if the body is not one of the type; caused by an
	 * {@link io.github.imspring.error.ImValidationException} if a value is out of its
	 * bounds
	 */
	MessageBody read(@Nullable String type, @Nullable JsonNode body) {
		Class<? extends MessageBody> kind = (type != null) ? TYPES.get(type) : null;
		if (kind == null) {
			throw new ServerWebInputException("'type' must be one of " + new TreeSet<>(TYPES.keySet()));
		}
		if (body == null || !body.isObject()) {
			throw new ServerWebInputException("'body' must be a JSON object");
		}
		try {
			return this.mapper.treeToValue(body, kind);
		}
		catch (JacksonException ex) {
			throw new ServerWebInputException("'body' must be one of type '" + type + "'", null, ex);
		}
	}

}
