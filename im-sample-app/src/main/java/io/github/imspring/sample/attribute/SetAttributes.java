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

package io.github.imspring.sample.attribute;

import java.util.Map;
import java.util.Objects;

import io.github.imspring.metadata.AutoDelete;

/**
 * Attributes to be set.
 *
 * @param metaData the values by key
 * @param autoDelete what becomes of them when the user leaves the room; {@code DELETE} if
 * left out
 */
record SetAttributes(Map<String, String> metaData, AutoDelete autoDelete) {

	SetAttributes {
		metaData = Objects.requireNonNullElse(metaData, Map.of());
		autoDelete = Objects.requireNonNullElse(autoDelete, AutoDelete.DELETE);
	}

}
