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

package io.github.imspring.message;

import io.github.imspring.error.ImException;
import io.github.imspring.exchange.BatchError;
import io.github.imspring.exchange.BatchResult;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message that was to be recalled among others.
 *
 * @param recall the message
 * @param status whether it was recalled
 * @param reason why it was not, or {@code null} if it was
 * @param failure what the call failed with, or {@code null} if it did not fail as a whole
 * @since 0.1.0
 */
public record RecallResult(Recall recall, Status status, @Nullable String reason, @Nullable ImException failure) {

	static RecallResult of(Recall recall, BatchResult result) {
		BatchError error = result.errors().get(recall.messageId());
		if (error == null) {
			return new RecallResult(recall, Status.RECALLED, null, null);
		}
		return new RecallResult(recall, status(error.mayHaveBeenProcessed()), error.reason(), error.cause());
	}

	static RecallResult failed(Recall recall, ImException failure) {
		return new RecallResult(recall, status(failure.mayHaveBeenProcessed()), failure.problem(), failure);
	}

	private static Status status(boolean mayHaveBeenProcessed) {
		return mayHaveBeenProcessed ? Status.UNKNOWN : Status.NOT_RECALLED;
	}

	/**
	 * Whether a message was recalled.
	 *
	 * @since 0.1.0
	 */
	public enum Status {

		/**
		 * The message is recalled.
		 */
		RECALLED,

		/**
		 * The message surely was not recalled.
		 */
		NOT_RECALLED,

		/**
		 * The message was perhaps recalled: the connection broke, the service failed, or
		 * its answer does not mention the message.
		 */
		UNKNOWN

	}

}
