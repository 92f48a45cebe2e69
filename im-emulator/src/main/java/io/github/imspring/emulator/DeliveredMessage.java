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

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A message as one recipient got it.
 *
 * @param to the recipient
 * @param from the sender; {@code admin} if the request named none
 * @param type the kind of message: {@code txt}, {@code img}, {@code audio},
 * {@code video}, {@code file}, {@code loc}, {@code cmd} or {@code custom}
 * @param body the message's body, as it was sent
 * @param ext the message's extensions, or {@code null} if there were none
 * @param messageId the id that the answer named for this recipient
 * @param routetype {@code ROUTE_ONLINE} for recipients who are online only, or
 * {@code null}
 * @param syncDevice whether the message goes to the sender's own devices as well
 * @param roamIgnoreUsers who does not get the message from the roaming history
 * @param timestamp when the service took the message
 */
public record DeliveredMessage(String to, String from, String type, JsonNode body, @Nullable JsonNode ext,
		String messageId, @Nullable String routetype, boolean syncDevice, List<String> roamIgnoreUsers,
		Instant timestamp) {
}
