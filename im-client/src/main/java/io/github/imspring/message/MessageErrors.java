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

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.imspring.error.ErrorHints;
import io.github.imspring.error.ImApiException;
import io.github.imspring.error.ImException;

/**
 * What to do about the errors that the documents know of messages.
 */
final class MessageErrors {

	static final String NOT_RECALLED = "The service gives no reason: look at whether the message is still there before "
			+ "repeating the call.";

	static final ErrorHints HINTS = ErrorHints.NONE
		.on(400, "param from can't be empty", "Leave 'from' out, which sends as 'admin', or give a user ID.")
		.on(400, "param to can't be empty", "Name at least one recipient.")
		.on(400, "param users can't be empty", "Name at least one member.")
		.on(400, "param type can't be empty", "Give the type of the message.")
		.on(400, "param body can't be empty", "Give the message a body.")
		.on(400, "param ext must be JSONObject", "Give 'ext' as a JSON object.")
		.on(400, "message is too large", "Keep 'body' and 'ext' together within 5 KB.");

	private static final Map<Destination, ErrorHints> BY_DESTINATION = Stream.of(Destination.values())
		.collect(Collectors.toMap(Function.identity(), MessageErrors::hints));

	static final ErrorHints RECALL = ErrorHints.NONE
		.on(400, "can't find msg to", "Name the user, chatroom or group that the message was sent to.")
		.on(400, "can't be empty", "Give the field that the service names.")
		.on(403, "exceed recall time limit",
				"Force the recall, or have the console allow more than two minutes: the message is too old.")
		.on(403, "not_found msg",
				"Force the recall to have clients drop their copies: the message has expired or is recalled already.")
		.on(403, "is unopened", "Have recalling messages switched on in the console.");

	private MessageErrors() {
	}

	static ErrorHints of(Destination destination) {
		return Objects.requireNonNull(BY_DESTINATION.get(destination));
	}

	private static ErrorHints hints(Destination destination) {
		return HINTS.on(400, "size can't exceed limit",
				"Name at most %d %s a call.".formatted(destination.maxRecipients(), destination.recipients()));
	}

	/**
	 * Whether a call to recall many was refused because of one of them.
	 */
	static boolean blamesOneRecall(ImException failure) {
		return failure instanceof ImApiException ex && (ex.status() == 400 || ex.status() == 403)
				&& "message_recall_error".equals(ex.error());
	}

}
