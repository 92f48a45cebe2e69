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

package io.github.imspring.observation;

import io.github.imspring.error.ImApiException;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended, in the words that Spring's own client metrics use. The names are the
 * values of the key {@code outcome}.
 *
 * @since 0.1.0
 */
public enum CallOutcome {

	/**
	 * It brought its result.
	 */
	SUCCESS,

	/**
	 * The service answered with a status from 400 to 499.
	 */
	CLIENT_ERROR,

	/**
	 * The service answered with a status of 500 or more.
	 */
	SERVER_ERROR,

	/**
	 * It failed without such an answer: before it was sent, on the network, or because
	 * the answer could not be read.
	 */
	UNKNOWN,

	/**
	 * The caller left before it was done.
	 */
	CANCELLED;

	/**
	 * The outcome of a call that failed, or did not.
	 * @param failure what it failed with, or {@code null} if it succeeded
	 * @return the outcome, never {@link #CANCELLED}
	 */
	public static CallOutcome of(@Nullable Throwable failure) {
		if (failure == null) {
			return SUCCESS;
		}
		int status = (failure instanceof ImApiException ex) ? ex.status() : 0;
		if (status < 400) {
			return UNKNOWN;
		}
		return (status < 500) ? CLIENT_ERROR : SERVER_ERROR;
	}

}
