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

package io.github.imspring.emulator.message;

import java.util.List;

import io.github.imspring.emulator.service.Footprint;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A message as it was sent, whoever gets it.
 *
 * @param level how important a chatroom takes it, or nothing for other messages
 * @param needGroupAck whether a group's members confirm that they read it
 * @param env to which environment the callbacks go, if one was named
 * @since 0.1.0
 */
public record EmulatedMessage(ChatType chatType, String from, String type, JsonNode body, @Nullable JsonNode ext,
		@Nullable String routetype, boolean syncDevice, List<String> roamIgnoreUsers, @Nullable String level,
		boolean needGroupAck, @Nullable String env) {

	/** The same message of another importance. */
	public EmulatedMessage withLevel(String other) {
		return new EmulatedMessage(this.chatType, this.from, this.type, this.body, this.ext, this.routetype,
				this.syncDevice, this.roamIgnoreUsers, other, this.needGroupAck, this.env);
	}

	/** The same message with another content, if that can be the content of its type. */
	public EmulatedMessage withContent(JsonNode otherBody, @Nullable JsonNode otherExt) {
		if (!MessageBodies.isValid(this.type, otherBody)) {
			return this;
		}
		return new EmulatedMessage(this.chatType, this.from, this.type, otherBody, otherExt, this.routetype,
				this.syncDevice, this.roamIgnoreUsers, this.level, this.needGroupAck, this.env);
	}

	long footprint() {
		return Footprint.of(this.from) + Footprint.of(this.type) + Footprint.of(this.body) + Footprint.of(this.ext)
				+ Footprint.of(this.routetype) + Footprint.of(this.roamIgnoreUsers) + Footprint.of(this.env);
	}

}
