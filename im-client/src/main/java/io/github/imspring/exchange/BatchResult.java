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

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of each of many for which something was to be done: of attributes that were
 * to be set, by their keys, or of members that were to be added, by their user IDs. Each
 * is either among those that succeeded or among the errors.
 *
 * @param operation the name of the operation, {@code set-attributes} for example
 * @param succeeded those for which it was done, in the order asked
 * @param errors why it was not done for each other, in the order asked; empty if all
 * succeeded
 * @serial exclude
 * @since 0.1.0
 */
public record BatchResult(String operation, List<String> succeeded,
		Map<String, BatchError> errors) implements Serializable {

	/**
	 * Copies both, in their order.
	 * @param operation the name of the operation
	 * @param succeeded those for which it was done
	 * @param errors why it was not done for each other
	 */
	public BatchResult {
		succeeded = List.copyOf(succeeded);
		errors = Collections.unmodifiableMap(new LinkedHashMap<>(errors));
	}

	/**
	 * Whether it was done for all.
	 * @return whether there are no errors
	 */
	public boolean complete() {
		return this.errors.isEmpty();
	}

	/**
	 * Makes an exception of errors, if there are any:
	 * {@code operations.setAttributes(…).map(BatchResult::orThrow)}.
	 * @return this result, if it was done for all
	 * @throws ImPartialFailureException if it was not done for one
	 */
	public BatchResult orThrow() {
		if (complete()) {
			return this;
		}
		throw new ImPartialFailureException(this);
	}

}
