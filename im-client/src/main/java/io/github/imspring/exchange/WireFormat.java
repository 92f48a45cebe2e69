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

import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.imspring.error.ImValidationException;
import io.github.imspring.operation.Operation;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.ValueSerializerModifier;

/**
 * How the service's JSON is written and read. The application's own Jackson settings must
 * not change it, so this mapper is never a bean.
 *
 * @since 0.1.0
 */
public final class WireFormat {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.addModule(new SimpleModule().setSerializerModifier(new ForeignTrees()))
		.changeDefaultPropertyInclusion((value) -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
		.build();

	private WireFormat() {
	}

	/**
	 * Refuses the JSON trees of other libraries: taken for beans, they would be sent as
	 * nonsense.
	 */
	private static final class ForeignTrees extends ValueSerializerModifier {

		private static final Set<String> TYPES = Set.of("com.fasterxml.jackson.core.TreeNode",
				"com.google.gson.JsonElement", "jakarta.json.JsonValue", "javax.json.JsonValue", "org.json.JSONObject",
				"org.json.JSONArray", "kotlinx.serialization.json.JsonElement");

		@Override
		public ValueSerializer<?> modifySerializer(SerializationConfig config, BeanDescription.Supplier description,
				ValueSerializer<?> serializer) {
			return isForeign(description.getBeanClass()) ? new Refusing() : serializer;
		}

		private static boolean isForeign(@Nullable Class<?> type) {
			return type != null && (TYPES.contains(type.getName()) || isForeign(type.getSuperclass())
					|| Stream.of(type.getInterfaces()).anyMatch(ForeignTrees::isForeign));
		}

	}

	private static final class Refusing extends ValueSerializer<Object> {

		@Override
		public void serialize(Object value, JsonGenerator generator, SerializationContext context) {
			context.reportBadDefinition(value.getClass(),
					"it is a JSON tree of another library than Jackson 3; give its text, maps or lists instead");
		}

	}

	/**
	 * Writes the body of a request.
	 * @param operation the operation that is asked for
	 * @param body what Jackson can write
	 * @return the JSON in UTF-8
	 * @throws ImValidationException if it cannot be written
	 */
	public static byte[] write(Operation operation, Object body) {
		try {
			return MAPPER.writeValueAsBytes(body);
		}
		catch (JacksonException ex) {
			throw new ImValidationException(operation.name(), "body",
					"cannot be written as JSON: " + ex.getOriginalMessage());
		}
	}

	/**
	 * The mapper of all requests and answers: absent fields are left out, unknown ones
	 * ignored.
	 * @return the mapper
	 */
	public static JsonMapper jsonMapper() {
		return MAPPER;
	}

}
