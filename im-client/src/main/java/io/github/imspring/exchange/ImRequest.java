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

package io.github.imspring.exchange;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.github.imspring.error.ErrorHints;
import io.github.imspring.error.ImValidationException;
import io.github.imspring.operation.Operation;
import io.github.imspring.quota.Lane;
import io.github.imspring.quota.QuotaRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.util.Assert;
import org.springframework.web.reactive.function.BodyInserter;

/**
 * A request to the service: an operation, a path below the app, and a body.
 *
 * <pre class="code">
 * ImRequest.get(Operation.of("list-members", true))
 * 	.path("chatrooms", roomId, "users")
 * 	.query("pagesize", 100)
 * 	.build()
 * </pre>
 *
 * @since 0.1.0
 */
public final class ImRequest {

	private final Operation operation;

	private final HttpMethod method;

	private final List<String> path;

	private final Map<String, String> query;

	private final HttpHeaders headers;

	private final @Nullable Object json;

	private final byte @Nullable [] encodedJson;

	private final @Nullable BodyInserter<?, ? super ClientHttpRequest> body;

	private final @Nullable String messageType;

	private final QuotaRequest quotaRequest;

	private final ErrorHints errorHints;

	private final BooleanSupplier repeatable;

	private final Consumer<Boolean> cancelListener;

	private final List<String> secrets;

	private ImRequest(Builder builder) {
		this.operation = builder.operation;
		this.method = builder.method;
		this.path = List.copyOf(builder.path);
		this.query = builder.query.isEmpty() ? Map.of()
				: Collections.unmodifiableMap(new LinkedHashMap<>(builder.query));
		this.headers = HttpHeaders.readOnlyHttpHeaders(builder.headers);
		this.json = builder.json;
		this.encodedJson = builder.encodedJson;
		this.body = builder.body;
		this.messageType = builder.messageType;
		this.quotaRequest = new QuotaRequest(builder.operation, builder.messages, builder.lane);
		this.errorHints = builder.errorHints;
		this.repeatable = builder.repeatable;
		this.cancelListener = builder.cancelListener;
		this.secrets = List.copyOf(builder.secrets);
	}

	/**
	 * A GET request.
	 * @param operation the operation, for quotas, metrics and errors
	 * @return a builder
	 */
	public static Builder get(Operation operation) {
		Assert.notNull(operation, "'operation' must not be null");
		return of(operation, HttpMethod.GET);
	}

	/**
	 * A POST request.
	 * @param operation the operation, for quotas, metrics and errors
	 * @return a builder
	 */
	public static Builder post(Operation operation) {
		Assert.notNull(operation, "'operation' must not be null");
		return of(operation, HttpMethod.POST);
	}

	/**
	 * A PUT request.
	 * @param operation the operation, for quotas, metrics and errors
	 * @return a builder
	 */
	public static Builder put(Operation operation) {
		Assert.notNull(operation, "'operation' must not be null");
		return of(operation, HttpMethod.PUT);
	}

	/**
	 * A DELETE request.
	 * @param operation the operation, for quotas, metrics and errors
	 * @return a builder
	 */
	public static Builder delete(Operation operation) {
		Assert.notNull(operation, "'operation' must not be null");
		return of(operation, HttpMethod.DELETE);
	}

	/**
	 * A request of any method.
	 * @param operation the operation, for quotas, metrics and errors
	 * @param method the method
	 * @return a builder
	 */
	public static Builder of(Operation operation, HttpMethod method) {
		Assert.notNull(operation, "'operation' must not be null");
		Assert.notNull(method, "'method' must not be null");
		return new Builder(operation, method);
	}

	Operation operation() {
		return this.operation;
	}

	HttpMethod method() {
		return this.method;
	}

	List<String> path() {
		return this.path;
	}

	Map<String, String> query() {
		return this.query;
	}

	HttpHeaders headers() {
		return this.headers;
	}

	/**
	 * The body as JSON, written anew for each call, so that it is what it is by then.
	 * @return the JSON in UTF-8, or {@code null} if the body is not JSON
	 */
	byte @Nullable [] encodedJson() {
		return (this.json != null) ? WireFormat.write(this.operation, this.json) : this.encodedJson;
	}

