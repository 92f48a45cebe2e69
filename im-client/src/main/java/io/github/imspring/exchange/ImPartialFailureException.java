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

import java.util.stream.Collectors;

import io.github.imspring.error.Hint;
import io.github.imspring.error.ImException;

/**
 * Something was not done for some of many: what {@link BatchResult#orThrow()} makes of a
 * result with errors.
 *
 * @serial exclude
 * @since 0.1.0
 */
public final class ImPartialFailureException extends ImException {

	private static final int NAMED = 5;

	private final BatchResult result;

	ImPartialFailureException(BatchResult result) {
		super(result.operation(), describe(result),
				Hint.of("Look at the errors of the result, and repeat the call for those alone."),
				!result.succeeded().isEmpty()
						|| result.errors().values().stream().anyMatch(BatchError::mayHaveBeenProcessed),
				null);
		this.result = result;
		result.errors().values().stream().map(BatchError::cause).distinct().forEach((cause) -> {
			if (cause != null) {
				addSuppressed(cause);
			}
		});
	}

	private static String describe(BatchResult result) {
		int failed = result.errors().size();
		String named = result.errors()
			.entrySet()
			.stream()
			.limit(NAMED)
			.map((error) -> "'%s' (%s)".formatted(error.getKey(), error.getValue().reason()))
			.collect(Collectors.joining(", "));
		String more = (failed > NAMED) ? " and %d more".formatted(failed - NAMED) : "";
		return "%d of %d failed: %s%s".formatted(failed, failed + result.succeeded().size(), named, more);
	}

	/**
	 * What became of each.
	 * @return a result with at least one error
	 */
	public BatchResult result() {
		return this.result;
	}

}
