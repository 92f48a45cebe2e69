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

package io.github.imspring.emulator.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/**
 * One HTTP reply.
 *
 * @param status the HTTP status
 * @param headers the headers, {@code Content-Type} among them
 * @param body the body
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Reply(int status, Map<String, String> headers, byte[] body) {

	/**
	 * A reply with a JSON body.
	 * @param status the HTTP status
	 * @param json the body
	 * @return the reply
	 */
	public static Reply json(int status, JsonNode json) {
		return of(status, "application/json", json.toString().getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * A reply with any body.
	 * @param status the HTTP status
	 * @param contentType the body's media type
	 * @param body the body
	 * @return the reply
	 */
	public static Reply of(int status, String contentType, byte[] body) {
		return new Reply(status, Map.of("Content-Type", contentType), body);
	}

	/**
	 * The same reply with one more header.
	 * @param name the header's name
	 * @param value its value
	 * @return a copy
	 */
	public Reply withHeader(String name, String value) {
		Map<String, String> copy = new LinkedHashMap<>(this.headers);
		copy.put(name, value);
		return new Reply(this.status, copy, this.body);
	}

	/**
	 * The same reply with nothing in it.
	 * @return a copy without a body
	 */
	public Reply withoutBody() {
		return new Reply(this.status, this.headers, new byte[0]);
	}

}
