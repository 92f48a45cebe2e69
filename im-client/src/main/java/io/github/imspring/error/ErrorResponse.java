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

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What the service answered instead of success ("HTTP status codes"). Any part but the
 * status may be missing: a gateway answers HTML or nothing.
 *
 * @param status the HTTP status; 0 if the call was refused before anything was sent
 * @param error the kind of error, if given
 * @param errorDescription the description, if given
 * @param exception the service's exception class, if given
 * @param errorCode the numeric code, if given
 * @param body the head of the answer, at most 2 KB
 * @since 0.1.0
 */
public record ErrorResponse(int status, @Nullable String error, @Nullable String errorDescription,
		@Nullable String exception, @Nullable Integer errorCode, String body) implements Serializable {

	private static final int MAX_BODY = 2048;

	private static final int EXCERPT = 300;

	/**
	 * Cuts the body.
	 * @param status the HTTP status
	 * @param error the kind of error
	 * @param errorDescription the description
	 * @param exception the service's exception class
	 * @param errorCode the numeric code
	 * @param body the answer, of any length
	 */
	public ErrorResponse {
		body = head(body);
	}

	private static String head(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		if (bytes.length <= MAX_BODY) {
			return text;
		}
		int end = MAX_BODY;
		while ((bytes[end] & 0xC0) == 0x80) {
			end--;
		}
		return new String(bytes, 0, end, StandardCharsets.UTF_8);
	}

	/**
	 * This answer as it may be shown. What the answer is must be found out before: a
	 * secret may be part of the very words that say so.
	 */
	ErrorResponse hiding(SecretMask mask, String body) {
		return new ErrorResponse(this.status, hide(mask, this.error), hide(mask, this.errorDescription),
				hide(mask, this.exception), this.errorCode, mask.hide(body));
	}

	private static @Nullable String hide(SecretMask mask, @Nullable String text) {
		return (text != null) ? mask.hide(text) : null;
	}

	boolean mentions(String... texts) {
		return Stream.of(texts)
			.anyMatch((text) -> contains(this.error, text) || contains(this.errorDescription, text)
					|| contains(this.exception, text) || (this.error == null && contains(this.body, text)));
	}

	private static boolean contains(@Nullable String value, String text) {
		return value != null && value.contains(text);
	}

	String describe() {
		if (this.error == null && this.errorDescription == null) {
			return this.body.isBlank() ? "HTTP " + this.status : "HTTP " + this.status + ": " + excerpt(this.body);
		}
		return Stream.of(this.error, this.errorDescription)
			.filter(Objects::nonNull)
			.map(ErrorResponse::excerpt)
			.collect(Collectors.joining(": ", "HTTP " + this.status + " ", ""));
	}

	private static String excerpt(String text) {
		String line = ImException.oneLine(text);
		return (line.length() <= EXCERPT) ? line : line.substring(0, EXCERPT) + "…";
	}

}
