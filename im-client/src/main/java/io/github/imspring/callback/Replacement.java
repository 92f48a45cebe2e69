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

import java.math.BigDecimal;
import java.util.Map;

import io.github.imspring.message.MessageBody;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a body in the form in which the message came: flat, or with bodies.
 */
final class Replacement {

	private Replacement() {
	}

	static JsonNode payload(PreDelivery message, MessageBody body, Map<String, ?> ext) {
		ObjectNode written = write(body);
		ObjectNode payload = written;
		if (message.envelope().json().path("payload") instanceof ObjectNode original
				&& original.has(BodyDecoder.BODIES)) {
			payload = original;
			payload.putArray(BodyDecoder.BODIES).add(written);
		}
		payload.remove(BodyDecoder.EXT);
		if (!ext.isEmpty()) {
			payload.set(BodyDecoder.EXT, CallbackJson.MAPPER.valueToTree(ext));
		}
		return payload;
	}

	private static ObjectNode write(MessageBody body) {
		ObjectNode written = CallbackJson.MAPPER.createObjectNode().put("type", body.type());
		written.setAll(CallbackJson.MAPPER.<ObjectNode>valueToTree(body));
		if (body instanceof MessageBody.Location location) {
			written.put("lat", new BigDecimal(location.lat())).put("lng", new BigDecimal(location.lng()));
		}
		if (body instanceof MessageBody.Custom custom && custom.customExts() != null) {
			ArrayNode pairs = written.putArray(BodyDecoder.CUSTOM_EXTS);
			custom.customExts().forEach((name, value) -> pairs.addObject().put(name, value));
			written.set(BodyDecoder.CUSTOM_EXTS_MAP, CallbackJson.MAPPER.valueToTree(custom.customExts()));
		}
		return written;
	}

}
