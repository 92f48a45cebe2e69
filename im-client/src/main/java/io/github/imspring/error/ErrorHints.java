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

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What to do about the errors that the service documents for the operations of a subject.
 * What is not among them gets a hint that fits its status.
 *
 * @since 0.1.0
 */
public final class ErrorHints {

	/**
	 * No errors of its own.
	 */
	public static final ErrorHints NONE = new ErrorHints(List.of());

	private final List<Row> rows;

	private ErrorHints(List<Row> rows) {
		this.rows = rows;
	}

	/**
	 * These hints and one more, which the ones before it take precedence over.
	 * @param status the HTTP status
	 * @param text what the answer's error, description or exception contains; empty for
	 * any answer of the status
	 * @param hint what to do about it, a sentence
	 * @return the hints
	 */
	public ErrorHints on(int status, String text, String hint) {
		return on(status, text, Hint.of(hint));
	}

	/**
	 * These hints and one more, which the ones before it take precedence over.
	 * @param status the HTTP status
	 * @param text what the answer's error, description or exception contains; empty for
	 * any answer of the status
	 * @param hint what to do about it
	 * @return the hints
	 */
	public ErrorHints on(int status, String text, Hint hint) {
		List<Row> longer = new ArrayList<>(this.rows);
		longer.add(new Row(status, text, hint));
		return new ErrorHints(List.copyOf(longer));
	}

	@Nullable Hint find(ErrorResponse response) {
		for (Row row : this.rows) {
			if (row.status == response.status() && response.mentions(row.text)) {
				return row.hint;
			}
		}
		return null;
	}

	private record Row(int status, String text, Hint hint) {
	}

}
