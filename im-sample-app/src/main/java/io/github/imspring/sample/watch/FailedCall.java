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

package io.github.imspring.sample.watch;

import java.time.Instant;

import io.github.imspring.error.ImApiException;
import io.github.imspring.error.ImException;
import org.jspecify.annotations.Nullable;

/**
 * A call that failed.
 *
 * @param at when it ended
 * @param operation the operation
 * @param status the HTTP status; absent if no answer came
 * @param problem what went wrong
 * @param hint what to do about it
 * @param mayHaveBeenProcessed whether the service may have acted on it
 */
record FailedCall(Instant at, String operation, @Nullable Integer status, String problem, String hint,
		boolean mayHaveBeenProcessed) {

	static FailedCall of(Instant at, ImException failure) {
		Integer status = (failure instanceof ImApiException api && api.status() > 0) ? api.status() : null;
		return new FailedCall(at, failure.operation(), status, failure.problem(), failure.hint(),
				failure.mayHaveBeenProcessed());
	}

}
