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

import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;

import io.github.imspring.error.Hint;
import io.github.imspring.error.ImDecodingException;
import io.github.imspring.error.ImRefusedException;
import io.github.imspring.operation.Operation;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A successful answer of the service, read leniently: what the documents call a string
 * may come as a number, and what they call an object as an array.
 *
 * @since 0.1.0
 */
public final class ImResponse {

	private final Operation operation;

	private final byte[] json;

	private final boolean processedBefore;

	private @Nullable JsonNode tree;

	private boolean read;

	ImResponse(Operation operation, byte[] json, boolean processedBefore) {
		this.operation = operation;
		this.json = json;
		this.processedBefore = processedBefore;
	}

	Operation operation() {
		return this.operation;
	}

	/**
	 * The whole answer.
	 * @return a JSON object
	 */
	public JsonNode body() {
		JsonNode body = this.tree;
		if (body == null) {
			body = parse();
			this.tree = body;
		}
		return body;
	}

	private JsonNode parse() {
		if (this.json.length == 0) {
			throw broken("the answer is empty");
		}
		try {
			JsonNode parsed = WireFormat.jsonMapper().readTree(this.json);
			if (!parsed.isObject()) {
				throw broken("the answer is JSON but no object");
			}
			this.read = true;
			return parsed;
		}
		catch (JacksonException ex) {
			throw noJson();
		}
	}

	private ImDecodingException noJson() {
		return broken("the answer of %d bytes is not JSON".formatted(this.json.length));
	}

	/**
	 * Reads the answer field by field, which is cheaper than {@link #body()} where an
	 * answer is large or is read often.
	 * @param fields takes the name and the value of each field that the envelope has not,
	 * {@code data} among them; one that occurs twice is taken twice
	 * @return what surrounds the data
	 * @throws ImDecodingException if the answer has no {@code data}, or is no JSON object
	 * @since 0.1.0
	 */
	public ResponseEnvelope read(BiConsumer<String, JsonValue> fields) {
		boolean[] data = new boolean[1];
		ResponseEnvelope envelope;
		try (JsonParser parser = WireFormat.jsonMapper().createParser(this.json)) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				// Says what is wrong with it.
				parse();
			}
			envelope = read(parser, (name, value) -> {
				data[0] = name.equals("data") ? !value.isNull() : data[0];
				fields.accept(name, value);
			});
			if (parser.nextToken() != null) {
				throw noJson();
			}
		}
		catch (DatabindException ex) {
			// What the reader asked for is not there.
			throw ex;
		}
		catch (JacksonException ex) {
			throw noJson();
		}
		this.read = true;
		if (!data[0]) {
			throw withoutData();
		}
		return envelope;
	}

	private static ResponseEnvelope read(JsonParser parser, BiConsumer<String, JsonValue> others) {
		EnvelopeReader envelope = new EnvelopeReader();
		JsonValue.Elements fields = new JsonValue(parser).elements();
		while (fields.next()) {
			if (!envelope.take(fields.name(), fields.value())) {
				others.accept(fields.name(), fields.value());
			}
		}
		return envelope.envelope();
	}

	/**
	 * Makes sure that what came was an answer, also if nothing of it was asked for.
	 */
	void check() {
		if (!this.read) {
			parse();
		}
	}

	/**
	 * The fields of the whole answer.
	 * @return the fields
	 */
	public ResponseFields fields() {
		return new ResponseFields(body());
	}

	/**
	 * The field {@code data} of the answer.
	 * @return the data
	 * @throws ImDecodingException if the answer has none
	 */
	public JsonNode data() {
		JsonNode data = body().path("data");
		if (data instanceof MissingNode || data.isNull()) {
			throw withoutData();
		}
		return data;
	}

	private ImDecodingException withoutData() {
		return broken("the answer has no 'data'");
	}

	/**
	 * The objects in the field {@code data} of the answer: an array of them, or a single
	 * one.
	 * @return the objects
	 * @throws ImDecodingException if the answer has none
	 */
	public List<ResponseFields> items() {
		JsonNode data = data();
		if (!data.isContainer()) {
			throw broken("'data' is neither an object nor an array");
		}
		return data.isArray() ? data.values().stream().map(ResponseFields::new).toList()
				: List.of(new ResponseFields(data));
	}

	/**
	 * Makes sure that the service did what it was asked, where it reports that by flags.
	 * @param flags the flags of the data that must be {@code true}
	 * @param hint what to do if one is not, a sentence
	 * @throws ImRefusedException if one of them is {@code false}
	 * @throws ImDecodingException if one of them is missing or no boolean, and none is
	 * {@code false}
	 */
	public void confirm(Collection<String> flags, String hint) {
		JsonNode data = data();
		List<String> refused = flags.stream().filter((flag) -> !data.path(flag).asBooleanOpt().orElse(true)).toList();
		if (!refused.isEmpty()) {
			throw new ImRefusedException(this.operation.name(), refused, data.toString(), Hint.of(hint),
					this.processedBefore || refused.size() < flags.size());
		}
		for (String flag : flags) {
			if (data.path(flag).asBooleanOpt().isEmpty()) {
				throw broken("the answer does not say in 'data.%s' whether it was done".formatted(flag));
			}
		}
	}

	/**
	 * An exception for an answer that says that the service did not do it.
	 * @param flags the fields of the data that say so
	 * @param hint what to do about it, a sentence
	 * @return the exception
	 * @since 0.1.0
	 */
	public ImRefusedException refused(Collection<String> flags, String hint) {
		return new ImRefusedException(this.operation.name(), List.copyOf(flags), data().toString(), Hint.of(hint),
				this.processedBefore);
	}

	/**
	 * Makes sure that the answer is about what was asked for, where it names that.
	 * @param field the field of the data that names it
	 * @param id what was asked for
	 * @throws ImDecodingException if the field names something else
	 */
	public void concerns(String field, String id) {
		if (!data().path(field).asStringOpt().orElse(id).equals(id)) {
			throw broken("the answer is about another '%s' than was asked for".formatted(field));
		}
	}

	/**
	 * Whether an earlier attempt of the same call may have been processed, so that this
	 * answer may tell of what that one left.
	 * @return whether it may have been
	 */
	public boolean processedBefore() {
		return this.processedBefore;
	}

	/**
	 * What surrounds the data.
	 * @return the envelope, possibly with nothing in it
	 */
	public ResponseEnvelope envelope() {
		try (JsonParser parser = WireFormat.jsonMapper().treeAsTokens(body())) {
			parser.nextToken();
			return read(parser, (name, value) -> {
			});
		}
	}

	@Override
	public String toString() {
		return "ImResponse[operation=" + this.operation + ", size=" + this.json.length + "]";
	}

	/**
	 * An exception for an answer that is not what is documented.
	 * @param problem what is wrong with it, without a full stop and without its content
	 * @return the exception
	 */
	public ImDecodingException broken(String problem) {
		return new ImDecodingException(this.operation.name(), problem, null);
	}

}
