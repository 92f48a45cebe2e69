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
import java.util.Objects;

import io.github.imspring.error.ImApiException;
import io.github.imspring.error.ImException;
import org.jspecify.annotations.Nullable;

/**
 * Why something was not done for one of many: one attribute, one member.
 *
 * @param reason why: in the service's words, if it said anything about the one or the
 * request that the one was in
 * @param mayHaveBeenProcessed whether it may have been done all the same; {@code false}
 * if it surely was not
 * @param cause the failure of the whole request, or {@code null} if the request succeeded
 * and was not done for this one only
 * @serial exclude
 * @since 0.1.0
 */
public record BatchError(String reason, boolean mayHaveBeenProcessed,
		@Nullable ImException cause) implements Serializable {

	/**
	 * What a service says that it refused.
	 * @param reason why, in the service's words
	 * @param processedBefore whether an earlier attempt may have done it: then the answer
	 * may tell of what that one left
	 * @return the error
	 */
	public static BatchError refused(String reason, boolean processedBefore) {
		return new BatchError(reason, processedBefore, null);
	}

	static BatchError of(ImException failure) {
		return new BatchError(reason(failure), failure.mayHaveBeenProcessed(), failure);
	}

	private static String reason(ImException failure) {
		if (failure instanceof ImApiException ex && ex.errorDescription() != null) {
			return ex.errorDescription();
		}
		return (failure instanceof ImApiException ex && ex.error() != null) ? ex.error()
				: Objects.requireNonNullElse(failure.getMessage(), "the request failed");
	}

}
