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

package io.github.imspring.metadata;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of each attribute that was to be set or deleted: every key is either among
 * those that succeeded or among the errors.
 *
 * @param operation the name of the operation, {@code set-attributes} for example
 * @param succeeded the keys that were set or deleted, in the order asked
 * @param errors why each other key was not, in the order asked; empty if all succeeded
 */
public record MetadataResult(String operation, List<String> succeeded,
		Map<String, AttributeError> errors) implements Serializable {

	/**
	 * Copies the keys and the errors, in their order.
	 * @param operation the name of the operation
	 * @param succeeded the keys that were set or deleted
	 * @param errors why each other key was not
	 */
	public MetadataResult {
		succeeded = List.copyOf(succeeded);
		errors = Collections.unmodifiableMap(new LinkedHashMap<>(errors));
	}

	/**
	 * Whether every attribute was set or deleted.
	 * @return whether there are no errors
	 */
	public boolean complete() {
		return this.errors.isEmpty();
	}

	/**
	 * Makes an exception of errors, if there are any:
	 * {@code operations.setAttributes(…).map(MetadataResult::orThrow)}.
	 * @return this result, if every attribute was set or deleted
	 * @throws ImPartialFailureException if one was not
	 */
	public MetadataResult orThrow() {
		if (complete()) {
			return this;
		}
		throw new ImPartialFailureException(this);
	}

}
