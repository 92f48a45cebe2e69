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

import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.github.imspring.emulator.http.Reply;
import io.github.imspring.emulator.http.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request to the service, with what its path said, and the envelope that its answer
 * goes into.
 */
final class Call {

	private static final BigInteger MAX_INT = BigInteger.valueOf(Integer.MAX_VALUE);

	private final Request request;

	private final String prefix;

	private final String path;

	private final Map<String, String> variables;

	private final EmulatorClock clock;

	private final long started;

	/**
	 * Creates a call.
	 * @param prefix what the raw path begins with: organization and app, or the App ID
	 * @param path the rest of the raw path
	 */
	Call(Request request, String prefix, String path, Map<String, String> variables, EmulatorClock clock) {
		this.request = request;
		this.prefix = prefix;
		this.path = path;
		this.variables = variables;
		this.clock = clock;
		this.started = clock.millis();
	}

	Request request() {
		return this.request;
	}

	String variable(String name) {
		return Objects.requireNonNull(this.variables.get(name), name);
	}

	/** The URL of a path of the service, in the style in which this call came. */
	String uri(String servicePath) {
		String host = this.request.header("Host");
		return "http://" + ((host != null) ? host : "localhost") + this.prefix + servicePath;
	}

	/**
	 * The body as a JSON object.
	 * @throws ServiceError if it is something else
	 */
	JsonNode object() {
		JsonNode body = json();
		if (!body.isObject()) {
			throw ServiceError.invalidRequestBody();
		}
		return body;
	}

	/** The body as a JSON object; no body is an empty object. */
	JsonNode objectOrNothing() {
		JsonNode body = json();
		return (body.isMissingNode() || body.isNull()) ? JsonNodeFactory.instance.objectNode() : object();
	}

	/** The body as JSON of any kind. */
	JsonNode json() {
		requireJsonType();
		try {
			return this.request.json();
		}
		catch (JacksonException ex) {
			throw ServiceError.jsonParse();
		}
	}

	private void requireJsonType() {
		String type = this.request.header("Content-Type");
		if (type != null && this.request.body().length > 0 && !type.toLowerCase(Locale.ROOT).contains("json")) {
			throw ServiceError.web(415, "Unsupported Media Type");
		}
	}

	/**
	 * A whole number from the query; one beyond the range of an int is as good as the
	 * last in range.
	 * @throws ServiceError if it is no number, or below 1
	 */
	int positive(String name, int absent) {
		String text = this.request.query(name);
		if (text == null || text.isEmpty()) {
			return absent;
		}
		try {
			BigInteger number = new BigInteger(text);
			if (number.signum() > 0) {
				return number.min(MAX_INT).intValue();
			}
		}
		catch (NumberFormatException ex) {
			// Answered below, like a number that is too small.
		}
		throw ServiceError.invalidParameter(name + " must be a positive number");
	}

	/** The envelope of an answer, without the answer itself. */
	ObjectNode envelope() {
		ObjectNode envelope = messageEnvelope();
		envelope.putArray("entities");
		envelope.putObject("properties");
		ObjectNode params = envelope.putObject("params");
		// Not withArray, which reads a name that begins with a slash as a path.
		this.request.query().forEach((name, values) -> values.forEach(params.putArray(name)::add));
		return envelope;
	}

	/** The shorter envelope of messages. */
	ObjectNode messageEnvelope() {
		ObjectNode envelope = JsonNodeFactory.instance.objectNode();
		envelope.put("path", this.path);
		envelope.put("uri", uri(this.path));
		envelope.put("timestamp", this.started);
		envelope.put("organization", Credentials.ORG_NAME);
		envelope.put("application", Credentials.APPLICATION);
		envelope.put("action", this.request.method().toLowerCase(Locale.ROOT));
		envelope.put("duration", Math.max(0, this.clock.millis() - this.started));
		envelope.put("applicationName", Credentials.APP_NAME);
		return envelope;
	}

	/** When the call came, in epoch milliseconds. */
	long started() {
		return this.started;
	}

	/** A 200 with the envelope and data. */
	Reply ok(JsonNode data) {
		ObjectNode envelope = envelope();
		envelope.set("data", data);
		return Reply.json(200, envelope);
	}

}
