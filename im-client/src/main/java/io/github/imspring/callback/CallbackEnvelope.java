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

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What surrounds each callback, and the callback as it came: fields that the service adds
 * one day are found there. Its text names none of the fields that came, for they hold
 * messages and the secrets of files.
 *
 * @param account the account that the callback belongs to: the name under
 * {@code im.accounts}, or {@code default}
 * @param callId the identifier that the service gave the callback; {@code null} only if
 * it came without one, unsigned. Several events may share it: the copies of a message for
 * users who are offline, for example
 * @param timestamp when the service saw what happened; {@code null} only if the callback
 * came without it, unsigned
 * @param appKey the app, {@code org#app}, if given
 * @param host the server of the service that sent the callback, if given
 * @param json the whole callback, a JSON object
 * @since 0.1.0
 */
public record CallbackEnvelope(String account, @Nullable String callId, @Nullable Instant timestamp,
		@Nullable String appKey, @Nullable String host, JsonNode json) {

	/**
	 * The whole callback, a JSON object.
	 * @return a copy
	 */
	@Override
	public JsonNode json() {
		return this.json.deepCopy();
	}

	@Override
	public String toString() {
		return "CallbackEnvelope[account=%s, callId=%s, timestamp=%s]".formatted(this.account, this.callId,
				this.timestamp);
	}

}
