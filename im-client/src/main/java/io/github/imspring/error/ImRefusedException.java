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

package io.github.imspring.error;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The service answered with a status of success but reports, by a flag of the answer that
 * is {@code false}, that it did not do what it was asked: {@code newowner} for a transfer
 * that did not happen, for example.
 *
 * @since 0.1.0
 */
public final class ImRefusedException extends ImApiException {

	private static final int STATUS = 200;

	private final List<String> flags;

	/**
	 * Creates the exception.
	 * @param operation the name of the operation
	 * @param flags the flags that are {@code false}, as the service calls them
	 * @param body the part of the answer that holds the flags
	 * @param hint what to do about it
	 * @param mayHaveBeenProcessed whether the service may have acted on the call: it did
	 * what other flags report, or an earlier attempt of the same call may have been
	 * processed
	 */
	public ImRefusedException(String operation, List<String> flags, String body, Hint hint,
			boolean mayHaveBeenProcessed) {
		super(operation, describe(flags), new ErrorResponse(STATUS, null, null, null, null, body), hint,
				mayHaveBeenProcessed);
		this.flags = List.copyOf(flags);
	}

	private static String describe(List<String> flags) {
		return flags.stream()
			.collect(Collectors.joining("', '", "HTTP " + STATUS + ", but the answer says false for '", "'"));
	}

	/**
	 * The flags that are {@code false}.
	 * @return their names, as the service calls them; at least one
	 */
	public List<String> flags() {
		return this.flags;
	}

}
