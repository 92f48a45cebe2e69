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

import java.util.List;
import java.util.Map;

import io.github.imspring.emulator.http.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A request that the emulator received.
 *
 * @since 0.1.0
 */
public final class RecordedRequest {

	static final int KEPT_BODY_BYTES = 64 * 1024;

	private final String operation;

	private final String method;

	private final String rawPath;

	private final Map<String, List<String>> query;

	private final Map<String, List<String>> headers;

	private final byte[] body;

	private final int bodySize;

	private final int status;

	RecordedRequest(String operation, String method, String rawPath, Map<String, List<String>> query,
			Map<String, List<String>> headers, byte[] body, int bodySize, int status) {
		this.operation = operation;
		this.method = method;
		this.rawPath = rawPath;
		this.query = query;
		this.headers = headers;
		this.body = body;
		this.bodySize = bodySize;
		this.status = status;
	}

	/**
	 * The operation's name.
	 * @return the name, such as {@code send-message}; {@code unknown} for a path that the
	 * service does not have
	 */
	public String operation() {
		return this.operation;
	}

	/**
	 * The HTTP method.
	 * @return the method in upper case
	 */
	public String method() {
		return this.method;
	}

	/**
	 * The path as it came over the wire.
	 * @return the path, still percent-encoded, without the query
	 */
	public String rawPath() {
		return this.rawPath;
	}

	/**
	 * The query parameters.
	 * @return the decoded values by name
	 */
	public Map<String, List<String>> query() {
		return this.query;
	}

	/**
	 * The headers.
	 * @return the values by name, names in lower case; the value of {@code authorization}
	 * is {@code ***}
	 */
	public Map<String, List<String>> headers() {
		return this.headers;
	}

	/**
	 * The body.
	 * @return a copy of its first 64 KB
	 */
	public byte[] body() {
		return this.body.clone();
	}

	/**
	 * The length of the whole body, however much of it was kept.
	 * @return the length in bytes; 0 for a body that was refused as too long
	 */
	public int bodySize() {
		return this.bodySize;
	}

	/**
	 * The HTTP status that was answered.
	 * @return the status, or 0 if there was no answer
	 */
	public int status() {
		return this.status;
	}

	/**
	 * The first value of a header.
	 * @param name the header's name, in any letter case
	 * @return the value, or {@code null} if the header was not sent
	 */
	public @Nullable String header(String name) {
		for (Map.Entry<String, List<String>> header : this.headers.entrySet()) {
			if (header.getKey().equalsIgnoreCase(name)) {
				return header.getValue().get(0);
			}
		}
		return null;
	}

	/**
	 * The body as JSON.
	 * @return the tree, all numbers exact; a missing node if the body is empty
	 * @throws JacksonException if the body is no JSON, or longer than what is kept
	 */
	public JsonNode json() {
		return Request.json(this.body);
	}

	/** Leaves out headers and body: a token request has a secret in it. */
	@Override
	public String toString() {
		return "RecordedRequest[" + this.operation + ": " + this.method + " " + this.rawPath + " " + this.query + ", "
				+ this.bodySize + " bytes -> " + this.status + "]";
	}

}
