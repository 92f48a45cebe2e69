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

import io.github.imspring.error.ErrorHints;

/**
 * What to do about the errors that are documented for messages ("Send one-to-one
 * messages").
 */
final class MessageErrors {

	static final ErrorHints HINTS = ErrorHints.NONE
		.on(400, "param from can't be empty", "Leave 'from' out, which sends as 'admin', or give a user ID.")
		.on(400, "param to can't be empty", "Name at least one recipient.")
		.on(400, "param type can't be empty", "Give the type of the message.")
		.on(400, "param body can't be empty", "Give the message a body.")
		.on(400, "param ext must be JSONObject", "Give 'ext' as a JSON object.")
		.on(400, "size can't exceed limit", "Name at most 600 recipients a call.")
		.on(400, "message is too large", "Keep 'body' and 'ext' together within 5 KB.");

	private MessageErrors() {
	}

}
