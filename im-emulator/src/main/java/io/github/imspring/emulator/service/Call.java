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

package io.github.imspring.emulator.service;

import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.github.imspring.emulator.http.Reply;
import io.github.imspring.emulator.http.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request to the service, with what its path said, and the envelope that its answer
 * goes into.
 *
 * @since 0.1.0
 */
public final class Call {

	private static final BigInteger MAX_INT = BigInteger.valueOf(Integer.MAX_VALUE);

	private final Request request;

	private final String prefix;

	private final String path;

	private final Map<String, String> variables;

	private final AppIdentity app;

	private final Context context;

	private final long started;

	private Caller caller = Caller.APP;

	/**
	 * Creates a call.
	 * @param prefix what the raw path begins with: organization and app, or the App ID
	 * @param path the rest of the raw path
	 */
	public Call(Request request, AppIdentity app, String prefix, String path, Map<String, String> variables,
			Context context) {
		this.request = request;
		this.prefix = prefix;
		this.path = path;
		this.variables = variables;
		this.app = app;
		this.context = context;
		this.started = context.clock().millis();
	}

	public AppIdentity app() {
		return this.app;
	}

	/** Whose token came with the call; the app's until somebody was authenticated. */
	public Caller caller() {
		return this.caller;
	}

	/**
	 * Checks the token that came with the call.
	 * @throws ServiceError if there is no good one
	 */
	public Caller authenticate() {
		this.caller = this.context.authenticator().authenticate(this.request.header("Authorization"));
		return this.caller;
	}

	/**
	 * Takes one call and a number of messages from the operation's quota, or neither.
	 * @throws ServiceError if one of the two does not fit
	 */
	public void acquire(int messages) {
		this.context.meter().acquire(messages);
	}

	/** Whether the call came in the path style that names an App ID. */
	public boolean isOfAppIdStyle() {
		return this.prefix.startsWith("/app-id/");
	}

	public Instant now() {
		return this.context.clock().instant();
	}

	public Request request() {
		return this.request;
	}

	public String variable(String name) {
		return Objects.requireNonNull(this.variables.get(name), name);
	}

	/** A user's name from the path, in its one spelling. */
	public String user(String name) {
		return Names.canonical(variable(name));
	}

	/** The URL of a path of the service, in the style in which this call came. */
	public String uri(String servicePath) {
		String host = this.request.header("Host");
		return "http://" + ((host != null) ? host : "localhost") + this.prefix + servicePath;
	}

	/**
	 * The body as a JSON object.
	 * @throws ServiceError if it is something else
	 */
	public JsonNode object() {
		JsonNode body = json();
		if (!body.isObject()) {
			throw ServiceError.invalidRequestBody();
		}
		return body;
	}

	/** The body as a JSON object; no body is an empty object. */
	public JsonNode objectOrNothing() {
		JsonNode body = json();
		return (body.isMissingNode() || body.isNull()) ? JsonNodeFactory.instance.objectNode() : object();
	}

	/** The body as JSON of any kind. */
	public JsonNode json() {
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
	public int positive(String name, int absent) {
		return number(name, absent, 1, " must be a positive number");
	}

	/** The same for a number that may be 0. */
	public int notNegative(String name, int absent) {
		return number(name, absent, 0, " must be 0 or a positive number");
	}

	private int number(String name, int absent, int min, String otherwise) {
		String text = this.request.query(name);
		if (text == null || text.isEmpty()) {
			return absent;
		}
		try {
			BigInteger number = new BigInteger(text);
			if (number.compareTo(BigInteger.valueOf(min)) >= 0) {
				return number.min(MAX_INT).intValue();
			}
		}
		catch (NumberFormatException ex) {
			// Answered below, like a number that is too small.
		}
		throw ServiceError.invalidParameter(name + otherwise);
	}

	/** The envelope of an answer, without the answer itself. */
	public ObjectNode envelope() {
		ObjectNode envelope = messageEnvelope();
		envelope.putArray("entities");
		envelope.putObject("properties");
		ObjectNode params = envelope.putObject("params");
		// Not withArray, which reads a name that begins with a slash as a path.
		this.request.query().forEach((name, values) -> values.forEach(params.putArray(name)::add));
		return envelope;
	}

	/** The shorter envelope of messages. */
	public ObjectNode messageEnvelope() {
		ObjectNode envelope = JsonNodeFactory.instance.objectNode();
		envelope.put("path", this.path);
		envelope.put("uri", uri(this.path));
		envelope.put("timestamp", this.started);
		envelope.put("organization", this.app.orgName());
		envelope.put("application", this.app.application());
		envelope.put("action", this.request.method().toLowerCase(Locale.ROOT));
		envelope.put("duration", Math.max(0, this.context.clock().millis() - this.started));
		envelope.put("applicationName", this.app.appName());
		return envelope;
	}

	/** When the call came, in epoch milliseconds. */
	public long started() {
		return this.started;
	}

	/** A 200 with the envelope and data. */
	public Reply ok(JsonNode data) {
		ObjectNode envelope = envelope();
		envelope.set("data", data);
		return Reply.json(200, envelope);
	}

	/** A 200 with the envelope, data and their number. */
	public Reply counted(ArrayNode data) {
		ObjectNode envelope = envelope();
		envelope.set("data", data);
		envelope.put("count", data.size());
		return Reply.json(200, envelope);
	}

	/**
	 * What a call needs of the app that it is for.
	 *
	 * @param clock the emulator's time
	 * @param authenticator checks what callers show
	 * @param meter counts against the quota of the call's operation
	 * @since 0.1.0
	 */
	public record Context(InstantSource clock, Authenticator authenticator, Meter meter) {
	}

	/**
	 * Checks an {@code Authorization} header, or throws a {@link ServiceError}.
	 *
	 * @since 0.1.0
	 */
	@FunctionalInterface
	public interface Authenticator {

		Caller authenticate(@Nullable String authorization);

	}

	/**
	 * Takes a call and its messages from a quota, or throws a {@link ServiceError}.
	 *
	 * @since 0.1.0
	 */
	@FunctionalInterface
	public interface Meter {

		void acquire(int messages);

	}

}