	@Nullable BodyInserter<?, ? super ClientHttpRequest> body() {
		return this.body;
	}

	@Nullable String messageType() {
		return this.messageType;
	}

	boolean repeatable() {
		return this.repeatable.getAsBoolean();
	}

	Lane lane() {
		return this.quotaRequest.lane();
	}

	ErrorHints errorHints() {
		return this.errorHints;
	}

	void cancelled(boolean mayHaveBeenProcessed) {
		this.cancelListener.accept(mayHaveBeenProcessed);
	}

	/**
	 * What must not show up in an exception even if the service echoes it.
	 */
	List<String> secrets() {
		return this.secrets;
	}

	QuotaRequest quotaRequest() {
		return this.quotaRequest;
	}

	@Override
	public String toString() {
		return this.operation + " " + this.method + " /" + String.join("/", this.path);
	}

	/**
	 * Builds a request.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder {

		private final Operation operation;

		private final HttpMethod method;

		private final List<String> path = new ArrayList<>();

		private Map<String, String> query = Map.of();

		private HttpHeaders headers = HttpHeaders.EMPTY;

		private @Nullable Object json;

		private byte @Nullable [] encodedJson;

		private @Nullable BodyInserter<?, ? super ClientHttpRequest> body;

		private @Nullable String messageType;

		private int messages = 1;

		private Lane lane = Lane.SINGLE;

		private ErrorHints errorHints = ErrorHints.NONE;

		private BooleanSupplier repeatable = () -> true;

		private Consumer<Boolean> cancelListener = (mayHaveBeenProcessed) -> {
		};

		private List<String> secrets = List.of();

		private Builder(Operation operation, HttpMethod method) {
			this.operation = operation;
			this.method = method;
		}

		/**
		 * Adds to the path below the app.
		 * @param segments the segments, each percent-encoded as one whatever it contains;
		 * not empty, {@code .} or {@code ..}
		 * @return this builder
		 * @throws ImValidationException if a segment is {@code null}, empty, {@code .} or
		 * {@code ..}, or has half of a surrogate pair
		 */
		public Builder path(String... segments) {
			Assert.notNull(segments, "'segments' must not be null");
			for (String segment : segments) {
				if (segment == null || !WellFormed.text(segment)) {
					throw violated("path", "must have segments of well-formed text");
				}
				if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
					throw violated("path", "must not have a segment that is empty, '.' or '..'");
				}
				this.path.add(segment);
			}
			return this;
		}

		/**
		 * Adds a query parameter.
		 * @param name the name
		 * @param value the value; the parameter is left out if {@code null}
		 * @return this builder
		 * @throws ImValidationException if the name or the value has half of a surrogate
		 * pair
		 */
		public Builder query(String name, @Nullable Object value) {
			Assert.notNull(name, "'name' must not be null");
			if (value != null) {
				if (!WellFormed.text(name) || !WellFormed.text(value.toString())) {
					throw violated("query", "must be well-formed text");
				}
				this.query = this.query.isEmpty() ? new LinkedHashMap<>() : this.query;
				this.query.put(name, value.toString());
			}
			return this;
		}

		/**
		 * Sets a header. {@code Authorization} is the client's own and cannot be set.
		 * @param name the name
		 * @param value the value; the header is left out if {@code null}
		 * @return this builder
		 * @throws ImValidationException if the name is no token, or the value has a
		 * control character, one beyond ISO 8859-1, or a space at either end
		 */
		public Builder header(String name, @Nullable Object value) {
			Assert.notNull(name, "'name' must not be null");
			if (!WellFormed.headerName(name)) {
				throw violated("header", "must have a name of letters, digits and !#$%&'*+-.^_`|~");
			}
			if (value != null && !WellFormed.headerValue(value.toString())) {
				throw violated(name, "must be a header's value, without control characters and outer spaces");
			}
			if (value != null && !HttpHeaders.AUTHORIZATION.equalsIgnoreCase(name)) {
				this.headers = this.headers.isEmpty() ? new HttpHeaders() : this.headers;
				this.headers.set(name, value.toString());
			}
			return this;
		}

		/**
		 * Sets a body that is sent as JSON.
		 * @param json what Jackson can write: a map, a record, a
		 * {@link tools.jackson.databind.JsonNode}
		 * @return this builder
		 */
		public Builder json(Object json) {
			Assert.notNull(json, "'json' must not be null");
			this.json = json;
			this.encodedJson = null;
			return this;
		}

		/**
		 * Sets a body that is JSON already.
		 * @param json the JSON in UTF-8, which must not be changed any more
		 * @return this builder
		 */
		public Builder encodedJson(byte[] json) {
			Assert.notNull(json, "'json' must not be null");
			this.encodedJson = json;
			this.json = null;
			return this;
		}

		/**
		 * Sets a body that is not JSON, a stream for example.
		 * @param body writes the body; asked again for each attempt
		 * @return this builder
		 */
		public Builder body(BodyInserter<?, ? super ClientHttpRequest> body) {
			Assert.notNull(body, "'body' must not be null");
			this.body = body;
			return this;
		}

		/**
		 * Sets that the call sends messages, so that metrics count them.
		 * @param messageType the type of the messages, {@code txt} for example; one of
		 * few, because it becomes a tag
		 * @return this builder
		 */
		public Builder messageType(String messageType) {
			Assert.notNull(messageType, "'messageType' must not be null");
			this.messageType = messageType;
			return this;
		}

		/**
		 * Sets how many messages the call counts as; 1 unless set.
		 * @param messages the number, at least 1
		 * @return this builder
		 * @throws ImValidationException if the number is below 1
		 */
		public Builder messages(int messages) {
			if (messages < 1) {
				throw violated("messages", "must be at least 1 but is " + messages);
			}
			this.messages = messages;
			return this;
		}

		/**
		 * Sets where the call waits for its grant; {@link Lane#SINGLE} unless set. For a
		 * call of {@link Lane#BULK} the time of the call stands still while it waits.
		 * @param lane the lane
		 * @return this builder
		 */
		public Builder lane(Lane lane) {
			Assert.notNull(lane, "'lane' must not be null");
			this.lane = lane;
			return this;
		}

		/**
		 * Sets what to do about the errors that are documented for the operation;
		 * {@link ErrorHints#NONE} unless set. All other errors get a hint that fits their
		 * status.
		 * @param errorHints the hints
		 * @return this builder
		 */
		public Builder errorHints(ErrorHints errorHints) {
			Assert.notNull(errorHints, "'errorHints' must not be null");
			this.errorHints = errorHints;
			return this;
		}

		/**
		 * Sets whether the body can still be written. When it cannot, a failed attempt is
		 * the last one, whatever the operation allows; always {@code true} unless set.
		 * @param repeatable asked after each failed attempt
		 * @return this builder
		 */
		public Builder repeatableIf(BooleanSupplier repeatable) {
			Assert.notNull(repeatable, "'repeatable' must not be null");
			this.repeatable = repeatable;
			return this;
		}

		/**
		 * Sets who hears that the subscriber cancelled the call; nobody unless set.
		 * @param listener hears, from the thread that cancels, whether the service may
		 * have processed the call. If not, it surely never will
		 * @return this builder
		 */
		public Builder whenCancelled(Consumer<Boolean> listener) {
			Assert.notNull(listener, "'listener' must not be null");
			this.cancelListener = listener;
			return this;
		}

		private ImValidationException violated(String field, String requirement) {
			return new ImValidationException(this.operation.name(), field, requirement);
		}

		/**
		 * Adds a secret that the request carries, a password for example, so that it is
		 * in no exception even if the service echoes it.
		 * @param secret the secret; nothing is added if {@code null} or empty
		 * @return this builder
		 * @since 0.1.0
		 */
		public Builder secret(@Nullable String secret) {
			if (secret != null && !secret.isEmpty()) {
				this.secrets = this.secrets.isEmpty() ? new ArrayList<>() : this.secrets;
				this.secrets.add(secret);
			}
			return this;
		}

		/**
		 * Builds the request.
		 * @return the request
		 */
		public ImRequest build() {
			return new ImRequest(this);
		}

	}

}
