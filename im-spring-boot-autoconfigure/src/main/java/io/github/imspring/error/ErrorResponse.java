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
 */
public record ErrorResponse(int status, @Nullable String error, @Nullable String errorDescription,
		@Nullable String exception, @Nullable Integer errorCode, String body) implements Serializable {

	private static final int EXCERPT = 200;

	String describe() {
		StringBuilder text = new StringBuilder("HTTP ").append(this.status);
		if (this.error != null) {
			text.append(' ').append(this.error);
		}
		if (this.errorDescription != null) {
			text.append(": ").append(this.errorDescription);
		}
		else if (this.error == null && !this.body.isBlank()) {
			text.append(": ").append(this.body.strip(), 0, Math.min(this.body.strip().length(), EXCERPT));
		}
		return text.toString();
	}

}
