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

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonParser.NumberType;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A value of an answer where it stands, so that no tree is made of the answer. It is read
 * once, and before whatever follows it; what is not read is skipped. As lenient as the
 * tree: a number may come as a string, and a string as a number.
 *
 * @since 0.1.0
 */
public final class JsonValue {

	private final JsonParser parser;

	JsonValue(JsonParser parser) {
		this.parser = parser;
	}

	/**
	 * Whether it is an object.
	 * @return whether it is
	 */
	public boolean isObject() {
		return this.parser.hasToken(JsonToken.START_OBJECT);
	}

	/**
	 * Whether it is an array.
	 * @return whether it is
	 */
	public boolean isArray() {
		return this.parser.hasToken(JsonToken.START_ARRAY);
	}

	/**
	 * Whether it is {@code null}.
	 * @return whether it is
	 */
	public boolean isNull() {
		return this.parser.hasToken(JsonToken.VALUE_NULL);
	}

	/**
	 * Whether it is a string.
	 * @return whether it is
	 */
	public boolean isString() {
		return this.parser.hasToken(JsonToken.VALUE_STRING);
	}

	/**
	 * Whether it is a number without a fraction.
	 * @return whether it is
	 */
	public boolean isInteger() {
		return this.parser.hasToken(JsonToken.VALUE_NUMBER_INT);
	}

	/**
	 * The value as text.
	 * @return the text, or {@code null} if it is an object, an array or {@code null}
	 */
	public @Nullable String text() {
		return isString() ? this.parser.getString() : scalar().asStringOpt().orElse(null);
	}

	/**
	 * The value as a number.
	 * @return the number, or {@code null} if it is no {@code int}
	 */
	public @Nullable Integer number() {
		if (isInteger() && this.parser.getNumberType() == NumberType.INT) {
			return this.parser.getIntValue();
		}
		JsonNode scalar = scalar();
		return scalar.asIntOpt().isPresent() ? (Integer) scalar.asInt() : null;
	}

	@Nullable Long longNumber() {
		if (isInteger() && this.parser.getNumberType() != NumberType.BIG_INTEGER) {
			return this.parser.getLongValue();
		}
		JsonNode scalar = scalar();
		return scalar.asLongOpt().isPresent() ? (Long) scalar.asLong() : null;
	}

	/**
	 * The value as a boolean.
	 * @return the boolean, or {@code null} if it is none
	 */
	public @Nullable Boolean flag() {
		return scalar().asBooleanOpt().orElse(null);
	}

	private JsonNode scalar() {
		return this.parser.currentToken().isScalarValue() ? tree() : MissingNode.getInstance();
	}

	/**
	 * The value as a tree.
	 * @return the tree
	 */
	public JsonNode tree() {
		return this.parser.readValueAsTree();
	}

	/**
	 * The fields of the object, or the elements of the array.
	 * @return goes through them; through none if it is neither
	 */
	public Elements elements() {
		return new Elements();
	}

	/**
	 * Goes through an object or an array, and has to go to the end.
	 *
	 * @since 0.1.0
	 */
	public final class Elements {

		private boolean more = JsonValue.this.parser.currentToken().isStructStart();

		private boolean entered;

		private Elements() {
		}

		/**
		 * Goes to the next one.
		 * @return whether there is one
		 */
		public boolean next() {
			JsonParser parser = JsonValue.this.parser;
			if (this.more) {
				if (this.entered) {
					parser.skipChildren();
				}
				this.entered = true;
				JsonToken token = parser.nextToken();
				this.more = !token.isStructEnd();
				if (token == JsonToken.PROPERTY_NAME) {
					parser.nextToken();
				}
			}
			return this.more;
		}

		/**
		 * The name of the field.
		 * @return the name
		 */
		public String name() {
			return JsonValue.this.parser.currentName();
		}

		/**
		 * Its value.
		 * @return the value, which is gone with the next one
		 */
		public JsonValue value() {
			return JsonValue.this;
		}

	}

}
