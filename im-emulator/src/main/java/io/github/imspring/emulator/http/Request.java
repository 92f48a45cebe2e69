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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One HTTP request, wholly received.
 *
 * @since 0.1.0
 */
public final class Request {

	/**
	 * Keeps every number as it was written: a double would lose digits, or be infinite.
	 */
	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private final String method;

	private final String rawPath;

	private final @Nullable List<String> segments;

	private final @Nullable Map<String, List<String>> query;

	private final HttpHeaders headers;

	private final byte[] body;

	private final boolean oversized;

	private @Nullable JsonNode json;

	/**
	 * Creates a request.
	 * @param method the HTTP method
	 * @param uri the request target as received, path and query
	 * @param headers the headers
	 * @param body the body, empty if there was none
	 * @param oversized whether the body was longer than the server takes, and was dropped
	 */
	public Request(String method, String uri, HttpHeaders headers, byte[] body, boolean oversized) {
		this.method = method;
		this.rawPath = rawPath(uri);
		this.segments = decodeSegments(this.rawPath);
		this.query = decodeQuery(uri);
		this.headers = headers;
		this.body = body;
		this.oversized = oversized;
	}

	private static String rawPath(String uri) {
		String target = uri;
		int scheme = target.indexOf("://");
		if (!target.startsWith("/") && scheme > 0) {
			int slash = target.indexOf('/', scheme + 3);
			target = (slash >= 0) ? target.substring(slash) : "/";
		}
		int end = target.indexOf('?');
		return (end >= 0) ? target.substring(0, end) : target;
	}

	private static @Nullable List<String> decodeSegments(String rawPath) {
		List<String> segments = new ArrayList<>();
		try {
			for (String raw : rawPath.substring(rawPath.startsWith("/") ? 1 : 0).split("/", -1)) {
				segments.add(new QueryStringDecoder(raw).path());
			}
			return segments;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static @Nullable Map<String, List<String>> decodeQuery(String uri) {
		try {
			return new QueryStringDecoder(uri).parameters();
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * The HTTP method.
	 * @return the method in upper case
	 */
	public String method() {
		return this.method;
	}

	/**
	 * The path as it came over the wire, still percent-encoded.
	 * @return the raw path, without the query
	 */
	public String rawPath() {
		return this.rawPath;
	}

	/**
	 * The segments of the path, each percent-decoded exactly once.
	 * @return the segments, or {@code null} if the encoding is broken
	 */
	public @Nullable List<String> segments() {
		return this.segments;
	}

	/**
	 * The decoded query parameters.
	 * @return the values by name; none if the encoding is broken
	 */
	public Map<String, List<String>> query() {
		return (this.query != null) ? this.query : Map.of();
	}

	/**
	 * Whether the percent-encoding of the path or the query is broken.
	 * @return {@code true} if there is something in the URI that nobody can read
	 */
	public boolean malformed() {
		return this.segments == null || this.query == null;
	}

	/**
	 * The first value of a query parameter.
	 * @param name the parameter's name
	 * @return the value or {@code null}
	 */
	public @Nullable String query(String name) {
		List<String> values = query().get(name);
		return (values == null || values.isEmpty()) ? null : values.get(0);
	}

	/**
	 * The headers.
	 * @return the headers, names in any letter case
	 */
	public HttpHeaders headers() {
		return this.headers;
	}

	/**
	 * The first value of a header.
	 * @param name the header's name, in any letter case
	 * @return the value or {@code null}
	 */
	public @Nullable String header(String name) {
		return this.headers.get(name);
	}

	/**
	 * The body.
	 * @return the bytes, empty if there was none
	 */
	public byte[] body() {
		return this.body;
	}

	/**
	 * Whether the body was longer than the server takes, and was dropped.
	 * @return {@code true} if there is a body that nobody kept
	 */
	public boolean oversized() {
		return this.oversized;
	}

	/**
	 * The body as JSON, parsed once.
	 * @return the tree; a missing node if the body is empty
	 * @throws JacksonException if the body is no JSON
	 */
	public synchronized JsonNode json() {
		JsonNode tree = this.json;
		if (tree == null) {
			tree = json(this.body);
			this.json = tree;
		}
		return tree;
	}

	/**
	 * Reads JSON.
	 * @param body the JSON
	 * @return the tree, all numbers exact; a missing node if the body is empty
	 * @throws JacksonException if the body is no JSON
	 */
	public static JsonNode json(byte[] body) {
		return JSON.readTree(body);
	}

}
